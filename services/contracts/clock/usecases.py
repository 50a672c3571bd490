"""Generating a customer's clock, recording what really happened, and changing the plan."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, InvalidInput
from services.contracts import access
from services.contracts.clock import repository
from services.contracts.clock.change import Done, MilestoneChange, MilestoneRequest, note
from services.contracts.clock.model import Milestone
from services.contracts.clock.rules import Status
from services.contracts.clock.schemas import Actual
from services.contracts.clock.template import Template, shipped_template
from services.contracts.copies.repository import known_customers
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
        note(session, milestone, Done(actor, now, "generated"), None, {"due": milestone.due.isoformat()})
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


def record_actual(asked: MilestoneRequest, actual: Actual) -> Milestone:
    """Record what really happened to a milestone and when (*toteuma*); a later entry corrects it.

    Raises:
        NotFound, Forbidden, Stale: not this actor's to see, to record, or of this version.
        InvalidInput: the day is in the future.
        MilestoneCancelled: it was taken out of the plan.
    """
    change = MilestoneChange.open(asked, access.may_record_actual)
    if actual.actual_on is not None and actual.actual_on > day_of(asked.now):
        raise InvalidInput([FieldError("#/actual_on", "in_future")])
    change.milestone.record(Status(actual.status), actual.actual_on, actual.note, asked.now)
    return change.finish("recorded")


def move(asked: MilestoneRequest, due: date, reason: str) -> Milestone:
    """Plan another day in the same year.

    Raises:
        NotFound, Forbidden, Stale, MilestoneCancelled, AlreadyRecorded: as said by their names.
        InvalidInput: the day is in another year.
    """
    change = MilestoneChange.open(asked, _may_plan)
    if due.year != change.milestone.year:
        raise InvalidInput([FieldError("#/due", "outside_year", {"year": change.milestone.year})])
    change.milestone.move(due, asked.now)
    return change.finish("moved", reason)


def cancel(asked: MilestoneRequest, reason: str) -> Milestone:
    """Take a milestone out of the plan; calendars keep it as cancelled."""
    change = MilestoneChange.open(asked, _may_plan)
    change.milestone.cancel(asked.now)
    return change.finish("cancelled", reason)


def restore(asked: MilestoneRequest, reason: str) -> Milestone:
    """Put a cancelled or wrongly recorded milestone back into the plan."""
    change = MilestoneChange.open(asked, _may_plan)
    change.milestone.restore(asked.now)
    return change.finish("restored", reason)


def allowed(actor: Actor, milestone: Milestone) -> list[str]:
    """Return what this actor may do to the milestone now."""
    planned = milestone.status is Status.SCHEDULED
    actions = []
    if milestone.status is not Status.CANCELLED and access.may_record_actual(actor, milestone.customer_id):
        actions.append("actual")
    if access.may_plan(actor):
        actions += ["move", "cancel"] if planned else ["restore"]
    return actions


def _may_plan(actor: Actor, _: UUID) -> bool:
    return access.may_plan(actor)
