"""What people do to a case, over HTTP: a named sub-resource a verb."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.preconditions import IfMatchOffered
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.feedback.cases import usecases
from services.feedback.cases.dependencies import TheCaseViews
from services.feedback.cases.schemas import (
    AssignInput,
    CaseDetail,
    MessageInput,
    Nothing,
    ReopenInput,
    ResolveInput,
    SeverityInput,
    WaitInput,
)
from services.feedback.cases.vocabulary import Action

router = ServiceRouter(
    prefix="/v1/cases/{case_id}",
    tags=["cases"],
    responses=openapi_problems(401, 403, 404, 409, 412, 422, 503),
)
CaseId = Annotated[UUID, Path(description="The case's id.")]


@router.post("/acknowledge", summary="Take a case up", response_model=CaseDetail)
def acknowledge(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    _: Nothing | None = None,
) -> Response:
    """Take the case up; the response clock goes on until a person answers."""
    return once(
        lambda: usecases.act(session, reader, case_id, Action.ACKNOWLEDGE, seen, usecases.acknowledge)
    )


@router.post("/messages", summary="Write a message", response_model=CaseDetail)
def write(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    body: MessageInput,
) -> Response:
    """Write to the other side, or with `public: false` to the producer's own side only.

    The first public message by the producer's side is the first response. A customer's message ends waiting.
    """
    change = usecases.write(body.body, public=body.public, reader=reader)
    return once(lambda: usecases.act(session, reader, case_id, Action.MESSAGE, seen, change))


@router.post("/wait", summary="Ask the customer and wait", response_model=CaseDetail)
def wait(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    body: WaitInput,
) -> Response:
    """Ask; the resolution clock rests until the answer or until work is resumed."""
    change = usecases.wait(body.question)
    return once(lambda: usecases.act(session, reader, case_id, Action.WAIT, seen, change))


@router.post("/resume", summary="Go on after waiting", response_model=CaseDetail)
def resume(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    _: Nothing | None = None,
) -> Response:
    """Go on; the resolution clock runs again."""
    return once(lambda: usecases.act(session, reader, case_id, Action.RESUME, seen, usecases.resume))


@router.post("/resolve", summary="Say what was done", response_model=CaseDetail)
def resolve(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    body: ResolveInput,
) -> Response:
    """Settle the case from the producer's side; the words go to the customer."""
    change = usecases.resolve(body.body)
    return once(lambda: usecases.act(session, reader, case_id, Action.RESOLVE, seen, change))


@router.post("/close", summary="Close a resolved case", response_model=CaseDetail)
def close(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    _: Nothing | None = None,
) -> Response:
    """Agree that it is settled."""
    return once(lambda: usecases.act(session, reader, case_id, Action.CLOSE, seen, usecases.close))


@router.post("/reopen", summary="Reopen a case", response_model=CaseDetail)
def reopen(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    body: ReopenInput,
) -> Response:
    """Begin a new cycle with fresh clocks; the result of the first one stays."""
    change = usecases.reopen(body.reason)
    return once(lambda: usecases.act(session, reader, case_id, Action.REOPEN, seen, change))


@router.post("/assign", summary="Give a case to somebody else", response_model=CaseDetail)
def assign(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    body: AssignInput,
) -> Response:
    """Name another handler of the producer's own staff."""
    change = usecases.assign(body.person_id, body.reason)
    return once(lambda: usecases.act(session, reader, case_id, Action.ASSIGN, seen, change))


@router.post("/severity", summary="Change the severity", response_model=CaseDetail)
def severity(
    session: Transaction,
    reader: TheCaseViews,
    once: OnlyOnce,
    seen: IfMatchOffered,
    case_id: CaseId,
    body: SeverityInput,
) -> Response:
    """Judge the severity anew; what has been counted stays counted."""
    change = usecases.change_severity(body.severity, body.reason)
    return once(lambda: usecases.act(session, reader, case_id, Action.SEVERITY, seen, change))
