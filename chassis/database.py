"""One database of one service, and the one transaction of a request."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

STATEMENT_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 4_000
IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000


class Database:
    """Connections to one PostgreSQL database, each with limits on waiting and on forgotten transactions."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        options = (
            f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
            f" -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_TIMEOUT_MS} -c timezone=UTC"
        )
        self.engine: Engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=5,
            pool_pre_ping=True,
            connect_args={"options": options, "connect_timeout": 3},
        )

    @contextmanager
    def session(self) -> Generator[Session]:
        """Open a transaction: committed when the block ends, rolled back when it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def ping(self) -> None:
        """Raise when the database does not answer or is not migrated."""
        with self.engine.connect() as connection:
            connection.execute(text("select version_num from alembic_version"))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _transaction(request: Request) -> Generator[Session]:
    database: Database = request.app.state.database
    with database.session() as session:
        yield session


# scope="function": the commit happens before the answer leaves, so that a failing commit is a 500
# and never a 201 (the default scope commits after the answer was sent).
Transaction = Annotated[Session, Depends(_transaction, scope="function")]
