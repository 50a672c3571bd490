"""Every query of milestones. Reading begins at ``visible_milestones``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from chassis.keyset import page
from services.contracts.clock.model import Milestone, MilestoneHistory
from services.contracts.clock.rules import Responsible, Status
from services.contracts.clock.schemas import Summary
from services.contracts.order import falling, rising


@dataclass(frozen=True)
class Wanted:
    """Which milestones are asked for; None asks for all."""

    year: int | None = None
    customer_id: UUID | None = None
    responsible: Responsible | None = None
    status: Status | None = None
    row: int | None = None
    late_on: date | None = None
    """Only what is overdue on the day."""
    in_time_on: date | None = None
    """Only what is not overdue on the day."""
    since: int | None = None
    """The first year, when no single one is asked for."""
    own: bool = False
    """Only of the customers for whom the reader speaks, or whose accounts it manages."""


# The values alone: the text of the whole JSON would hold the languages' codes and the escapes too.
_SAID = sa.func.jsonb_each_text(col(Milestone.topic)).table_valued("key", "value")


def visible_milestones(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the milestones the actor may read: of the own and the own sites' customers."""
    if actor.everything:
        return sa.true()
    return col(Milestone.customer_id).in_(actor.customer_ids | actor.site_customer_ids)


def _where(actor: Actor, wanted: Wanted) -> ColumnElement[bool]:
    conditions = [visible_milestones(actor)]
    if wanted.year is not None:
        conditions.append(col(Milestone.year) == wanted.year)
    if wanted.since is not None:
        conditions.append(col(Milestone.year) >= wanted.since)
    if wanted.customer_id is not None:
        conditions.append(col(Milestone.customer_id) == wanted.customer_id)
    if wanted.own:
        conditions.append(col(Milestone.customer_id).in_(actor.customer_ids))
    if wanted.responsible is not None:
        answers = col(Milestone.responsible) == wanted.responsible
        conditions.append(sa.or_(answers, col(Milestone.producing) == wanted.responsible))
    if wanted.status is not None:
        conditions.append(col(Milestone.status) == wanted.status)
    if wanted.row is not None:
        conditions.append(col(Milestone.row) == wanted.row)
    if wanted.late_on is not None:
        conditions.append(_overdue(wanted.late_on))
    if wanted.in_time_on is not None:
        conditions.append(sa.not_(_overdue(wanted.in_time_on)))
    return sa.and_(*conditions)


def _overdue(today: date) -> ColumnElement[bool]:
    return sa.and_(col(Milestone.status) == Status.SCHEDULED, col(Milestone.due) < today)


def list_milestones(
    session: Session, actor: Actor, wanted: Wanted, *, limit: int, cursor: str | None
) -> tuple[list[Milestone], str | None]:
    """Return a page of milestones by their day and row."""
    keys = [rising(col(Milestone.due)), rising(col(Milestone.row)), rising(col(Milestone.id))]
    statement = sa.select(Milestone).where(_where(actor, wanted))
    return page(session, statement, keys=keys, limit=limit, cursor=cursor)


def every_milestone(session: Session, actor: Actor, wanted: Wanted, limit: int) -> Iterator[Milestone]:
    """Return the milestones of a calendar feed by their day and row, at most ``limit``."""
    found = sa.select(Milestone).where(_where(actor, wanted))
    order = (col(Milestone.due), col(Milestone.row), col(Milestone.id))
    yield from session.scalars(found.order_by(*order).limit(limit))


def summary(session: Session, actor: Actor, wanted: Wanted, today: date) -> Summary:
    """Count the milestones by status, and how many of the scheduled are overdue on the day."""
    late = sa.func.count().filter(_overdue(today))
    counts = {status.value: sa.func.count().filter(col(Milestone.status) == status) for status in Status}
    statement = sa.select(
        sa.func.count().label("total"),
        late.label("overdue"),
        *(each.label(name) for name, each in counts.items()),
    ).where(_where(actor, wanted))
    return Summary.model_validate(session.execute(statement).one())


def milestone_for(session: Session, actor: Actor, milestone_id: UUID, *, lock: bool = False) -> Milestone:
    """Return a milestone the actor may read.

    Raises:
        NotFound: there is none for this actor.
    """
    found = sa.select(Milestone).where(col(Milestone.id) == milestone_id, visible_milestones(actor))
    milestone = session.scalars(found.with_for_update() if lock else found).one_or_none()
    if milestone is None:
        raise NotFound
    return milestone


def rows_there(session: Session, customer_id: UUID, year: int) -> set[int]:
    """Return the rows that the customer's clock of the year has already."""
    found = sa.select(col(Milestone.row)).where(
        col(Milestone.customer_id) == customer_id, col(Milestone.year) == year
    )
    return set(session.scalars(found))


def lock_clock(session: Session, customer_id: UUID, year: int) -> None:
    """Let nobody else generate the same clock until the transaction ends."""
    name = sa.func.hashtextextended(f"clock:{customer_id}:{year}", 0)
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))


def same_row_of(session: Session, milestone: Milestone, year: int) -> Milestone | None:
    """Return the customer's milestone of the same row in another year."""
    found = sa.select(Milestone).where(
        col(Milestone.customer_id) == milestone.customer_id,
        col(Milestone.year) == year,
        col(Milestone.row) == milestone.row,
    )
    return session.scalars(found).one_or_none()


def history_of(
    session: Session, milestone_id: UUID, *, limit: int, cursor: str | None
) -> tuple[list[MilestoneHistory], str | None]:
    """Return a page of a milestone's history, newest first."""
    statement = sa.select(MilestoneHistory).where(col(MilestoneHistory.milestone_id) == milestone_id)
    keys = [falling(col(MilestoneHistory.at)), falling(col(MilestoneHistory.id))]
    return page(session, statement, keys=keys, limit=limit, cursor=cursor)


def search_milestones(session: Session, actor: Actor, words: str, year: int, limit: int) -> list[Milestone]:
    """Return the year's milestones whose topic contains the words in any language, the nearest day first."""
    topic_says = sa.exists().select_from(_SAID).where(_SAID.c.value.icontains(words, autoescape=True))
    found = (
        sa.select(Milestone)
        .where(visible_milestones(actor), col(Milestone.year) == year, topic_says)
        .order_by(col(Milestone.due), col(Milestone.row), col(Milestone.id))
        .limit(limit)
    )
    return list(session.scalars(found))
