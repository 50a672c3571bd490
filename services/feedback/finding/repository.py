"""Queries of many cases: pages and counts. All of them start from `access.visible_to`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, get_args
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from chassis.actors import Actor
from chassis.keyset import Key, ordered, page, read
from services.feedback.access import audience, visible_to
from services.feedback.cases.model import NEVER, Case
from services.feedback.cases.model import URGENT as URGENT_CASES
from services.feedback.cases.vocabulary import OPEN_STATES, Kind, State
from services.feedback.finding.charge import Charge, Share
from trade.days import HELSINKI
from trade.vocabulary import Service, Severity

COUNTED = 1000
"""Counting stops here: a badge says "1000+", and costs the same however many cases there are."""
_CASES = sa.inspect(Case).columns
Sort = Literal["next_due", "newest", "oldest"]
KEYS: Mapping[Sort, list[Key]] = {
    "next_due": [(_CASES.queue_at, "asc"), (_CASES.id, "asc")],
    "newest": [(_CASES.received_at, "desc"), (_CASES.id, "desc")],
    "oldest": [(_CASES.received_at, "asc"), (_CASES.id, "asc")],
}
_MOST_KEPT = 200
"""Statements of first pages that are kept; to make one anew costs a third of what reading its rows does."""
Due = Literal["today", "late"]
Received = Literal["today"]
Figure = Literal[
    "received", "acknowledged", "in_progress", "waiting", "late", "due_today", "urgent", "open", "mine"
]
FIGURES: tuple[Figure, ...] = get_args(Figure)
USUAL: tuple[Figure, ...] = tuple(figure for figure in FIGURES if figure != "mine")
"""What is counted where nobody says; each figure is a search of its own."""


URGENT: ColumnElement[bool] = sa.literal_column(f"({URGENT_CASES})", sa.Boolean)
"""Critical and not answered, in the words of their index: with bound values it could not be used."""


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
    urgent: bool | None = None
    received: Received | None = None
    charge: Charge | None = None
    received_from: date | None = None
    received_to: date | None = None
    """The last day, which belongs to it."""


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
    """Return a page of visible cases: the most urgent or the oldest open ones first, or the newest of all."""
    keys = KEYS[sort]
    if cursor is None and wanted.due is None and wanted.received is None:
        return read(session, _first_page(audience(actor), wanted, sort, limit), keys=keys, limit=limit)
    return page(session, listed(actor, wanted, sort, now), keys=keys, limit=limit, cursor=cursor)


@lru_cache(_MOST_KEPT)
def _first_page(actor: Actor, wanted: Filter, sort: Sort, limit: int) -> sa.Select[Case]:
    """Return the statement of a first page for which it does not matter when it is asked."""
    return ordered(listed(actor, wanted, sort, NEVER), keys=KEYS[sort], limit=limit)


def listed(actor: Actor, wanted: Filter, sort: Sort, now: datetime) -> sa.Select[Case]:
    """Return what selects the cases of a list, all its pages."""
    statement = narrowed(visible_to(actor), wanted, now)
    # Without the word "open" in the query the indexes of the queue cannot be used.
    return statement if sort == "newest" or wanted.states else statement.where(col(Case.open))


def count(
    session: Session, actor: Actor, wanted: Filter, now: datetime, figures: Collection[Figure]
) -> dict[str, int]:
    """Count open visible cases by state, urgency or handler, each up to one more than `COUNTED`."""
    base = narrowed(visible_to(actor), wanted, now).where(col(Case.open)).with_only_columns(sa.literal(1))
    counted = [
        sa.select(sa.func.count())
        .select_from(base.where(_counted_as(figure, actor, now)).limit(COUNTED + 1).subquery())
        .scalar_subquery()
        .label(figure)
        for figure in dict.fromkeys(figures)
    ]
    return dict(session.execute(sa.select(*counted)).mappings().one())


def _counted_as(figure: Figure, actor: Actor, now: datetime) -> sa.ColumnElement[bool]:
    match figure:
        case "open":
            return sa.true()
        case "mine":
            return col(Case.handler_id) == actor.person_id
        case "late":
            return _due_within(now, "late")
        case "due_today":
            return _due_within(now, "today")
        case "urgent":
            return URGENT
    return col(Case.state) == State(figure)


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
    if wanted.urgent is not None:
        statement = statement.where(col(Case.open), URGENT if wanted.urgent else ~URGENT)
    if wanted.received is not None:
        statement = statement.where(col(Case.received_at) >= _midnight(now))
    if wanted.charge is not None:
        shares = (_within(share) for share in wanted.charge.shares)
        statement = statement.where(sa.or_(col(Case.handler_id) == wanted.charge.person_id, *shares))
    if wanted.received_from:
        statement = statement.where(col(Case.received_at) >= _beginning_of(wanted.received_from))
    if wanted.received_to:
        statement = statement.where(
            col(Case.received_at) < _beginning_of(wanted.received_to + timedelta(days=1))
        )
    return statement


def _beginning_of(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)


def _within(share: Share) -> sa.ColumnElement[bool]:
    conditions: list[sa.ColumnElement[bool]] = []
    if share.service is not None:
        conditions.append(col(Case.service) == Service(share.service))
    if share.site_ids:
        conditions.append(col(Case.site_id).in_(share.site_ids))
    if share.customer_ids:
        conditions.append(col(Case.customer_id).in_(share.customer_ids))
    return sa.and_(sa.true(), *conditions)


def _due_within(now: datetime, due: Due) -> sa.ColumnElement[bool]:
    """Past due, or due later today by the Helsinki wall."""
    if due == "late":
        return col(Case.queue_at) < now
    return sa.and_(col(Case.queue_at) >= now, col(Case.queue_at) < _midnight(now, days=1))


def _midnight(now: datetime, days: int = 0) -> datetime:
    """Return when the day of the Helsinki wall began, or one so many days later begins."""
    local = now.astimezone(HELSINKI) + timedelta(days=days)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
