"""Routes of the annual clock: the year's milestones, and what happened to each."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.paging import Cursor, Limit, Page
from chassis.preconditions import IfMatchOffered, etag
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter, made
from services.contracts.clock import repository, usecases, views
from services.contracts.clock.change import MilestoneRequest
from services.contracts.clock.model import Milestone
from services.contracts.clock.repository import Wanted
from services.contracts.clock.rules import Responsible, Status
from services.contracts.clock.schemas import (
    Actual,
    ClockView,
    Generate,
    MilestoneDetail,
    Move,
    Why,
)
from services.contracts.dependencies import Own, Speaking, TheCall
from services.contracts.history import HistoryView
from trade.days import day_of

router = ServiceRouter(prefix="/v1", tags=["annual clock"])
MilestoneId = Annotated[UUID, Path(examples=["0197f5a0-0000-7000-8000-000000000020"])]
Year = Annotated[
    int | None, Query(ge=2000, le=2199, examples=[2026], description="The present year when left out.")
]
CHANGE = openapi_problems(401, 403, 404, 409, 412, 422)
WHOLE = 200
"""A customer's generated clock is answered whole, the city's by its first page."""


@router.get("/clock", summary="Read the annual clock", responses=openapi_problems(401, 422))
def read_clock(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    year: Year = None,
    customer_id: UUID | None = None,
    responsible: Annotated[
        Responsible | None, Query(description="Who answers for the row, or prepares it.")
    ] = None,
    status: Annotated[Status | None, Query(description="Milestones in this status alone.")] = None,
    overdue: Annotated[
        bool | None, Query(description="Only what is overdue today, or only what is not.")
    ] = None,
    row: Annotated[
        int | None, Query(ge=1, le=11, examples=[3], description="Row of the clock (source annex 2).")
    ] = None,
    own: Own = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ClockView:
    """The year's milestones by day. The summary counts all that the filters meet, not only this page."""
    today = day_of(now)
    shown = year or today.year
    wanted = Wanted(
        shown,
        customer_id,
        responsible,
        status,
        row,
        late_on=today if overdue else None,
        in_time_on=today if overdue is False else None,
        own=own,
    )
    return views.clock_view(session, actor, wanted, shown, today, language, limit=limit, cursor=cursor)


@router.post(
    "/clock/generate",
    summary="Generate a customer's clock",
    response_model=ClockView,
    responses=openapi_problems(401, 403, 422),
)
def generate_clock(
    asked: Generate, session: Transaction, actor: CurrentActor, now: Now, language: Speaking, once: OnlyOnce
) -> Response:
    """From the template of the partnership model; for every known customer when none is named.

    Rows that are there stay as they are.
    """

    def act() -> ClockView:
        usecases.generate_clocks(session, actor, asked.year, asked.customer_id, now)
        wanted = Wanted(asked.year, asked.customer_id)
        today = day_of(now)
        return views.clock_view(session, actor, wanted, asked.year, today, language, limit=WHOLE, cursor=None)

    return once(act)


@router.get(
    "/milestones/{milestone_id}", summary="Read a milestone", responses=openapi_problems(401, 404, 422)
)
def read_milestone(
    milestone_id: MilestoneId,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    response: Response,
) -> MilestoneDetail:
    """With its newest history and what became of the same row last year."""
    milestone = repository.milestone_for(session, actor, milestone_id)
    response.headers["ETag"] = etag(milestone.version)
    return views.milestone_detail(session, actor, milestone, day_of(now), language)


@router.get(
    "/milestones/{milestone_id}/history",
    summary="Read a milestone's history",
    responses=openapi_problems(401, 404, 422),
)
def read_history(
    milestone_id: MilestoneId,
    session: Transaction,
    actor: CurrentActor,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[HistoryView]:
    """Every plan and every entry of what happened, newest first."""
    milestone = repository.milestone_for(session, actor, milestone_id)
    items, following = views.history_views(session, milestone, limit=limit, cursor=cursor)
    return Page(items=items, next=following)


class Changing:
    """What every change of a milestone needs; ``If-Match`` is honoured when it is sent."""

    def __init__(
        self, milestone_id: MilestoneId, call: TheCall, version: IfMatchOffered, once: OnlyOnce
    ) -> None:
        self.asked = MilestoneRequest(call.session, call.actor, milestone_id, call.now, version)
        self._call = call
        self._once = once

    def answer(self, act: Callable[[], Milestone]) -> Response:
        """Change the milestone once and answer it as it then stands."""
        call = self._call
        return self._once(
            lambda: views.milestone_detail(call.session, call.actor, act(), call.today, call.language)
        )


Change = Annotated[Changing, Depends(made(Changing))]


@router.post(
    "/milestones/{milestone_id}/actual",
    summary="Record what happened",
    response_model=MilestoneDetail,
    responses=CHANGE,
)
def record_actual(actual: Actual, change: Change) -> Response:
    """Both parties record; a later entry corrects an earlier one, and both stay in the history."""
    return change.answer(lambda: usecases.record_actual(change.asked, actual))


@router.post(
    "/milestones/{milestone_id}/move",
    summary="Plan another day",
    response_model=MilestoneDetail,
    responses=CHANGE,
)
def move(to: Move, change: Change) -> Response:
    """Account managers and administrators; the day stays in the clock's year."""
    return change.answer(lambda: usecases.move(change.asked, to.due, to.reason))


@router.post(
    "/milestones/{milestone_id}/cancel",
    summary="Cancel a milestone",
    response_model=MilestoneDetail,
    responses=CHANGE,
)
def cancel(why: Why, change: Change) -> Response:
    """For a step that is not needed this year. Subscribed calendars show it as cancelled."""
    return change.answer(lambda: usecases.cancel(change.asked, why.reason))


@router.post(
    "/milestones/{milestone_id}/restore",
    summary="Put a milestone back into the plan",
    response_model=MilestoneDetail,
    responses=CHANGE,
)
def restore(why: Why, change: Change) -> Response:
    """After a cancellation or a wrong entry; what was recorded stays in the history."""
    return change.answer(lambda: usecases.restore(change.asked, why.reason))
