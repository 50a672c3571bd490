"""Sending changes to the database, and telling a taken name from a fault of ours."""

from collections.abc import Mapping

import psycopg
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.problems import FieldError, InvalidInput


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
