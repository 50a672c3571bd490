"""Who can be given a case."""

import asyncio
from collections.abc import Sequence

from web.gateway import Paged, Read, optional
from web.viewer import Viewer

HANDLING_ROLES = ("complaint_handler", "service_supervisor", "account_manager")
MOST_PEOPLE = 200


class Person(Read):
    """A person of the producer's staff."""

    id: str
    name: str
    title: str | None = None


async def handlers_for(viewer: Viewer) -> Sequence[Person]:
    """Return the people to whom a case can be given, by name; nobody when the registry does not answer."""
    asked = [
        optional(viewer.gateway.read(Paged[Person], "/people", {"role": role, "limit": MOST_PEOPLE}))
        for role in HANDLING_ROLES
    ]
    found = {
        person.id: person
        for part in await asyncio.gather(*asked)
        if part.value
        for person in part.value.items
    }
    return sorted(found.values(), key=lambda person: person.name.casefold())
