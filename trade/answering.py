"""Who answers for a service at a site: by role, the closest assignment, and who is there. Pure.

The handler of a case, the people of its ladder and the contact for a complaint are chosen here and nowhere
else, so that the person who is named is the person who has the case.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zlib import crc32

from trade.vocabulary import STAFF_ROLES, Role

FOR_COMPLAINT: Sequence[Role] = STAFF_ROLES
"""Whose a complaint is, the first first."""
FOR_PRAISE: Sequence[Role] = (
    Role.SERVICE_SUPERVISOR,
    *(role for role in STAFF_ROLES if role is not Role.SERVICE_SUPERVISOR),
)
"""Thanks go to the team they praise: its supervisor."""


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
class Named:
    """Somebody with a role, by one assignment."""

    person_id: UUID
    name: str
    assignment: Assignment


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
class Answering:
    """Who answers, by which role, and why that person: in person, for somebody who is away, or away alone."""

    person_id: UUID
    role: str
    stand_in_id: UUID | None = None
    """Who answers when the person does not; None when the person stands in already."""
    instead_of: UUID | None = None
    away: bool = False
    """Whether everybody is away, and the person is named because a name is better than none."""


def closeness(assignment: Assignment, place: Place, day: date) -> int | None:
    """Return how closely an assignment fits the place, the higher the closer; None when it does not."""
    if not assignment.holds(day):
        return None
    if assignment.role == Role.ACCOUNT_MANAGER and assignment.customer_id is None:
        return None  # the bare role answers for no customer
    total = 0
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
            total += weight
    return total


def ranked(named: Iterable[Named], place: Place, day: date) -> list[Named]:
    """Return those whose assignment fits, the closest first; equally close ones share the sites.

    Who of the equals comes first depends on their names and the site's, not on ids: ids are new whenever a
    demo city is filled, and it is to be the same. While one is away, the others' sites stay theirs.
    """
    groups: dict[int, list[Named]] = {}
    for each in named:
        if (close := closeness(each.assignment, place, day)) is not None:
            groups.setdefault(close, []).append(each)
    found: list[Named] = []
    for close in sorted(groups, reverse=True):
        equals = sorted(groups[close], key=lambda each: (each.name, each.person_id))
        turn = crc32(place.site_name.encode()) % len(equals)
        found += equals[turn:] + equals[:turn]
    return found


def answering(
    by_role: Callable[[str], Iterable[Named]],
    roles: Sequence[str],
    place: Place,
    day: date,
    away: Callable[[UUID], bool],
) -> Answering | None:
    """Return who answers: the first who is there or has a stand-in who is; None when nobody is named.

    Somebody away with nobody to stand in is passed over while anybody else is there, for the clock runs.
    """
    first: Named | None = None
    for each in _in_order(by_role, roles, place, day):
        stand_in = each.assignment.stand_in_id
        reachable = stand_in is not None and not away(stand_in)
        if not away(each.person_id):
            return Answering(each.person_id, each.assignment.role, stand_in if reachable else None)
        if stand_in is not None and reachable:
            return Answering(stand_in, each.assignment.role, instead_of=each.person_id)
        first = first or each
    return Answering(first.person_id, first.assignment.role, away=True) if first else None


def _in_order(
    by_role: Callable[[str], Iterable[Named]], roles: Sequence[str], place: Place, day: date
) -> Iterator[Named]:
    for role in roles:
        yield from ranked(by_role(role), place, day)
