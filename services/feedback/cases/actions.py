"""What people do to a case, over HTTP: a named sub-resource a verb."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Response

from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.preconditions import IfMatchOffered
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter, made
from services.feedback.cases import usecases
from services.feedback.cases.action_schemas import (
    AssignInput,
    MessageInput,
    Nothing,
    ReopenInput,
    ResolveInput,
    SeverityInput,
    WaitInput,
)
from services.feedback.cases.answers import CaseDetail
from services.feedback.cases.dependencies import TheCaseViews
from services.feedback.cases.vocabulary import Action

router = ServiceRouter(
    prefix="/v1/cases/{case_id}",
    tags=["cases"],
    responses=openapi_problems(401, 403, 404, 409, 412, 422, 503),
)


class Acting:
    """What every verb needs: the case, who acts, the version that was read, and the answer given once."""

    def __init__(
        self,
        session: Transaction,
        reader: TheCaseViews,
        once: OnlyOnce,
        seen: IfMatchOffered,
        case_id: Annotated[UUID, Path(description="The case's id.")],
    ) -> None:
        self.reader = reader
        self._session = session
        self._once = once
        self._seen = seen
        self._case_id = case_id

    def answer(self, action: Action, change: usecases.Change) -> Response:
        """Do it once and answer the case as the actor then sees it."""
        return self._once(
            lambda: usecases.act(self._session, self.reader, self._case_id, action, self._seen, change)
        )


Act = Annotated[Acting, Depends(made(Acting))]


@router.post("/acknowledge", summary="Take a case up", response_model=CaseDetail)
def acknowledge(act: Act, _: Nothing | None = None) -> Response:
    """Take the case up; the response clock goes on until a person answers."""
    return act.answer(Action.ACKNOWLEDGE, usecases.acknowledge)


@router.post("/messages", summary="Write a message", response_model=CaseDetail)
def write(act: Act, body: MessageInput) -> Response:
    """Write to the other side, or with `public: false` to the producer's own side only.

    The first public message by the producer's side is the first response. A customer's message ends waiting.
    """
    return act.answer(Action.MESSAGE, usecases.write(body.body, public=body.public, reader=act.reader))


@router.post("/wait", summary="Ask the customer and wait", response_model=CaseDetail)
def wait(act: Act, body: WaitInput) -> Response:
    """Ask; the resolution clock rests until the answer or until work is resumed."""
    return act.answer(Action.WAIT, usecases.wait(body.question))


@router.post("/resume", summary="Go on after waiting", response_model=CaseDetail)
def resume(act: Act, _: Nothing | None = None) -> Response:
    """Go on; the resolution clock runs again."""
    return act.answer(Action.RESUME, usecases.resume)


@router.post("/resolve", summary="Say what was done", response_model=CaseDetail)
def resolve(act: Act, body: ResolveInput) -> Response:
    """Settle the case from the producer's side; the words go to the customer."""
    return act.answer(Action.RESOLVE, usecases.resolve(body.body))


@router.post("/close", summary="Close a resolved case", response_model=CaseDetail)
def close(act: Act, _: Nothing | None = None) -> Response:
    """Agree that it is settled."""
    return act.answer(Action.CLOSE, usecases.close)


@router.post("/reopen", summary="Reopen a case", response_model=CaseDetail)
def reopen(act: Act, body: ReopenInput) -> Response:
    """Begin a new cycle with fresh clocks; the result of the first one stays."""
    return act.answer(Action.REOPEN, usecases.reopen(body.reason))


@router.post("/assign", summary="Give a case to somebody else", response_model=CaseDetail)
def assign(act: Act, body: AssignInput) -> Response:
    """Name another handler of the producer's own staff."""
    return act.answer(Action.ASSIGN, usecases.assign(body.person_id, body.reason))


@router.post("/severity", summary="Change the severity", response_model=CaseDetail)
def severity(act: Act, body: SeverityInput) -> Response:
    """Judge the severity anew; what has been counted stays counted."""
    return act.answer(Action.SEVERITY, usecases.change_severity(body.severity, body.reason))
