"""Everything that decisions lean on, in this process's memory, with the version it was read at.

Sites, people and their assignments, contract targets and calendars are some thousand rows that change a few
times a day and are needed by every request. Each change adds one to ``copies_version`` in its own
transaction. Readers compare that number (one row by key) and read again only when it grew. Intake does not
even ask: its one statement stores nothing unless the number is still the one it decided by (`cases.intake`).
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from services.feedback.copies.model import (
    CustomerCopy,
    PersonCopy,
    ProducerCopy,
    SiteCopy,
    day_or_none,
)
from services.feedback.copies.rules import Assigned, People, Person, first_of
from services.feedback.sla.calendars import Calendar
from services.feedback.sla.defaults import DEFAULT_CALENDAR, shipped_calendars
from services.feedback.sla.documents import CalendarDocument, calendar_of
from services.feedback.sla.model import CalendarVersion, PolicyCopy
from services.feedback.sla.policies import YearTargets
from services.feedback.sla.repository import all_calendars, years_of
from trade.answering import Assignment, Place
from trade.vocabulary import Role

_VERSION: Final = "select version from copies_version where id = 1"


@dataclass(frozen=True)
class Site:
    """A site as intake needs it; ``producers`` by service."""

    id: UUID
    name: str
    customer_id: UUID
    calendar: str
    producers: Mapping[str, UUID]


@dataclass(frozen=True)
class Customer:
    """An ordering customer."""

    id: UUID
    name: str
    department_id: UUID | None


@dataclass(frozen=True)
class Producer:
    """A producer; own is Serviisi itself."""

    id: UUID
    name: str
    own: bool


@dataclass(frozen=True)
class ReadModel:
    """One reading: local copies, contract years' targets by customer, calendars by name and by version."""

    version: int
    sites: Mapping[UUID, Site]
    customers: Mapping[UUID, Customer]
    producers: Mapping[UUID, Producer]
    people: People
    years: Mapping[UUID, Sequence[YearTargets]]
    calendars: Mapping[str, Calendar]
    calendar_versions: Mapping[tuple[str, int], Calendar]

    def calendar(self, name: str) -> Calendar:
        """Return a calendar by name; the office's when nobody knows the name: intake must not fail on it."""
        return self.calendars.get(name) or self.calendars[DEFAULT_CALENDAR]

    def calendar_version(self, name: str, version: int) -> Calendar:
        """Return a calendar as it was in a version; the newest when that version is unknown."""
        return self.calendar_versions.get((name, version)) or self.calendar(name)

    def place(self, site: Site, service: str) -> Place:
        """Return what a word about the service at the site is compared with."""
        customer = self.customers.get(site.customer_id)
        department = customer.department_id if customer else None
        return Place(
            site.id, site.name, site.customer_id, department, service, self.producer_of(site, service)
        )

    def producer_of(self, site: Site, service: str) -> UUID | None:
        """Return who produces the service there; Serviisi itself when nobody is named (duty of care)."""
        own = next((producer.id for producer in self.producers.values() if producer.own), None)
        return site.producers.get(service, own)

    def person(self, person_id: UUID | None) -> Person:
        """Return a person; the default desk for None and for somebody unknown."""
        if person_id is None:
            return self.people.default
        return self.people.by_id.get(person_id, self.people.default)

    def supervisor(self, place: Place, day: date) -> Assigned:
        """Return the service supervisor on the ladder's second step."""
        return first_of(
            self.people, (Role.SERVICE_SUPERVISOR, Role.MANAGEMENT, Role.ADMINISTRATOR), place, day
        )

    def account_manager(self, place: Place, day: date) -> Assigned:
        """Return the account manager named for the customer on the day, or who stands in."""
        return first_of(self.people, (Role.ACCOUNT_MANAGER, Role.MANAGEMENT, Role.ADMINISTRATOR), place, day)

    def management(self, place: Place, day: date) -> Assigned:
        """Return the management's person on the ladder's last step."""
        return first_of(self.people, (Role.MANAGEMENT, Role.ADMINISTRATOR), place, day)


class ReadModelCache:
    """Keeps one reading for the process; threads share it."""

    def __init__(self, default: Person) -> None:
        self._default = default
        self._lock = threading.Lock()
        self._known: ReadModel | None = None

    @property
    def remembered(self) -> ReadModel | None:
        """The reading at hand, which may be old; None before the first."""
        return self._known

    def current(self, session: Session) -> ReadModel:
        """Return a reading that is as new as the database."""
        # One snapshot for number and rows would need repeatable read; instead the number is read first:
        # rows that are newer than their number only cause one reading too many.
        version = _version(session)
        known = self._known
        if known is not None and known.version == version:
            return known
        with self._lock:
            if self._known is None or self._known.version != version:
                self._known = _read(session, version, self._default)
            return self._known


def _version(session: Session) -> int:
    """Return the number, which each request asks: so in words that need no making."""
    return session.connection().exec_driver_sql(_VERSION).scalar() or 0


def _read(session: Session, version: int, default: Person) -> ReadModel:
    return ReadModel(
        version=version,
        sites={
            site.id: Site(
                site.id,
                site.name,
                site.customer_id,
                site.calendar,
                {each["service"]: UUID(each["producer_id"]) for each in site.services},
            )
            for site in session.scalars(sa.select(SiteCopy))
        },
        customers={
            each.id: Customer(each.id, each.name, each.department_id)
            for each in session.scalars(sa.select(CustomerCopy))
        },
        producers={
            each.id: Producer(each.id, each.name, each.own)
            for each in session.scalars(sa.select(ProducerCopy).order_by(sa.desc("own"), sa.asc("id")))
        },
        people=People.of((_person(row) for row in session.scalars(sa.select(PersonCopy))), default),
        years={
            customer_id: years_of(session, customer_id)
            for customer_id in session.scalars(sa.select(col(PolicyCopy.customer_id)).distinct())
        },
        calendars={calendar.name: calendar for calendar in all_calendars(session)},
        calendar_versions=_calendar_versions(session),
    )


def _calendar_versions(session: Session) -> dict[tuple[str, int], Calendar]:
    found = {(each.name, each.version): each for each in shipped_calendars().values()}
    for row in session.scalars(sa.select(CalendarVersion)):
        document = cast("CalendarDocument", row.document)
        found[row.name, row.version] = calendar_of(document, name=row.name, version=row.version)
    return found


def _person(row: PersonCopy) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        title=row.title,
        phone=row.phone,
        email=row.email,
        language=row.language,
        assignments=tuple(_assignment(each) for each in row.assignments),
        absences=_absences(row.absences),
    )


def _assignment(each: Mapping[str, Any]) -> Assignment:  # Any: JSON of the feed
    stand_in = each.get("stand_in") or {}
    return Assignment(
        role=each["role"],
        department_id=_id(each.get("department_id")),
        customer_id=_id(each.get("customer_id")),
        site_id=_id(each.get("site_id")),
        producer_id=_id(each.get("producer_id")),
        service=each.get("service"),
        stand_in_id=_id(stand_in.get("person_id")),
        valid_from=day_or_none(each.get("valid_from")),
        valid_until=day_or_none(each.get("valid_until")),
    )


def _absences(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[date, date], ...]:
    return tuple((date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])) for row in rows)


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
