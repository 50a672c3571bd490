"""Who can be given a case."""

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

    Remembered shortly: the list costs as much as everything else on a page of a case.
    """
    until, people = _known.get(viewer.gateway.neighbour, (0.0, ()))
    if viewer.is_staff and monotonic() < until:
        return people
    query = {"role": HANDLING_ROLES, "limit": MOST_PEOPLE}
    found = await optional(viewer.gateway.read(Paged[Person], "/people", query))
    people = sorted(found.value.items if found.value else (), key=lambda person: person.name.casefold())
    if viewer.is_staff and found.present:
        _known[viewer.gateway.neighbour] = monotonic() + REMEMBERED, people
    return people
