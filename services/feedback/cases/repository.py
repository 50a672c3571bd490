"""Queries of one case. They start from `access.visible_to`, except those of the service's own jobs."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from services.feedback.access import visible_to
from services.feedback.cases.model import Case, CaseCycle, CaseEntry


def find(session: Session, actor: Actor, case_id: UUID, *, lock: bool = False) -> Case:
    """Return a visible case; with ``lock`` nobody else changes it until the transaction ends.

    Raises:
        NotFound: there is none that the actor may see.
    """
    statement = visible_to(actor).where(col(Case.id) == case_id)
    case = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if case is None:
        raise NotFound
    return case


def log_of(session: Session, case_id: UUID) -> Sequence[CaseEntry]:
    """Return the whole log of a case, in order."""
    statement = sa.select(CaseEntry).where(col(CaseEntry.case_id) == case_id)
    return session.scalars(statement.order_by(col(CaseEntry.number))).all()


def cycles_of(session: Session, case_id: UUID) -> Sequence[CaseCycle]:
    """Return the results of finished cycles, in order."""
    statement = sa.select(CaseCycle).where(col(CaseCycle.case_id) == case_id)
    return session.scalars(statement.order_by(col(CaseCycle.cycle))).all()
