"""Who handles a word: by site × service × producer, with stand-ins, and never nobody. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zlib import crc32

COMPLAINT_HANDLER = "complaint_handler"
SERVICE_SUPERVISOR = "service_supervisor"
ACCOUNT_MANAGER = "account_manager"
MANAGEMENT = "management"
ADMINISTRATOR = "administrator"
STAFF_ROLES = (COMPLAINT_HANDLER, SERVICE_SUPERVISOR, ACCOUNT_MANAGER, MANAGEMENT, ADMINISTRATOR)
"""Roles of the producer's own staff, the closest to a complaint first."""


@dataclass(frozen=True)
class Assignment:
    """A role of a person within limits; a limit that is None holds for all."""

    role: str
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    producer_id: UUID | None = None
    service: str | None = None
    stand_in_id: UUID | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the day is one of the assignment's, its first and last included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class Person:
    """A person of the producer's side; ``id`` None is the default desk of the settings."""

    id: UUID | None
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    language: str = "fi"
    assignments: tuple[Assignment, ...] = ()
    absences: tuple[tuple[date, date], ...] = ()

    def away(self, day: date) -> bool:
        """Tell whether the person is absent on the day."""
        return any(first <= day <= last for first, last in self.absences)


@dataclass(frozen=True)
class Place:
    """What a word is about: the limits of assignments are compared with it."""

    site_id: UUID
    site_name: str
    customer_id: UUID
    department_id: UUID | None
    service: str
    producer_id: UUID | None


@dataclass(frozen=True)
class Assigned:
    """The chosen person, the role that chose it, its stand-in, and for whom it stands in itself."""

    person: Person
    role: str
    stand_in: Person | None = None
    instead_of: Person | None = None


@dataclass(frozen=True)
class People:
    """Everybody with a role, by id."""

    by_id: dict[UUID, Person]
    default: Person
    by_role: dict[str, list[Person]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Person], default: Person) -> "People":
        """Sort people by role; the order is by name, so that every process and every city chooses alike."""
        by_id = {person.id: person for person in people if person.id is not None}
        by_role: dict[str, list[Person]] = {}
        for _, person in sorted(by_id.items(), key=lambda known: (known[1].name, known[0])):
            for role in sorted({assignment.role for assignment in person.assignments}):
                by_role.setdefault(role, []).append(person)
        return cls(by_id, default, by_role)


def fit(assignment: Assignment, place: Place, day: date) -> int | None:
    """Return how closely an assignment fits the place, the higher the closer; None when it does not."""
    if not assignment.holds(day):
        return None
    closeness = 0
    limits = (
        (assignment.site_id, place.site_id, 16),
        (assignment.producer_id, place.producer_id, 8),
        (assignment.service, place.service, 4),
        (assignment.customer_id, place.customer_id, 2),
        (assignment.department_id, place.department_id, 1),
    )
    for limit, here, weight in limits:
        if limit is not None:
            if limit != here:
                return None
            closeness += weight
    return closeness


def choose(people: People, role: str, place: Place, day: date) -> Assigned | None:
    """Return the closest person with the role; equally close ones share the sites among themselves.

    Somebody away yields to the named stand-in; a person with nobody to stand in stays, for a name is
    better than none.
    """
    best: list[tuple[Person, Assignment]] = []
    closest = -1
    for person in people.by_role.get(role, ()):
        for assignment in person.assignments:
            closeness = fit(assignment, place, day) if assignment.role == role else None
            if closeness is None or closeness < closest:
                continue
            if closeness > closest:
                closest, best = closeness, []
            best.append((person, assignment))
    present = [each for each in best if not each[0].away(day)] or best
    if not present:
        return None
    # By the site's name, not its id: ids are new whenever a demo city is filled, and it is to be the same.
    person, assignment = present[crc32(place.site_name.encode()) % len(present)]
    stand_in = people.by_id.get(assignment.stand_in_id) if assignment.stand_in_id else None
    if person.away(day) and stand_in is not None and not stand_in.away(day):
        return Assigned(stand_in, role, None, person)
    return Assigned(person, role, stand_in)


def first_of(people: People, roles: Sequence[str], place: Place, day: date) -> Assigned:
    """Return the first role's person; the default desk when no role has anybody: nothing is unassigned."""
    for role in roles:
        if assigned := choose(people, role, place, day):
            return assigned
    return Assigned(people.default, roles[0])


def handler(people: People, place: Place, day: date, *, praise: bool) -> Assigned:
    """Return who handles a word. Thanks go to the team they praise: its supervisor."""
    order = (COMPLAINT_HANDLER, SERVICE_SUPERVISOR, MANAGEMENT, ADMINISTRATOR)
    if praise:
        order = (SERVICE_SUPERVISOR, COMPLAINT_HANDLER, MANAGEMENT, ADMINISTRATOR)
    return first_of(people, order, place, day)
