"""What is sent to a database, for tests that count it."""

from collections.abc import Generator
from contextlib import contextmanager

import sqlalchemy as sa

from chassis.database import Database


@contextmanager
def statements(database: Database) -> Generator[list[str]]:
    """Yield the list into which every statement of the block is written."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
