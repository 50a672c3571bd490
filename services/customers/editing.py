"""Who edits: what a use case that adds or changes something is told beside what is to be."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.preconditions import check
from chassis.tables import Versioned
from services.customers.access import Right, demand


@dataclass(frozen=True)
class Editor:
    """Who adds or changes something, when, and the version that was read of what is there."""

    session: Session
    actor: Actor
    now: datetime
    version: int | None = None

    def demand(self, right: Right, thing: Versioned) -> None:
        """Refuse whoever may not change a thing that is seen, or has not read it as it is now.

        Raises:
            Forbidden, Stale: as their names say.
        """
        demand(self.actor, right)
        check(thing.version, self.version)
