"""What a person is named for, told once for all the places that share it: today, later, and before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from web.pages.registry.reads import Absence, Assignment, Person, StandIn

Standing = Literal["today", "coming", "past"]
STANDINGS: Final[tuple[Standing, ...]] = ("today", "coming", "past")


@dataclass(frozen=True)
class Held:
    """A role that somebody has from a day until a day, at one or several places."""

    role: str
    service: str | None
    starts: date | None
    ends: date | None
    stand_in: StandIn | None
    paths: tuple[str, ...]


def standing(starts: date | None, ends: date | None, today: date) -> Standing:
    """Return how days, both included and either of them open, lie to a day."""
    if starts and starts > today:
        return "coming"
    return "past" if ends and ends < today else "today"


def roles_of(assignments: Iterable[Assignment], today: date) -> dict[Standing, list[Held]]:
    """Return the roles by how they stand today, each with all its places, the latest first."""
    places: dict[tuple[str, str | None, date | None, date | None, StandIn | None], list[str]] = {}
    for each in assignments:
        shared = (each.role, each.service, each.valid_from, each.valid_until, each.stand_in)
        places.setdefault(shared, []).extend([each.path] if each.path else [])
    held = [Held(*shared, tuple(dict.fromkeys(paths))) for shared, paths in places.items()]
    held.sort(key=lambda each: each.starts or date.min, reverse=True)
    return {
        name: [each for each in held if standing(each.starts, each.ends, today) == name] for name in STANDINGS
    }


def absences_ahead(person: Person, today: date) -> list[Absence]:
    """Return the days on which the person is or will be away, the next first."""
    ahead = [each for each in person.absences if each.last_day >= today]
    return sorted(ahead, key=lambda each: each.first_day)
