"""Every query of the clock: calendar versions and copied contract years."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session
from sqlmodel import col, select

from services.feedback.sla.calendars import Calendar
from services.feedback.sla.defaults import shipped_calendars
from services.feedback.sla.documents import CalendarDocument, calendar_of, target_of
from services.feedback.sla.model import CalendarVersion, PolicyCopy
from services.feedback.sla.policies import YearTargets
from services.feedback.sla.targets import Policy


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


def years_of(session: Session, customer_id: UUID) -> list[YearTargets]:
    """Return what the customer's contract years promise; a read worth keeping until the next change."""
    return [_year_targets(row) for row in policies_of(session, customer_id)]


def all_calendars(session: Session) -> list[Calendar]:
    """Return the newest version of every calendar by name, shipped ones included."""
    stored = {row.name: calendar_in(row) for row in newest_calendars(session)}
    return [calendar for _, calendar in sorted((dict(shipped_calendars()) | stored).items())]


def calendar_in(row: CalendarVersion) -> Calendar:
    """Return the calendar that a row holds."""
    return calendar_of(cast("CalendarDocument", row.document), name=row.name, version=row.version)


def policy_in(target: Mapping[str, Any]) -> Policy:  # Any: JSON
    """Return the policy of a contract year's target; KeyError, TypeError or ValueError for what is none."""
    return Policy(target_of(target["response"]), target_of(target.get("resolution")))


def _year_targets(row: PolicyCopy) -> YearTargets:
    return YearTargets(
        reference=row.reference,
        year=row.year,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        lines=frozenset((UUID(line["site_id"]), line["service"]) for line in row.lines),
        policies={(target["service"], target["severity"]): policy_in(target) for target in row.targets},
    )
