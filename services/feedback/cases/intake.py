"""Receiving a word: the hot path, one statement in one round trip.

A burst of reports after a bad lunch must not queue up behind the object mapper or behind threads, which both
cost more than the database does. So this one path is asynchronous, on a few connections of its own in
autocommit, and the case, its first log entries, its event (what tells about people apart) and the answer kept
under its Idempotency-Key are stored by one statement of data-modifying CTEs: they see one snapshot and commit
together, before the answer.

- *known* is the version of the copies now; the rest happens only if it is the version by which site,
  handler, contract targets and calendar were looked up in this process's memory. So memory needs no
  refreshing on a clock, and a stale one is noticed before anything is stored: read again, try again.
- *drawn* takes the year's next number. Numbers may have gaps, so nobody waits for a counter.
- *claimed* writes key and answer; when the key is there already, nothing else happens and the kept answer
  is replayed. Two requests with one key meet at the unique index: the second waits for the first's commit.

The answer's text is ready before the number is drawn: it holds a token (the case's random id) in the
number's place, which the statement replaces. No person can have typed that token, since it is made here.
Readers of the feed are woken beside the statement, some times a second at most: a NOTIFY inside would make
every commit wait for the one before (PostgreSQL sends them in order), and cost as much as the inserts do. One
that is lost in a crash delays the feed by a second, since waiting readers also look by themselves.

Intake reads local copies only: the customers and contracts services may be down. Its connections serve nobody
else, so a word never queues up behind people's reads; `IntakeStore.gate` lets in as many words as there are
connections, and when it needs the service's own (copies changed, a key came before) it goes first there.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from uuid import UUID

import psycopg
import psycopg_pool
import structlog
from fastapi import Response
from pydantic_core import to_json
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from chassis.admission import Gate, HungUp, Rank
from chassis.database import LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, Database
from chassis.errors import Unavailable
from chassis.events import CHANNEL
from chassis.idempotency import IdempotencyKey, replay
from chassis.languages import Language
from chassis.preconditions import etag
from chassis.tables import new_id
from chassis.telemetry import trace_parent
from services.feedback import events
from services.feedback.cases import rules
from services.feedback.cases.decide import Arrival, decide
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.views import CaseViews
from services.feedback.cases.vocabulary import What
from services.feedback.read_model import ReadModel, ReadModelCache

log = structlog.get_logger()
CONNECTIONS = 8
"""Words that are stored at once; the feed's notifications have one more connection."""
_TRIES = 5
_RING_REST = 0.1
_RING = f"select pg_notify('{CHANNEL}', '')".encode()
_CASE_COLUMNS = tuple(name for name in Case.model_fields if name not in ("open", "reference"))
_ENTRY_COLUMNS = tuple(CaseEntry.model_fields)
# The case travels as one JSON value: a statement with fifty parameters costs the driver more than this.
_STATEMENT = f"""
with known as (
    select version from copies_version where id = 1
), drawn as (
    select %(prefix)s::text || lpad(number::text, greatest(6, length(number::text)), '0') as reference
    from (
        select next_case_number(%(year)s::int) as number
        from known where version = %(version_seen)s::bigint
    ) as numbers
), claimed as (
    {{claim}}
), reported as (
    insert into feedback_case (reference, {", ".join(_CASE_COLUMNS)})
    select drawn.reference, {", ".join(f"arrived.{name}" for name in _CASE_COLUMNS)}
    from drawn, claimed, jsonb_populate_record(null::feedback_case, %(case)s::jsonb) as arrived
), logged as (
    insert into case_event ({", ".join(_ENTRY_COLUMNS)})
    select {", ".join(f"entry.{name}" for name in _ENTRY_COLUMNS)}
    from claimed, jsonb_populate_recordset(null::case_event, %(entries)s::jsonb) as entry
), published as (
    insert into event (id, type, subject, trace_parent, data)
    select %(event_id)s::uuid, '{events.REPORTED.name}', %(event_subject)s, %(trace)s::text,
        replace(%(event_data)s::text, %(token)s::text, reference)::jsonb
    from drawn, claimed
), told as (
    insert into event_personal (event_id, subject, data)
    select %(event_id)s::uuid, %(event_subject)s, %(event_personal)s::jsonb from claimed
)
select known.version, (select reference from drawn) as reference, (select mine from claimed) as mine
from known
"""  # noqa: S608 - built from the column names of our own table
_CLAIM = """
    insert into idempotency_key (subject, key, fingerprint, status, body, etag)
    select %(key_subject)s, %(key)s, %(fingerprint)s, 201,
        replace(%(answer)s::text, %(token)s::text, reference), %(etag)s
    from drawn on conflict do nothing returning true as mine
"""
_WITH_KEY = _STATEMENT.format(claim=_CLAIM).encode()
_WITHOUT_KEY = _STATEMENT.format(claim="select true as mine from drawn").encode()


