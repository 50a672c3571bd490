"""Reading a page by key: page ten thousand costs what page one costs (never OFFSET)."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from chassis.errors import FieldError, InvalidInput

Direction = Literal["asc", "desc"]
Key = tuple[ColumnElement[Any], Direction]  # Any: columns of any type order a list


def page(
    session: Session,
    statement: sa.Select[Any],  # Any: rows of any shape are paged
    *,
    keys: Sequence[Key],
    limit: int,
    cursor: str | None,
) -> tuple[list[Any], str | None]:
    """Return up to ``limit`` rows after the cursor and the next cursor.

    ``keys`` order the list; together they are unique and not null (wrap nullable ones in coalesce).
    The statement selects one entity or several columns; the keys are added to it and cut off again.

    Raises:
        InvalidInput: the cursor is not one of ours.
    """
    if cursor:
        statement = statement.where(_after(keys, _decode(cursor, [column for column, _ in keys])))
    return read(session, ordered(statement, keys=keys, limit=limit), keys=keys, limit=limit)


def ordered(statement: sa.Select[Any], *, keys: Sequence[Key], limit: int) -> sa.Select[Any]:  # Any: as above
    """Return the statement of a page, for `read`; that of a first page may be kept and asked again."""
    by = [column.asc() if direction == "asc" else column.desc() for column, direction in keys]
    return statement.add_columns(*(column for column, _ in keys)).order_by(*by).limit(limit + 1)


def read(
    session: Session,
    statement: sa.Select[Any],  # Any: as above
    *,
    keys: Sequence[Key],
    limit: int,
    values: Mapping[str, object] | None = None,
) -> tuple[list[Any], str | None]:
    """Return the rows of an `ordered` statement, asked with values for its places, and the next cursor."""
    rows = session.execute(statement, values).all()
    width = len(keys)
    following = _encode(rows[limit - 1][-width:]) if len(rows) > limit else None
    bare = [row[:-width] for row in rows[:limit]]
    return [row[0] if len(row) == 1 else row for row in bare], following


def _after(keys: Sequence[Key], values: Sequence[object]) -> ColumnElement[bool]:
    if len({direction for _, direction in keys}) == 1:  # a row comparison uses the index in one step
        left = sa.tuple_(*(column for column, _ in keys))
        right = sa.tuple_(
            *(sa.literal(value, column.type) for (column, _), value in zip(keys, values, strict=True))
        )
        return left > right if keys[0][1] == "asc" else left < right
    steps: list[ColumnElement[bool]] = []
    for index, (column, direction) in enumerate(keys):
        equal = [keys[before][0] == values[before] for before in range(index)]
        steps.append(
            sa.and_(*equal, column > values[index] if direction == "asc" else column < values[index])
        )
    return sa.or_(*steps)


def _encode(values: Sequence[object]) -> str:
    plain = [_plain(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def _decode(cursor: str, columns: Sequence[ColumnElement[Any]]) -> list[object]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(plain, list):
            raise ValueError
        return [_restore(value, column.type) for value, column in zip(plain, columns, strict=True)]
    except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise InvalidInput([FieldError("#/query/cursor", "cursor")]) from error


def _restore(value: object, kind: sa.types.TypeEngine[Any]) -> object:
    # SQLModel's own instant type decorates a plain one and names no Python type itself.
    wanted = (kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind).python_type
    if wanted is datetime:
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC)
    if wanted is date:
        return date.fromisoformat(str(value))
    if wanted in (UUID, Decimal):
        return wanted(str(value))
    if type(value) is not wanted:  # not isinstance: true would pass for a number
        raise ValueError
    if isinstance(value, str) and b"\x00" in value.encode():  # a lone surrogate cannot be encoded: ValueError
        raise ValueError
    if isinstance(value, int) and not -(2**31) <= value < 2**31:
        raise ValueError
    return value
