"""Queries of many cases: pages and counts. All of them start from `access.visible_to`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.paging import Key, page
from services.feedback.access import visible_to
from services.feedback.cases.model import Case
from services.feedback.cases.rules import HELSINKI
from services.feedback.cases.vocabulary import OPEN_STATES, Kind, Service, Severity, State

COUNTED = 1000
"""Counting stops here: a badge says "1000+", and costs the same however many cases there are."""
_CASES = sa.inspect(Case).columns
Sort = Literal["next_due", "newest"]
Due = Literal["today", "late"]


@dataclass(frozen=True)
class Filter:
    """Which of the visible cases are wanted; None does not limit."""

    states: tuple[State, ...] = ()
    kind: Kind | None = None
    service: Service | None = None
    severity: Severity | None = None
    site_id: UUID | None = None
    customer_id: UUID | None = None
    producer_id: UUID | None = None
    handler_id: UUID | None = None
    due: Due | None = None


def list_cases(
    session: Session,
    actor: Actor,
    wanted: Filter,
    *,
    sort: Sort,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> tuple[list[Case], str | None]:
    """Return a page of visible cases: the most urgent open ones first, or the newest of all first."""
    statement = narrowed(visible_to(actor), wanted, now)
    keys: list[Key]
    if sort == "next_due":
        # Without the word "open" in the query the indexes of the queue cannot be used.
        if not wanted.states:
            statement = statement.where(col(Case.open))
        keys = [(_CASES.queue_at, "asc"), (_CASES.id, "asc")]
    else:
        keys = [(_CASES.received_at, "desc"), (_CASES.id, "desc")]
    return page(session, statement, keys=keys, limit=limit, cursor=cursor)


def count(session: Session, actor: Actor, wanted: Filter, now: datetime) -> dict[str, int]:
    """Count open visible cases by state and urgency, each up to one more than `COUNTED`."""
    base = narrowed(visible_to(actor), wanted, now).where(col(Case.open)).with_only_columns(sa.literal(1))
    sorts = {state.value: col(Case.state) == state for state in OPEN_STATES} | {
        "late": _due_within(now, "late"),
        "due_today": _due_within(now, "today"),
        "open": sa.true(),
    }
    figures = [
        sa.select(sa.func.count())
        .select_from(base.where(condition).limit(COUNTED + 1).subquery())
        .scalar_subquery()
        .label(name)
        for name, condition in sorts.items()
    ]
    return dict(session.execute(sa.select(*figures)).mappings().one())


def narrowed(statement: sa.Select[Case], wanted: Filter, now: datetime) -> sa.Select[Case]:
    """Limit a statement of `access.visible_to` to what is wanted."""
    if wanted.states:
        statement = statement.where(col(Case.state).in_(wanted.states))
        if set(wanted.states) <= set(OPEN_STATES):
            statement = statement.where(col(Case.open))
    equal = {
        Case.kind: wanted.kind,
        Case.service: wanted.service,
        Case.severity: wanted.severity,
        Case.site_id: wanted.site_id,
        Case.customer_id: wanted.customer_id,
        Case.producer_id: wanted.producer_id,
        Case.handler_id: wanted.handler_id,
    }
    for column, value in equal.items():
        if value is not None:
            statement = statement.where(col(column) == value)
    if wanted.due:
        statement = statement.where(col(Case.open), _due_within(now, wanted.due))
    return statement


def _due_within(now: datetime, due: Due) -> sa.ColumnElement[bool]:
    """Past due, or due later today by the Helsinki wall."""
    if due == "late":
        return col(Case.queue_at) < now
    local = now.astimezone(HELSINKI)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return sa.and_(col(Case.queue_at) >= now, col(Case.queue_at) < midnight)
