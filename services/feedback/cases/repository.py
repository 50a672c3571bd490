"""Queries of one case. They start from `access.visible_to`, except those of the service's own jobs."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from services.feedback.access import audience, visible_to
from services.feedback.cases.model import Case, CaseCycle, CaseEntry

_CASE_ID = sa.bindparam("case_id", type_=sa.Uuid)
_LOG = sa.select(CaseEntry).where(col(CaseEntry.case_id) == _CASE_ID).order_by(col(CaseEntry.number))
_MOST_KEPT = 200
"""Statements that are kept: all who see every case ask by the same, others each by their own."""


def find(session: Session, actor: Actor, case_id: UUID, *, lock: bool = False) -> Case:
    """Return a visible case; with ``lock`` nobody else changes it until the transaction ends.

    Raises:
        NotFound: there is none that the actor may see.
    """
    case = session.scalars(_one_of(audience(actor), lock), {"case_id": case_id}).one_or_none()
    if case is None:
        raise NotFound
    return case


@lru_cache(_MOST_KEPT)
def _one_of(actor: Actor, lock: bool) -> sa.Select[Case]:
    statement = visible_to(actor).where(col(Case.id) == _CASE_ID)
    return statement.with_for_update() if lock else statement


def log_of(session: Session, case_id: UUID) -> Sequence[CaseEntry]:
    """Return the whole log of a case, in order."""
    return session.scalars(_LOG, {"case_id": case_id}).all()


def cycles_of(session: Session, case_id: UUID) -> Sequence[CaseCycle]:
    """Return the results of finished cycles, in order."""
    statement = sa.select(CaseCycle).where(col(CaseCycle.case_id) == case_id)
    return session.scalars(statement.order_by(col(CaseCycle.cycle))).all()
