"""What became of the rows of a file, and finding rows that are there twice."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from services.customers.base import Base
from services.customers.imports.sheet import Row


@dataclass
class Outcome:
    """How many things were created, updated and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def count(self, session: Session, thing: Base, *, new: bool, more: bool = False) -> bool:
        """Count what became of a thing and tell whether it differs from before (``more``: in its parts)."""
        if new:
            self.created += 1
        elif more or session.is_modified(thing):
            self.updated += 1
        else:
            self.unchanged += 1
            return False
        return True


@dataclass
class Once:
    """Remembers the natural keys of a file; a second row with one is a fault."""

    rows: dict[Hashable, int] = field(default_factory=dict)

    def first(self, row: Row, key: Hashable, column: str) -> bool:
        """Tell whether this is the key's first row, and note the fault when not."""
        earlier = self.rows.setdefault(key, row.number)
        if earlier != row.number:
            row.fault(column, "repeated_row", row=earlier)
        return earlier == row.number
