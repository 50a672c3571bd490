"""Sending changes to the database: raising versions, and telling a taken name from a fault of ours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

import psycopg
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from chassis.errors import FieldError, InvalidInput

Thing = TypeVar("Thing")
_PIECE = 500


class Changing(Protocol):
    """Something that remembers when it changed last."""

    changed_at: datetime


def touch(thing: Changing, now: datetime) -> None:
    """Note the moment of a change, so that the version rises even when only parts of the thing changed."""
    thing.changed_at = now
    flag_modified(thing, "changed_at")


def store(session: Session, taken: Mapping[str, str]) -> None:
    """Flush the session; ``taken`` names the field (JSON pointer) that each unique constraint guards.

    Raises:
        InvalidInput: another row has the value already, also when both were written at the same moment.
    """
    try:
        session.flush()
    except IntegrityError as error:
        cause = error.orig
        name = cause.diag.constraint_name if isinstance(cause, psycopg.errors.UniqueViolation) else None
        if name is None or name not in taken:
            raise
        raise InvalidInput([FieldError(taken[name], "taken")]) from error


def by_hundreds(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """Return things in pieces that are few enough for one statement."""
    for start in range(0, len(things), _PIECE):
        yield things[start : start + _PIECE]
