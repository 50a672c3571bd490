"""Generating a customer's clock, recording what really happened, and changing the plan."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.preconditions import check
from services.contracts import access
from services.contracts.clock import repository
from services.contracts.clock.model import Milestone, MilestoneHistory
from services.contracts.clock.rules import Status
from services.contracts.clock.schemas import Actual
from services.contracts.clock.template import Template, shipped_template
from services.contracts.copies.repository import known_customers
from services.contracts.events import MILESTONE_CHANGED, MilestoneState, publish
from trade.days import day_of


def generate_clock(
    session: Session,
    actor: Actor,
    year: int,
    customer_id: UUID,
    now: datetime,
    template: Template | None = None,
) -> list[Milestone]:
    """Generate the customer's milestones of the year; rows that are there stay as they are (twice is once).

    Returns:
        The milestones that were missing.

    Raises:
        Forbidden: the actor does not plan.
    """
    if not access.may_plan(actor):
        raise Forbidden
    repository.lock_clock(session, customer_id, year)
    there = repository.rows_there(session, customer_id, year)
    made = []
    for planned in (template or shipped_template()).plan(year):
        if planned.row in there:
            continue
        milestone = Milestone(
            year=year,
            customer_id=customer_id,
            row=planned.row,
            topic=planned.topic,
            content=planned.content,
            responsible=planned.responsible,
            producing=planned.producing,
            due=planned.due,
            created_at=now,
            changed_at=now,
        )
        session.add(milestone)
        made.append(milestone)
    session.flush()
    for milestone in made:
        _record(session, actor, milestone, now, "generated", None, {"due": milestone.due.isoformat()})
    return made


def generate_clocks(
    session: Session, actor: Actor, year: int, customer_id: UUID | None, now: datetime
) -> list[Milestone]:
    """Generate the year's clock of one customer, or of every known one.

    Raises:
        Forbidden: the actor does not plan.
    """
    customers = [customer_id] if customer_id is not None else known_customers(session)
    return [each for customer in customers for each in generate_clock(session, actor, year, customer, now)]


def record_actual(
    session: Session,
    actor: Actor,
    milestone_id: UUID,
    actual: Actual,
    now: datetime,
    version: int | None = None,
) -> Milestone:
    """Record what really happened to a milestone and when (*toteuma*); a later entry corrects it.

    Raises:
        NotFound, Forbidden, Stale: not this actor's to see, to record, or of this version.
        InvalidInput: the day is in the future.
        MilestoneCancelled: it was taken out of the plan.
    """
    milestone = repository.milestone_for(session, actor, milestone_id, lock=True)
    if not access.may_record_actual(actor, milestone.customer_id):
        raise Forbidden
    check(milestone.version, version)
    if actual.actual_on is not None and actual.actual_on > day_of(now):
        raise InvalidInput([FieldError("#/actual_on", "in_future")])

    def change() -> None:
        milestone.record(Status(actual.status), actual.actual_on, actual.note, now)

    return _change(session, actor, milestone, now, "recorded", change)


def move(
    session: Session,
    actor: Actor,
    milestone_id: UUID,
    due: date,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> Milestone:
    """Plan another day in the same year.

    Raises:
        NotFound, Forbidden, Stale, MilestoneCancelled, AlreadyRecorded: as said by their names.
        InvalidInput: the day is in another year.
    """
    milestone = _planned(session, actor, milestone_id, version)
    if due.year != milestone.year:
        raise InvalidInput([FieldError("#/due", "outside_year", {"year": milestone.year})])
    return _change(session, actor, milestone, now, "moved", lambda: milestone.move(due, now), reason)


def cancel(
    session: Session, actor: Actor, milestone_id: UUID, reason: str, now: datetime, version: int | None = None
) -> Milestone:
    """Take a milestone out of the plan; calendars keep it as cancelled."""
    milestone = _planned(session, actor, milestone_id, version)
    return _change(session, actor, milestone, now, "cancelled", lambda: milestone.cancel(now), reason)


def restore(
    session: Session, actor: Actor, milestone_id: UUID, reason: str, now: datetime, version: int | None = None
) -> Milestone:
    """Put a cancelled or wrongly recorded milestone back into the plan."""
    milestone = _planned(session, actor, milestone_id, version)
    return _change(session, actor, milestone, now, "restored", lambda: milestone.restore(now), reason)


def allowed(actor: Actor, milestone: Milestone) -> list[str]:
    """Return what this actor may do to the milestone now."""
    planned = milestone.status is Status.SCHEDULED
    actions = []
    if milestone.status is not Status.CANCELLED and access.may_record_actual(actor, milestone.customer_id):
        actions.append("actual")
    if access.may_plan(actor):
        actions += ["move", "cancel"] if planned else ["restore"]
    return actions


def _planned(session: Session, actor: Actor, milestone_id: UUID, version: int | None) -> Milestone:
    milestone = repository.milestone_for(session, actor, milestone_id, lock=True)
    if not access.may_plan(actor):
        raise Forbidden
    check(milestone.version, version)
    return milestone


def _change(
    session: Session,
    actor: Actor,
    milestone: Milestone,
    now: datetime,
    what: str,
    change: Callable[[], None],
    reason: str | None = None,
) -> Milestone:
    before = _seen(milestone)
    change()
    after = _seen(milestone)
    session.flush()
    changed = {name: value for name, value in after.items() if value != before[name]}
    told = {**changed, **({"reason": reason} if reason else {})}
    _record(session, actor, milestone, now, what, {name: before[name] for name in changed}, told)
    return milestone


def _seen(milestone: Milestone) -> dict[str, Any]:  # Any: JSON for the history
    fields = {"due", "status", "actual_on", "actual_note"}
    return milestone.model_dump(mode="json", include=fields)


def _record(
    session: Session,
    actor: Actor,
    milestone: Milestone,
    now: datetime,
    what: str,
    before: dict[str, Any] | None,  # Any: JSON for the history
    after: dict[str, Any] | None,  # Any: JSON for the history
) -> None:
    session.add(
        MilestoneHistory(
            milestone_id=milestone.id,
            at=now,
            what=what,
            by_name=actor.name,
            by_subject=actor.subject,
            before=before,
            after=after,
        )
    )
    data = MilestoneState.model_validate(milestone)
    publish(session, type=MILESTONE_CHANGED, subject=str(milestone.id), data=data)
