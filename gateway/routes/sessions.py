"""Signing in and out; people of the demo city sign in without a password."""

from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request, Response

from chassis.clock import Now
from chassis.errors import FieldError, InvalidInput, NotFound, Unauthenticated
from gateway.access import SignedIn
from gateway.answering import answer
from gateway.answers import DemoPeople, DemoPerson, SessionOpened, SignedInPerson, SignIn
from gateway.document import PREFIX, problems
from gateway.sessions.demo import DemoMark
from gateway.sessions.directory import Directory, Known
from gateway.sessions.revocations import Revocations
from gateway.sessions.tokens import Sessions

DEMO_PEOPLE = (
    "school-head",
    "handler",
    "supervisor",
    "account-manager",
    "contract-contact",
    "management",
    "admin",
    "daycare-head",
    "producer-supervisor",
    "integration",
)
router = APIRouter(prefix=PREFIX, tags=["sessions"])
demo_router = APIRouter(prefix=PREFIX, tags=["sessions"])


@demo_router.post(
    "/sessions",
    operation_id="sign_in",
    summary="Sign in as a demo person",
    status_code=201,
    response_model=SessionOpened,
    responses=problems(without=(401,)),
)
async def sign_in(request: Request, wanted: SignIn, now: Now) -> Response:
    """Opens a session of eight hours; in the demo city only. Its token is the bearer of every other call.

    A session whose token comes with the request ends: one browser has one.
    """
    directory: Directory = request.app.state.directory
    sessions: Sessions = request.app.state.sessions
    mark: DemoMark = request.app.state.demo_mark
    await mark.demand()
    try:
        if wanted.username not in DEMO_PEOPLE:
            raise NotFound
        known = await directory.username(wanted.username, now)
    except NotFound as error:
        raise InvalidInput([FieldError("#/username", "unknown_person")]) from error
    await _end_former(request, now)
    token, session = sessions.issue(known.profile.person_id, now)
    opened = SessionOpened(token=token, expires_at=session.expires_at, person=_shown(known))
    response = answer(opened, 201)
    response.headers["Cache-Control"] = "no-store"
    return response


@router.delete(
    "/sessions/current",
    operation_id="sign_out",
    summary="Sign out",
    status_code=204,
    responses=problems(),
)
async def sign_out(request: Request, caller: SignedIn) -> Response:
    """Ends this session: here at once, at every other gateway process within five seconds."""
    revocations: Revocations = request.app.state.revocations
    await revocations.add(caller.session, caller.now)
    return Response(status_code=204)


@demo_router.get(
    "/demo-people",
    operation_id="list_demo_people",
    summary="List the demo people",
    response_model=DemoPeople,
    responses=problems(without=(401, 422)),
)
async def demo_people(request: Request, now: Now) -> Response:
    """The people of the demo city, one of each kind; in the demo city only."""
    directory: Directory = request.app.state.directory
    mark: DemoMark = request.app.state.demo_mark
    await mark.demand()
    found: dict[str, Known] = {}

    # One after the other: a resting neighbour lets a single caller try, whom the others would cancel.
    for username in DEMO_PEOPLE:
        with suppress(NotFound):
            found[username] = await directory.username(username, now)
    return answer(DemoPeople(items=[_offered(found[name]) for name in DEMO_PEOPLE if name in found]))


async def _end_former(request: Request, now: datetime) -> None:
    """End the session that the same browser had before; one that is none, or is over, is no matter."""
    sessions: Sessions = request.app.state.sessions
    revocations: Revocations = request.app.state.revocations
    _, _, token = request.headers.get("authorization", "").partition(" ")
    with suppress(Unauthenticated):
        await revocations.add(sessions.read(token.strip(), now), now)


def _shown(known: Known) -> SignedInPerson:
    profile = known.profile
    return SignedInPerson(
        username=profile.username,
        person_id=profile.person_id,
        name=profile.name,
        title=profile.title,
        roles=sorted(profile.roles),
    )


def _offered(known: Known) -> DemoPerson:
    profile = known.profile
    return DemoPerson(
        username=profile.username, name=profile.name, title=profile.title, roles=sorted(profile.roles)
    )
