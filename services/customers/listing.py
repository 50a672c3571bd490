"""What every table with a name shares: the order of its lists, and one thing of those that somebody sees."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from chassis.errors import NotFound
from chassis.keyset import Key
from chassis.tables import Versioned

Thing = TypeVar("Thing", bound=Versioned)


def by_name(table: type[Versioned]) -> list[Key]:
    """Return the keys of a list in Finnish alphabetical order."""
    columns = table.__table__.c
    return [(columns.sort_name, "asc"), (columns.id, "asc")]


def one_of(session: Session, seen: Select[Thing], thing_id: UUID) -> Thing:
    """Return one of the things that are seen.

    Raises:
        NotFound: there is none, or it is not among them.
    """
    found = session.scalars(seen.where(seen.selected_columns.id == thing_id)).one_or_none()
    if found is None:
        raise NotFound
    return found
