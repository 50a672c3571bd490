"""What a search reads of the gateway's answers."""

from datetime import date

from web.gateway import Composed, Read

PATHS = {
    "customer": "/customers/",
    "site": "/sites/",
    "person": "/people/",
    "contract": "/contracts/",
    "milestone": "/milestones/",
    "case": "/cases/",
}
"""Where each kind of thing that is found lives; what is of no kind known here cannot be shown."""


class Hit(Read):
    """Something that matches a search."""

    kind: str
    id: str
    title: str
    subtitle: str | None = None
    exact: bool = False
    state: str | None = None
    day: date | None = None

    @property
    def path(self) -> str:
        """Return where it is shown."""
        return PATHS[self.kind] + self.id


class Hits(Composed):
    """What was found, best first."""

    items: tuple[Hit, ...] = ()
    more: bool = False

    @property
    def shown(self) -> list[Hit]:
        """Return what can be shown."""
        return [hit for hit in self.items if hit.kind in PATHS]

    @property
    def the_one(self) -> Hit | None:
        """Return what was asked by its own reference or number, if that is of one thing only."""
        exact = [hit for hit in self.shown if hit.exact]
        return exact[0] if len(exact) == 1 else None
