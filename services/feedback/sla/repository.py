"""Every query of the clock: calendar versions and copied contract years."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session
from sqlmodel import col, select

from services.feedback.sla.model import CalendarVersion, PolicyCopy


def calendar_version(session: Session, name: str, version: int | None = None) -> CalendarVersion | None:
    """Return a stored version of the calendar, the newest unless told."""
    wanted = select(CalendarVersion).where(col(CalendarVersion.name) == name)
    if version is not None:
        wanted = wanted.where(col(CalendarVersion.version) == version)
    return session.scalars(wanted.order_by(col(CalendarVersion.version).desc()).limit(1)).first()


def newest_calendars(session: Session) -> Sequence[CalendarVersion]:
    """Return the newest stored version of each calendar."""
    name, version = col(CalendarVersion.name), col(CalendarVersion.version)
    newest = select(CalendarVersion).ext(distinct_on(name)).order_by(name, version.desc())
    return session.scalars(newest).all()


def add_calendar(session: Session, row: CalendarVersion) -> bool:
    """Keep a new version; False when somebody else was faster with the same number."""
    statement = insert(CalendarVersion).values(**row.model_dump()).on_conflict_do_nothing()
    return session.execute(statement.returning(col(CalendarVersion.version))).one_or_none() is not None


def policies_of(session: Session, customer_id: UUID) -> Sequence[PolicyCopy]:
    """Return the customer's contract years that promise something."""
    return session.scalars(select(PolicyCopy).where(col(PolicyCopy.customer_id) == customer_id)).all()