class IntakeStore:
    """Takes words in."""

    def __init__(self, database: Database, read_models: ReadModelCache) -> None:
        self._database = database
        self._read_models = read_models
        self.gate = Gate(CONNECTIONS)
        url = make_url(database.url).set(drivername="postgresql")
        limits = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
        self._pool = psycopg_pool.AsyncConnectionPool(
            url.render_as_string(hide_password=False),
            min_size=1,
            max_size=CONNECTIONS + 1,
            timeout=5,
            kwargs={"autocommit": True, "options": f"{limits} -c timezone=UTC", "connect_timeout": 3},
            open=False,
        )
        self._news = asyncio.Event()

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[None]:
        """Hold the connections while the block runs."""
        await self._pool.open(wait=False)
        ringing = asyncio.create_task(self._ring())
        try:
            yield
        finally:
            ringing.cancel()
            with suppress(asyncio.CancelledError):
                await ringing
            await self._pool.close()

    async def _ring(self) -> None:
        """Wake the feed's readers after news, at once and then with a rest between."""
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                async with self._pool.connection() as connection:
                    await connection.execute(_RING)
            except (psycopg.Error, psycopg_pool.PoolTimeout) as error:
                log.info("intake.not_rung", error=str(error))
            await asyncio.sleep(_RING_REST)

    async def prepare(self) -> None:
        """Read what decisions lean on before the first word comes; a missing database is no hindrance."""
        with suppress(SQLAlchemyError):
            await self._database.run(self._read_again, Rank.WORD)

    async def knowledge_of(self, site_id: UUID) -> ReadModel:
        """Return the reading at hand, or a new one when it does not know the site."""
        read_model = self._read_models.remembered
        if read_model is None or site_id not in read_model.sites:
            return await self._database.run(self._read_again, Rank.WORD)
        return read_model

    async def report(
        self, arrival: Arrival, key: IdempotencyKey, language: Language, hung_up: HungUp | None = None
    ) -> Response:
        """Store a word once and answer 201 with the case; a retried key gets the first answer again.

        A word whose reporter hangs up before its turn is not stored.

        Raises:
            NotFound: the site is unknown here, or not the actor's to know.
            Forbidden: the actor reads cases but brings none.
            InvalidInput: the times make no sense, or the site does not have the service.
            KeyReused: the key came before with another body.
            Busy: there are more words than can be stored in time; this one is not.
            Unavailable: the database does not answer; whether a word without a key was stored is not known.
        """
        async with self.gate.entered(Rank.WORD, hung_up):
            return await self._report(arrival, key, language)

    async def _report(self, arrival: Arrival, key: IdempotencyKey, language: Language) -> Response:
        read_model = await self.knowledge_of(arrival.intake.site_id)
        for _ in range(_TRIES):
            case, log = decide(read_model, arrival)
            reader = CaseViews.knowing(read_model, arrival.actor, arrival.now, language)
            answer = reader.detail(case, log).model_dump_json()
            try:
                version, reference, mine = await self._store(read_model, key, case, log, answer)
            except (psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
                # With a key it is safe to ask again: if the lost answer was a yes, it is replayed.
                if key.key is None or isinstance(error, psycopg_pool.PoolTimeout):
                    raise Unavailable(part="feedback") from error
                continue
            if mine and reference is not None:
                self._news.set()
                body = answer.replace(case.reference, reference)
                headers = {"ETag": etag(case.version), **key.location(case.id)}
                return Response(body, 201, headers, "application/json")
            if reference is not None:
                kept = await self._database.run(partial(self._replay, key), Rank.WORD)
                if kept is not None:
                    return kept
            elif version is None:
                break
            read_model = await self._database.run(self._read_again, Rank.WORD)
        raise Unavailable(part="feedback")

    def _read_again(self) -> ReadModel:
        with self._database.session() as session:
            return self._read_models.current(session)

    def _replay(self, key: IdempotencyKey) -> Response | None:
        with self._database.session() as session:
            return replay(session, key)

    async def _store(
        self, read_model: ReadModel, key: IdempotencyKey, case: Case, log: list[CaseEntry], answer: str
    ) -> tuple[int | None, str | None, bool | None]:
        """Run the statement; return the copies' version, the number drawn, and whether the word is stored."""
        data = events.data_of(
            case,
            read_model,
            what=What.RECEIVED,
            at=case.received_at,
            by_id=log[0].by_id,
            by_name=log[0].by_name,
        )
        plain, personal = events.REPORTED.parts(data)
        year = rules.year_of(case.logged_at)
        values = {
            "case": _json(_columns(case, _CASE_COLUMNS)),
            "entries": _json([_columns(entry, _ENTRY_COLUMNS) for entry in log]),
            "prefix": f"P-{year}-",
            "year": year,
            "version_seen": read_model.version,
            "token": case.reference,
            "event_id": new_id(),
            "event_subject": str(case.id),
            "trace": trace_parent(),
            "event_data": plain,
            "event_personal": personal,
            "key_subject": key.subject,
            "key": key.key,
            "fingerprint": key.fingerprint,
            "answer": answer,
            "etag": etag(case.version),
        }
        statement = _WITH_KEY if key.key is not None else _WITHOUT_KEY
        async with self._pool.connection() as connection:
            row = await (await connection.execute(statement, values)).fetchone()
        return (row[0], row[1], row[2]) if row else (None, None, None)


def _columns(row: Case | CaseEntry, names: Sequence[str]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _json(value: object) -> str:
    """Return JSON that PostgreSQL reads into its own types: ids and instants as text."""
    return to_json(value).decode()
