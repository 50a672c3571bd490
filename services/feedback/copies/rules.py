"""The people of the producer's side in memory, and who of them answers for a word: never nobody. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from trade.answering import FOR_COMPLAINT, FOR_PRAISE, Assignment, Named, Place, answering


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
    by_role: dict[str, list[Named]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Person], default: Person) -> "People":
        """Sort people by role."""
        by_id = {person.id: person for person in people if person.id is not None}
        by_role: dict[str, list[Named]] = {}
        for person_id, person in by_id.items():
            for assignment in person.assignments:
                by_role.setdefault(assignment.role, []).append(Named(person_id, person.name, assignment))
        return cls(by_id, default, by_role)

    def named(self, role: str) -> Iterable[Named]:
        """Return everybody with a role, an entry an assignment."""
        return self.by_role.get(role, ())

    def away(self, person_id: UUID, day: date) -> bool:
        """Tell whether a person is absent on the day; somebody unknown is never there."""
        person = self.by_id.get(person_id)
        return person is None or person.away(day)


def first_of(people: People, roles: Sequence[str], place: Place, day: date) -> Assigned:
    """Return who answers of the roles; the default desk when no role has anybody: nothing is unassigned."""
    found = answering(people.named, roles, place, day, lambda person_id: people.away(person_id, day))
    if found is None:
        return Assigned(people.default, roles[0])
    return Assigned(
        people.by_id[found.person_id],
        found.role,
        people.by_id[found.stand_in_id] if found.stand_in_id else None,
        people.by_id[found.instead_of] if found.instead_of else None,
    )


def handler(people: People, place: Place, day: date, *, praise: bool) -> Assigned:
    """Return who handles a word."""
    return first_of(people, FOR_PRAISE if praise else FOR_COMPLAINT, place, day)
