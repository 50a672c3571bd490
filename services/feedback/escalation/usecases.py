"""Tells the people on the ladder, each step exactly once.

A step is taken by inserting its row: (case, cycle, clock, step) is the key, and log entry and event are
written in the same transaction. A worker that crashes before its commit leaves nothing, so the next run
takes the step; a worker that comes second finds the row, or skips the case that the first has locked.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.database import Database
from services.feedback.cases.change import SERVICE, CaseChange
from services.feedback.cases.clock import Rung, clocks_of, ladder
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.vocabulary import What
from services.feedback.copies.rules import Assigned
from services.feedback.escalation.model import Escalation
from services.feedback.read_model import ReadModel, ReadModelCache
from trade.answering import Place
from trade.days import day_of

log = structlog.get_logger()
MOST = 500
"""Cases in one run; the rest come with the next."""
WARNINGS = (1, 2)
"""Steps before the promise is broken: handler and service supervisor are warned, the rest is escalation."""


def climb(database: Database, read_models: ReadModelCache, now: datetime) -> int:
    """Take every step that is due, each case in a transaction of its own; return the number of steps.

    A case that cannot be worked out is logged and left, so that it does not keep others' people from hearing.
    """
    with database.session() as session:
        due = sa.select(col(Case.id)).where(col(Case.warn_at) <= now).order_by(col(Case.warn_at)).limit(MOST)
        waiting = session.scalars(due).all()
    steps = 0
    for case_id in waiting:
        try:
            with database.session() as session:
                steps += climb_one(session, read_models, case_id, now)
        except OperationalError:
            raise  # the database is lost: the next run goes on
        except Exception:
            log.exception("ladder.case_failed", case=str(case_id))
    return steps


def climb_one(session: Session, read_models: ReadModelCache, case_id: UUID, now: datetime) -> int:
    """Take the due steps of one case in the session's transaction; 0 when another worker is at it."""
    mine = (
        sa.select(Case)
        .where(col(Case.id) == case_id, col(Case.warn_at) <= now)
        .with_for_update(skip_locked=True)
    )
    case = session.scalars(mine).one_or_none()
    if case is None:
        return 0
    read_model = read_models.current(session)
    record = CaseChange.open(session, case, read_model, SERVICE, now)
    taken = []
    for rung in sorted(
        ladder(clocks_of(record.log, read_model.calendar_version, now)), key=lambda rung: rung.at
    ):
        if rung.at <= now:
            told = _whom(case, read_model, rung.step, now)
            if _take(session, case, rung, told, now):
                taken.append(_note(record, rung, told))
    record.project()
    for entry in taken:
        record.publish(entry)
    session.add(case)
    return len(taken)


def _take(session: Session, case: Case, rung: Rung, told: Assigned, now: datetime) -> bool:
    """Claim the step; False when it was taken before."""
    row = Escalation(
        case_id=case.id,
        cycle=case.cycle,
        clock=rung.clock,
        step=rung.step,
        role=told.role,
        person_id=told.person.id,
        person_name=told.person.name,
        due_at=rung.at,
        told_at=now,
    )
    statement = insert(Escalation).values(**row.model_dump()).on_conflict_do_nothing()
    return session.execute(statement.returning(col(Escalation.step))).one_or_none() is not None


def _note(record: CaseChange, rung: Rung, told: Assigned) -> CaseEntry:
    return record.add(
        What.WARNED if rung.step in WARNINGS else What.ESCALATED,
        public=False,
        facts={
            "clock": rung.clock,
            "step": rung.step,
            "share": rung.share,
            "role": told.role,
            "person_id": str(told.person.id) if told.person.id else None,
        },
        personal={"person_name": told.person.name},
    )


def _whom(case: Case, read_model: ReadModel, step: int, now: datetime) -> Assigned:
    """Return the person of a step: handler, service supervisor, account manager, management."""
    if step == 1:
        return Assigned(read_model.person(case.handler_id), case.handler_role)
    customer = read_model.customers.get(case.customer_id)
    department_id = customer.department_id if customer else None
    site = read_model.sites.get(case.site_id)
    place = Place(
        case.site_id,
        site.name if site else "",
        case.customer_id,
        department_id,
        case.service,
        case.producer_id,
    )
    day = day_of(now)
    whom = {2: read_model.supervisor, 3: read_model.account_manager, 4: read_model.management}[step]
    return whom(place, day)
