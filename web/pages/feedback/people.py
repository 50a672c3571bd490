"""Who can be given a case."""

import asyncio
from collections.abc import Sequence
from time import monotonic
from weakref import WeakKeyDictionary

from chassis.outbound import Neighbour
from web.gateway import Paged, Read, optional
from web.viewer import Viewer

HANDLING_ROLES = ("complaint_handler", "service_supervisor", "account_manager")
MOST_PEOPLE = 200
REMEMBERED = 30.0
"""Seconds: a new handler may be missing in the choice for so long, as the gateway takes with new roles."""


class Person(Read):
    """A person of the producer's staff."""

    id: str
    name: str
    title: str | None = None


# By the gateway that was asked. All of the producer's own staff may read the same people.
_known: WeakKeyDictionary[Neighbour, tuple[float, Sequence[Person]]] = WeakKeyDictionary()


async def handlers_for(viewer: Viewer) -> Sequence[Person]:
    """Return the people to whom staff can give a case, by name; nobody when the registry does not answer.

    Remembered shortly: the three lists cost as much as everything else on a page of a case.
    """
    until, people = _known.get(viewer.gateway.neighbour, (0.0, ()))
    if viewer.is_staff and monotonic() < until:
        return people
    asked = [
        optional(viewer.gateway.read(Paged[Person], "/people", {"role": role, "limit": MOST_PEOPLE}))
        for role in HANDLING_ROLES
    ]
    parts = await asyncio.gather(*asked)
    found = {person.id: person for part in parts if part.value for person in part.value.items}
    people = sorted(found.values(), key=lambda person: person.name.casefold())
    if viewer.is_staff and all(part.present for part in parts):
        _known[viewer.gateway.neighbour] = monotonic() + REMEMBERED, people
    return people
