"""What the clock does with the database: find the policy and calendar of a case, keep what contracts say."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import structlog
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import FieldError, Forbidden, NotFound, Stale
from chassis.events import CloudEvent
from chassis.preconditions import check
from services.feedback.copies.version import bump
from services.feedback.sla import repository
from services.feedback.sla.calendars import Calendar, NoOpenTime
from services.feedback.sla.defaults import (
    DEFAULT_CALENDAR,
    shipped_calendars,
)
from services.feedback.sla.documents import calendar_document, target_of
from services.feedback.sla.errors import CalendarNeverOpen, DueTooFar
from services.feedback.sla.model import CalendarVersion, PolicyCopy
from services.feedback.sla.policies import FoundPolicy, policy_among
from services.feedback.sla.targets import Policy
from services.feedback.sla.timetable import SECOND, BeyondHorizon, business_time, ticks
from trade.vocabulary import Basis

log = structlog.get_logger()
PROMISING = frozenset({"signed", "in_force", "ended"})
"""States of a contract year whose targets hold on its days; an ended one held on the days it had."""

_LONGEST = {Basis.BUSINESS: (1000 * 3600, 8 * 3600), Basis.CALENDAR: (366 * 86_400, 86_400)}
"""Seconds of the longest target that a contract year may bring in, and those that a day of it stands for."""


def policy_for(
    session: Session,
    customer_id: UUID | None,
    site_id: UUID | None,
    service: str | None,
    severity: str,
    day: date,
) -> FoundPolicy:
    """Return the policy of a case received on the day (local date), and who set it."""
    years = repository.years_of(session, customer_id) if customer_id is not None else []
    return policy_among(years, site_id, service, severity, day)


def calendar_named(session: Session, name: str, version: int | None = None) -> Calendar:
    """Return a calendar by name, the newest version unless told.

    A name nobody knows gives the office calendar: a received word must not fail on it.
    """
    try:
        return find_calendar(session, name, version)
    except NotFound:
        log.warning("sla.calendar_unknown", calendar=name, version=version)
        return find_calendar(session, DEFAULT_CALENDAR)


def find_calendar(session: Session, name: str, version: int | None = None) -> Calendar:
    """Return a calendar by name.

    Raises:
        NotFound: there is no such calendar or version.
    """
    row = repository.calendar_version(session, name, version)
    if row is not None:
        return repository.calendar_in(row)
    shipped = shipped_calendars().get(name)
    if shipped is None or version not in (None, shipped.version):
        raise NotFound
    return shipped


def change_calendar(
    session: Session, name: str, calendar: Calendar, *, seen: int, by: Actor, now: datetime
) -> Calendar:
    """Keep a new version of a calendar that was read as version `seen`.

    Raises:
        NotFound: there is no calendar of the name.
        Forbidden: it is not a person who changes it.
        Stale: somebody else changed it meanwhile.
        CalendarNeverOpen, DueTooFar: it is open so little that a contract's longest target would not end in
            it within five years; intake must never meet such a calendar.
    """
    if by.person_id is None:
        raise Forbidden
    check(find_calendar(session, name).version, seen)
    try:
        business_time(calendar).advance(ticks(now), _LONGEST[Basis.BUSINESS][0] * SECOND)
    except NoOpenTime as never:
        raise CalendarNeverOpen([FieldError("#/frames", never.code)]) from never
    except BeyondHorizon as far:
        raise DueTooFar([FieldError("#/frames", "due_beyond_horizon")]) from far
    document = cast("dict[str, Any]", calendar_document(calendar))  # Any: JSON column
    row = CalendarVersion(
        name=name, version=seen + 1, document=document, changed_at=now, changed_by=by.person_id
    )
    if not repository.add_calendar(session, row):
        raise Stale
    bump(session)
    return repository.calendar_in(row)


class _LineState(BaseModel):
    site_id: UUID
    service: str


class _YearState(BaseModel):
    """The fields of `kumppani.contracts.year.changed` that the clock reads."""

    id: UUID
    reference: str
    customer_id: UUID
    year: int
    state: str
    valid_from: date
    valid_until: date
    signed_at: datetime | None = None
    lines: list[_LineState] = []
    targets: list[dict[str, Any]] = []  # Any: read one by one, so that one bad target spoils no other
    version: int


def on_contract_year_changed(session: Session, event: CloudEvent) -> None:
    """Keep the targets of a contract year that promises something; forget those of one that does not.

    A terminated year keeps its promise up to the day of termination, when it was signed at all.
    """
    try:
        state = _YearState.model_validate(event.data)
    except ValidationError:
        # Waiting for a better event would hold up every later one; the next state of the year mends it.
        log.exception("sla.contract_year_unreadable", subject=event.subject)
        return
    known = session.get(PolicyCopy, state.id)
    if known is not None and known.version > state.version:
        return
    holds = state.state in PROMISING or (state.state == "terminated" and state.signed_at is not None)
    if not holds:
        if known is not None:
            session.delete(known)
            bump(session)
        return
    bump(session)
    session.merge(
        PolicyCopy(
            year_id=state.id,
            version=state.version,
            customer_id=state.customer_id,
            reference=state.reference,
            year=state.year,
            valid_from=state.valid_from,
            valid_until=state.valid_until,
            lines=[line.model_dump(mode="json") for line in state.lines],
            targets=[target for target in state.targets if _readable(target, state.reference)],
        )
    )


def _readable(target: Mapping[str, Any], reference: str) -> bool:
    try:
        named = str(target["severity"]) != "" and str(target["service"]) != ""
        return named and _sound(repository.policy_in(target))
    except (KeyError, TypeError, ValueError) as error:
        log.warning("sla.target_unreadable", contract=reference, target=dict(target), error=str(error))
        return False


def _sound(policy: Policy) -> bool:
    """Refuse a length that some calendar could not reach within the horizon; raises ValueError."""
    for target in (policy.response, policy.resolution):
        if target is None:
            continue
        longest, day = _LONGEST[target.basis]
        if target.seconds + target.days * day > longest:
            raise ValueError(f"{target.basis} {target.duration} is too long")
    return True


def _policy(target: Mapping[str, Any]) -> Policy:
    return Policy(target_of(target["response"]), target_of(target.get("resolution")))
