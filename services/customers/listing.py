"""The order of lists by name, the same for every table that has a ``sort_name``."""

from chassis.keyset import Key
from chassis.tables import Versioned


def by_name(table: type[Versioned]) -> list[Key]:
    """Return the keys of a list in Finnish alphabetical order."""
    columns = table.__table__.c
    return [(columns.sort_name, "asc"), (columns.id, "asc")]
