"""The floor: a word stored by hand. Three inserts in one durable transaction, behind a bare FastAPI endpoint.

`python -m bench.floor PORT` serves it (database in BENCH_DATABASE_URL, a clone of the feedback service's, so
tables and indexes are the same). `POST /threaded` is a `def` endpoint with a psycopg pool, `POST /unthreaded`
an `async def` one. `pgbench_script` is the same three inserts without Python.
"""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from fastapi import FastAPI
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from pydantic import BaseModel
from uuid_utils.compat import uuid7

from kumppani.serving import serve, take_port

CONNECTIONS = 8
TABLES = ("feedback_case", "case_event", "event")
_GENERATED = {"open", "sequence", "transaction_id", "time"}
Row = dict[str, Any]  # Any: columns' values


class Word(BaseModel):
    """The body, as the service's own intake gets it."""

    site_id: UUID
    kind: str
    service: str
    severity: str
    subject: str
    description: str
    channel: str


class Patterns:
    """One stored case with its first entry and its event: the new ones differ in what is told and when."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:  # Any: rows of any shape
        self.rows: list[Row] = []
        self.statements: list[bytes] = []
        with connection.cursor(row_factory=dict_row) as cursor:
            for table, chosen in zip(TABLES, ("true", "number = 1", "type like '%reported'"), strict=True):
                cursor.execute(f"select * from {table} where {chosen} limit 1".encode())
                row = cursor.fetchone()
                if row is None:
                    raise ValueError(f"{table} is empty")
                kept = {name: value for name, value in row.items() if name not in _GENERATED}
                names = sql.SQL(", ").join(map(sql.Identifier, kept))
                values = sql.SQL(", ").join(map(sql.Placeholder, kept))
                insert = sql.SQL("insert into {} ({}) values ({})").format(
                    sql.Identifier(table), names, values
                )
                self.rows.append({n: Jsonb(v) if isinstance(v, dict) else v for n, v in kept.items()})
                self.statements.append(insert.as_bytes(connection))

    def rows_for(self, word: Word) -> tuple[UUID, list[tuple[bytes, Row]]]:
        """Return a new case's id, and the three inserts with their values."""
        case_id, now = uuid7(), datetime.now(UTC)
        told = word.model_dump()
        case = self.rows[0] | told | {"id": case_id, "reference": case_id.hex[-20:], "received_at": now}
        entry = self.rows[1] | {"case_id": case_id, "at": now, "logged_at": now}
        event = self.rows[2] | {"id": uuid7(), "subject": str(case_id)}
        return case_id, list(zip(self.statements, (case, entry, event), strict=True))


def create_app(url: str) -> FastAPI:
    """Return the bare app."""
    with psycopg.connect(url) as connection:
        patterns = Patterns(connection)
    threaded_pool = ConnectionPool(url, min_size=CONNECTIONS, max_size=CONNECTIONS, open=False)
    unthreaded_pool = AsyncConnectionPool(url, min_size=CONNECTIONS, max_size=CONNECTIONS, open=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        with threaded_pool:
            async with unthreaded_pool:
                yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/health/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/threaded", status_code=201)
    def threaded(word: Word) -> dict[str, str]:
        case_id, inserts = patterns.rows_for(word)
        with threaded_pool.connection() as connection:
            for statement, row in inserts:
                connection.execute(statement, row)
        return {"id": str(case_id)}

    @app.post("/unthreaded", status_code=201)
    async def unthreaded(word: Word) -> dict[str, str]:
        case_id, inserts = patterns.rows_for(word)
        async with unthreaded_pool.connection() as connection:
            for statement, row in inserts:
                await connection.execute(statement, row)
        return {"id": str(case_id)}

    return app


def pgbench_script(url: str) -> str:
    """Return the three inserts for pgbench; but for ids their values stand in them."""
    with psycopg.connect(url) as connection:
        rows = zip(TABLES, Patterns(connection).rows, strict=True)
        written = [_insert(connection, table, row) for table, row in rows]
    return "\n".join(["\\set a random(1, 9000000000000000)", "begin;", *written, "commit;", ""])


def _insert(connection: psycopg.Connection[Any], table: str, row: Mapping[str, Any]) -> str:  # Any: as above
    own = "md5(:a::text || :client_id)"
    new = {"reference": f"right({own}, 20)", "subject": own}
    new |= {"id": f"{own}::uuid"} if table != "case_event" else {"case_id": f"{own}::uuid"}
    names, values = [], []
    for name, value in row.items():
        names.append(name)
        literal = sql.Literal(value).as_string(connection)
        values.append(new.get(name, literal))
    return f"insert into {table} ({', '.join(names)}) values ({', '.join(values)});".replace("\n", " ")


def main() -> None:
    """Serve the app as Kumppani serves its parts."""
    app = create_app(os.environ["BENCH_DATABASE_URL"])

    @asynccontextmanager
    async def running(_: asyncio.Event) -> AsyncGenerator[None]:
        async with app.router.lifespan_context(app):
            yield

    with take_port("127.0.0.1", int(sys.argv[1])) as listening:
        asyncio.run(serve(app, listening, running=running, announce=lambda: None))


if __name__ == "__main__":
    main()
