"""Keeps the due columns true: after a change of contracts, sites or calendars, and against drift."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.database import Database
from services.feedback.cases.change import SERVICE, CaseChange
from services.feedback.cases.model import Case
from services.feedback.cases.usecases import promised_now, renew_targets
from services.feedback.read_model import ReadModelCache

log = structlog.get_logger()
BATCH = 500
_PENDING = sa.text(
    "select grown.version from copies_version as grown, copies_version as done"
    " where grown.id = 1 and done.id = 2 and done.version < grown.version"
)
_DONE = sa.text("update copies_version set version = greatest(version, :version) where id = 2")
_PROJECTED = ("response_due_at", "resolution_due_at", "next_due_at", "queue_at", "warn_at")


def recalculate_after_changes(database: Database, read_models: ReadModelCache, now: datetime) -> int:
    """Give open cases the targets that hold since the last change of copies; return how many got others.

    A run that is cut short begins again: a case with its new targets is left alone. A case that cannot be
    worked out does not hold the change open, or every minute would read all cases again for its sake: it is
    logged, and tried again with the next change and in the night.
    """
    with database.session() as session:
        version = session.execute(_PENDING).scalar()
    if version is None:
        return 0
    changed = renew_open_cases(database, read_models, now)
    with database.session() as session:
        session.execute(_DONE, {"version": version})
    return changed


def renew_open_cases(database: Database, read_models: ReadModelCache, now: datetime) -> int:
    """Give every open case the targets that hold now; return how many got others.

    Closed results are never touched. What has been counted under the old targets stays counted, and the log
    keeps before and after.
    """
    changed = 0
    for batch in _open_cases(database):
        with database.session() as session:
            read_model = read_models.current(session)
        for case in batch:
            with _alone(case.id):
                # Compared before anything is locked: most changes of copies touch no promise.
                if promised_now(read_model, case).as_json() == case.targets:
                    continue
                with database.session() as session:
                    renewed = _renew(session, read_models, case.id, now)
                changed += renewed
    return changed


def rebuild_projections(database: Database, read_models: ReadModelCache, now: datetime) -> int:
    """Compute the due columns of open cases from their logs again; return how many were wrong."""
    wrong = 0
    for batch in _open_cases(database):
        for case in batch:
            with _alone(case.id):
                with database.session() as session:
                    mended = _rebuild(session, read_models, case.id, now)
                wrong += mended
    return wrong


@contextmanager
def _alone(case_id: UUID) -> Generator[None]:
    """Log a case that cannot be worked out and leave it, so that it does not keep the others waiting."""
    try:
        yield
    except (OperationalError, InterfaceError, NoConnection):
        raise  # the database is lost, not the case: the next run begins again
    except Exception:
        log.exception("upkeep.case_failed", case=str(case_id))


def _open_cases(database: Database) -> Iterator[list[Case]]:
    """Yield all open cases in the order of their ids, a batch at a time."""
    after = UUID(int=0)
    while True:
        with database.session() as session:
            batch = sa.select(Case).where(col(Case.open), col(Case.id) > after)
            cases = list(session.scalars(batch.order_by(col(Case.id)).limit(BATCH)))
        if not cases:
            return
        yield cases
        after = cases[-1].id


def _taken_up(
    session: Session, read_models: ReadModelCache, case_id: UUID, now: datetime
) -> CaseChange | None:
    """Lock a case that is still open."""
    statement = sa.select(Case).where(col(Case.id) == case_id, col(Case.open)).with_for_update()
    case = session.scalars(statement).one_or_none()
    if case is None:
        return None
    return CaseChange.open(session, case, read_models.current(session), SERVICE, now)


def _renew(session: Session, read_models: ReadModelCache, case_id: UUID, now: datetime) -> bool:
    record = _taken_up(session, read_models, case_id, now)
    if record is None or not renew_targets(record):
        return False
    record.project()
    record.publish(record.log[-1])
    return True


def _rebuild(session: Session, read_models: ReadModelCache, case_id: UUID, now: datetime) -> bool:
    record = _taken_up(session, read_models, case_id, now)
    if record is None:
        return False
    # A waiting case's due instants stand as of its last entry, not as of the time of this run.
    record.now = record.log[-1].at
    before = [getattr(record.case, name) for name in _PROJECTED]
    record.project()
    return before != [getattr(record.case, name) for name in _PROJECTED]
