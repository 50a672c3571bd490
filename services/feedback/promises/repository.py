"""Counting promises: those that fell due, in one statement, and the cases that are late now in another."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.feedback.access import visible_to
from services.feedback.cases.model import Case, CaseCycle
from services.feedback.cases.vocabulary import Kind
from services.feedback.promises.rules import PERIOD, Kept, Tally


def tallies(session: Session, actor: Actor, now: datetime) -> list[Tally]:
    """Return what fell due in the period and the one before it, and what is late now."""
    recent_from, since = now - PERIOD, now - 2 * PERIOD
    cases = visible_to(actor).where(col(Case.kind) != Kind.PRAISE)
    past = cases.join(CaseCycle, col(CaseCycle.case_id) == col(Case.id))
    due = sa.union_all(
        *_fallen_due(cases, Case, since, now), *_fallen_due(past, CaseCycle, since, now)
    ).subquery()
    recent = due.c.due_at >= recent_from
    counted = sa.select(
        due.c.handler_id,
        due.c.producer_id,
        sa.func.count().filter(recent, due.c.kept),
        sa.func.count().filter(recent),
        sa.func.count().filter(~recent, due.c.kept),
        sa.func.count().filter(~recent),
    ).group_by(due.c.handler_id, due.c.producer_id)
    late = (
        visible_to(actor)
        .where(col(Case.open), col(Case.queue_at) < now)
        .with_only_columns(col(Case.handler_id), col(Case.producer_id), sa.func.count())
        .group_by(col(Case.handler_id), col(Case.producer_id))
    )
    return [
        Tally(handler_id, producer_id, Kept(kept, of), Kept(kept_before, of_before))
        for handler_id, producer_id, kept, of, kept_before, of_before in session.execute(counted)
    ] + [
        Tally(handler_id, producer_id, late=count) for handler_id, producer_id, count in session.execute(late)
    ]


def _fallen_due(
    cases: sa.Select[Case], table: type[Case] | type[CaseCycle], since: datetime, now: datetime
) -> Iterator[sa.SelectBase]:
    """Return the answers, and the solutions, of a table's cycles that fell due in the stretch: a row each.

    With the handler, the producer, when it fell due, and whether it was kept.
    """
    # What the customer was asked before it fell due does not fall due meanwhile.
    rests = sa.and_(
        col(Case.waiting_since).is_not(None), ~col(Case.resolution_breached), sa.literal(table is Case)
    )
    for due_at, met_at, breached, paused in (
        (table.response_due_at, table.first_response_at, table.response_breached, sa.false()),
        (table.resolution_due_at, table.resolved_at, table.resolution_breached, rests),
    ):
        yield cases.where(col(due_at) >= since, col(due_at) < now, ~paused).with_only_columns(
            col(Case.handler_id),
            col(Case.producer_id),
            col(due_at).label("due_at"),
            sa.and_(col(met_at).is_not(None), ~col(breached)).label("kept"),
        )
