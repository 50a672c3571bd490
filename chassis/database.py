"""One database of one service: its connections, who may use them at once, and work in one transaction."""

import select
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Annotated, TypeVar

import anyio.to_thread
import psycopg
from anyio import CapacityLimiter
from fastapi import Depends, Request
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

from chassis.admission import PATIENCE, Gate, HungUp, Rank

STATEMENT_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 4_000
IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
MOST_KEPT_BACK = 4
"""Connections that requests leave to the jobs and listeners which share the pool in one process."""
Result = TypeVar("Result")


class Database:
    """Connections to one PostgreSQL database, each with limits on waiting and on forgotten transactions.

    Requests come to them through ``gate``, which has fewer places than there are connections and as many
    threads as places: whoever is inside finds both at once, whoever is not waits without either.
    """

    def __init__(self, url: str, *, pool_size: int = 10, patience: float = PATIENCE) -> None:
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
            # The one that rested least is taken: the others stay closed or unused. Each that works holds some
            # 3 MB at the server, for what it has read of the schema and the statements it has prepared.
            pool_use_lifo=True,
            hide_parameters=True,  # they are people's words and addresses, and errors are logged
            connect_args={"options": options, "connect_timeout": 3},
        )
        event.listen(self.engine, "checkout", self._look)
        self.gate = Gate(max(1, pool_size - min(MOST_KEPT_BACK, pool_size // 2)), patience=patience)
        self._threads = CapacityLimiter(self.gate.places)

    @contextmanager
    def session(self) -> Generator[Session]:
        """Open a transaction: committed when the block ends, rolled back when it raises."""
        with self.new_session() as session, session.begin():
            yield session

    def new_session(self) -> Session:
        """Return a session that has no connection and no transaction before it is used."""
        return Session(self.engine, expire_on_commit=False)

    async def run(
        self, work: Callable[[], Result], rank: Rank = Rank.PERSON, hung_up: HungUp | None = None
    ) -> Result:
        """Run what uses one connection in one thread, once there is a place; it is never abandoned half-way.

        Raises:
            Busy: it cannot begin in time.
            CallerLeft: ``hung_up`` returned before it began.
        """
        async with self.gate.entered(rank, hung_up):
            return await anyio.to_thread.run_sync(work, limiter=self._threads)

    def _look(self, connection: DBAPIConnection, _record: object, _proxy: object) -> None:
        """Have a connection replaced that ended while it rested.

        Then the server's last words or the end of the stream wait to be read; where nothing waits, asking it
        would only cost a round trip of each request. Other news than the end does no harm.
        """
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        if not waiting.poll(0):
            return
        try:
            self.engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError from error

    async def ping(self) -> None:
        """Raise when the database does not answer or is not migrated.

        It asks on a connection of its own, so that a busy service is not taken for a dead one.
        """
        url = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=3) as own:
            await own.execute("select version_num from alembic_version")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


async def transaction(request: Request) -> Session:
    """Return the request's session; nothing is asked of the database before the endpoint runs."""
    database: Database = request.app.state.database
    session = database.new_session()
    request.state.session = session
    return session


Transaction = Annotated[Session, Depends(transaction)]
"""The one transaction of a request to a `ServiceRoute`: committed before the answer leaves."""
