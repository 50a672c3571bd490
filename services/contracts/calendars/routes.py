"""Routes of calendar links, and the calendar itself: the one route that opens by a token in its address."""

import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Path, Query, Request, Response

from chassis.actors import Actor
from chassis.callers import CurrentActor, current_actor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.paging import Cursor, Limit, Page
from chassis.preconditions import is_known
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.contracts.calendars import repository, usecases
from services.contracts.calendars.schemas import FeedView, NewFeed, NewFeedView
from services.contracts.calendars.tokens import token_of
from services.contracts.clock.rules import Responsible
from services.contracts.dependencies import Speaking
from services.contracts.settings import ContractsSettings
from trade.days import day_of

router = ServiceRouter(prefix="/v1", tags=["calendar links"])
PUBLIC_PATH = "/api/v1/clock.ics"
Token = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="Secret of a calendar link, instead of a bearer token."),
]


async def _settings(request: Request) -> ContractsSettings:
    settings: ContractsSettings = request.app.state.settings
    return settings


Settings = Annotated[ContractsSettings, Depends(_settings)]


async def _reader(request: Request, token: Token = None) -> Actor | None:
    """Return the actor, or None when a link's token is given instead."""
    return None if token else await current_actor(request)


@router.get(
    "/clock.ics",
    summary="Read the annual clock as a calendar",
    response_class=Response,
    responses={
        **openapi_problems(401, 404, 422),
        200: {
            "description": "An iCalendar file (RFC 5545).",
            "content": {"text/calendar": {"schema": {"type": "string"}, "example": "BEGIN:VCALENDAR\r\n"}},
        },
        304: {"description": "Nothing has changed since the entity tag given."},
    },
)
def read_calendar(
    session: Transaction,
    reader: Annotated[Actor | None, Depends(_reader)],
    now: Now,
    language: Speaking,
    settings: Settings,
    token: Token = None,
    year: Annotated[
        int | None, Query(ge=2000, le=2199, description="Last year onwards when left out.")
    ] = None,
    customer_id: UUID | None = None,
    responsible: Annotated[
        Responsible | None, Query(description="Steps that this group answers for.")
    ] = None,
    if_none_match: Annotated[
        str | None,
        Header(alias="If-None-Match", max_length=1000, description="ETag of the calendar that was read."),
    ] = None,
) -> Response:
    """With a link's token: what the link was made for. With a bearer token: by the filters given."""
    today = day_of(now)
    if reader is None:
        body = usecases.calendar_by_token(session, token or "", today, settings.pages_url)
    else:
        body = usecases.calendar_for(
            session, reader, year, customer_id, responsible, today, language, settings.pages_url
        )
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Language"}
    if is_known(tag, if_none_match):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="vuosikello.ics"'
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")


@router.post(
    "/calendar-feeds",
    summary="Make a calendar link",
    status_code=201,
    response_model=NewFeedView,
    responses=openapi_problems(401, 422),
)
def make_feed(
    new: NewFeed,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    settings: Settings,
    once: OnlyOnce,
) -> Response:
    """A private address that shows what the maker may see now, no longer than these rights last."""
    key = settings.signing_key.get_secret_value()
    kept = once(
        lambda: FeedView.model_validate(usecases.make_feed(session, actor, new, now, language, key)),
        status=201,
    )
    # The answer that is kept for a retry has no secret in it: the token is put in on the way out.
    feed = FeedView.model_validate_json(bytes(kept.body))
    token = token_of(feed.id, key)
    told = NewFeedView(**dict(feed), token=token, path=f"{PUBLIC_PATH}?token={token}")
    headers = {name: value for name, value in kept.headers.items() if name == "idempotency-replayed"}
    headers["Cache-Control"] = "no-store"
    return Response(told.model_dump_json(), kept.status_code, headers, "application/json")


@router.get("/calendar-feeds", summary="List own calendar links", responses=openapi_problems(401, 422))
def list_feeds(
    session: Transaction, actor: CurrentActor, now: Now, limit: Limit = 50, cursor: Cursor = None
) -> Page[FeedView]:
    """The actor's living links, without their secrets."""
    rows, following = repository.feeds_of(session, actor, day_of(now), limit=limit, cursor=cursor)
    return Page(items=[FeedView.model_validate(row) for row in rows], next=following)


@router.delete(
    "/calendar-feeds/{feed_id}",
    summary="Revoke a calendar link",
    status_code=204,
    responses=openapi_problems(401, 404, 422),
)
def revoke_feed(
    feed_id: Annotated[UUID, Path(examples=["0197f5a0-0000-7000-8000-000000000030"])],
    session: Transaction,
    actor: CurrentActor,
    now: Now,
) -> None:
    """From now on the address answers 404."""
    usecases.revoke_feed(session, actor, feed_id, now)
