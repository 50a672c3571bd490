"""Receiving a word: the hot path, one statement in one round trip.

A burst of reports after a bad lunch must not queue up behind the object mapper or behind threads, which both
cost more than the database does. So this one path is asynchronous, on a few connections of its own in
autocommit, and the case, its first log entries, its event and the answer kept under its Idempotency-Key are
stored by one statement of data-modifying CTEs: they see one snapshot and commit together, before the answer.

- *known* is the version of the copies now; the rest happens only if it is the version by which site,
  handler, contract targets and calendar were looked up in this process's memory. So memory needs no
  refreshing on a clock, and a stale one is noticed before anything is stored: read again, try again.
- *drawn* takes the year's next number. Numbers may have gaps, so nobody waits for a counter.
- *claimed* writes key and answer; when the key is there already, nothing else happens and the kept answer
  is replayed. Two requests with one key meet at the unique index: the second waits for the first's commit.

The answer's text is ready before the number is drawn: it holds a token (the case's random id) in the
number's place, which the statement replaces. No person can have typed that token, since it is made here.
Intake reads local copies only: the customers and contracts services may be down.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import psycopg_pool
from fastapi import Response
from sqlalchemy.engine import make_url

from chassis.actors import Actor
from chassis.database import LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, Database
from chassis.events import CHANNEL
from chassis.idempotency import IdempotencyKey, replay
from chassis.languages import Language
from chassis.preconditions import etag
from chassis.problems import FieldError, InvalidInput, Unavailable
from chassis.tables import new_id
from chassis.telemetry import trace_parent
from services.feedback import access, events
from services.feedback.cases import rules
from services.feedback.cases.clock import clocks_of, project
from services.feedback.cases.kinds import Kind, State, What
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.promise import promise_for
from services.feedback.cases.schemas import Intake
from services.feedback.cases.views import Reader
from services.feedback.copies.rules import handler
from services.feedback.knowledge import Directory, Knowledge, Site

CONNECTIONS = 8
_TRIES = 5
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
    select %(event_id)s::uuid, '{events.PREFIX}reported', %(event_subject)s, %(trace)s::text,
        replace(%(event_data)s::text, %(token)s::text, reference)::jsonb
    from drawn, claimed
)
select known.version, (select reference from drawn) as reference, (select mine from claimed) as mine,
    pg_notify('{CHANNEL}', '')
from known
"""  # noqa: S608 - built from the column names of our own table
_CLAIM = """
    insert into idempotency_key (subject, key, fingerprint, status, body, etag)
    select %(key_subject)s, %(key)s, %(fingerprint)s, 201,
        replace(%(answer)s::text, %(token)s::text, reference), %(etag)s
    from drawn on conflict do nothing returning true as mine
"""
_WITH_KEY = _STATEMENT.format(claim=_CLAIM)
_WITHOUT_KEY = _STATEMENT.format(claim="select true as mine from drawn")


@dataclass(frozen=True)
class Arrival:
    """A word as it came: who brought it, with which key, when, and the language of the answer."""

    actor: Actor
    intake: Intake
    key: IdempotencyKey
    now: datetime
    language: Language


class Door:
    """Takes words in."""

    def __init__(self, database: Database, directory: Directory) -> None:
        self._database = database
        self._directory = directory
        url = make_url(database.url).set(drivername="postgresql")
        limits = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
        self._pool = psycopg_pool.AsyncConnectionPool(
            url.render_as_string(hide_password=False),
            min_size=1,
            max_size=CONNECTIONS,
            timeout=5,
            kwargs={"autocommit": True, "options": f"{limits} -c timezone=UTC", "connect_timeout": 3},
            open=False,
        )

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[None]:
        """Hold the connections while the block runs."""
        await self._pool.open(wait=False)
        try:
            yield
        finally:
            await self._pool.close()

    async def report(self, arrival: Arrival) -> Response:
        """Store a word once and answer 201 with the case; a retried key gets the first answer again.

        Raises:
            NotFound: the site is unknown here, or not the actor's to know.
            Forbidden: the actor reads cases but brings none.
            InvalidInput: the times make no sense.
            KeyReused: the key came before with another body.
            Unavailable: the database does not answer; whether a word without a key was stored is not known.
        """
        knowledge = self._directory.remembered
        if knowledge is None or arrival.intake.site_id not in knowledge.sites:
            knowledge = await asyncio.to_thread(self._read_again)
        for _ in range(_TRIES):
            case, log = _prepare(knowledge, arrival)
            reader = Reader(arrival.actor, knowledge, arrival.now, arrival.language)
            answer = reader.detail(case, log).model_dump_json()
            try:
                version, reference, mine = await self._store(knowledge, arrival, case, log, answer)
            except (psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
                # With a key it is safe to ask again: if the lost answer was a yes, it is replayed.
                if arrival.key.key is None or isinstance(error, psycopg_pool.PoolTimeout):
                    raise Unavailable(part="feedback") from error
                continue
            if mine and reference is not None:
                body = answer.replace(case.reference, reference)
                return Response(body, 201, {"ETag": etag(case.version)}, "application/json")
            if reference is not None:
                kept = await asyncio.to_thread(self._replay, arrival.key)
                if kept is not None:
                    return kept
            elif version is None:
                break
            knowledge = await asyncio.to_thread(self._read_again)
        raise Unavailable(part="feedback")

    def _read_again(self) -> Knowledge:
        with self._database.session() as session:
            return self._directory.current(session)

    def _replay(self, key: IdempotencyKey) -> Response | None:
        with self._database.session() as session:
            return replay(session, key)

    async def _store(
        self, knowledge: Knowledge, arrival: Arrival, case: Case, log: list[CaseEntry], answer: str
    ) -> tuple[int | None, str | None, bool | None]:
        """Run the statement; return the copies' version, the number drawn, and whether the word is stored."""
        data = events.data_of(
            case,
            knowledge,
            what=What.RECEIVED,
            at=case.received_at,
            by_id=log[0].by_id,
            by_name=log[0].by_name,
        )
        year = rules.year_of(arrival.now)
        values = {
            "case": _json({name: getattr(case, name) for name in _CASE_COLUMNS}),
            "entries": _json([{name: getattr(entry, name) for name in _ENTRY_COLUMNS} for entry in log]),
            "prefix": f"P-{year}-",
            "year": year,
            "version_seen": knowledge.version,
            "token": case.reference,
            "event_id": new_id(),
            "event_subject": str(case.id),
            "trace": trace_parent(),
            "event_data": data.model_dump_json(),
            "key_subject": arrival.key.subject,
            "key": arrival.key.key,
            "fingerprint": arrival.key.fingerprint,
            "answer": answer,
            "etag": etag(case.version),
        }
        statement = _WITH_KEY if arrival.key.key is not None else _WITHOUT_KEY
        async with self._pool.connection() as connection:
            row = await (await connection.execute(statement, values)).fetchone()
        return (row[0], row[1], row[2]) if row else (None, None, None)


def _json(value: object) -> str:
    """Return JSON that PostgreSQL reads into its own types: ids and instants as text."""
    return json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))


def _prepare(knowledge: Knowledge, arrival: Arrival) -> tuple[Case, list[CaseEntry]]:
    """Decide everything about the new case but its number."""
    actor, intake, now = arrival.actor, arrival.intake, arrival.now
    site = access.demand_report(actor, knowledge.sites.get(intake.site_id))
    producer_id = knowledge.producer_of(site, intake.service)
    _check_rights(actor, intake, producer_id)
    received_at = intake.received_at or now
    rules.check_times(intake.occurred_at, received_at, now)
    case = _new_case(knowledge, arrival, site, producer_id, received_at)
    promise = promise_for(
        knowledge,
        customer_id=site.customer_id,
        site_id=site.id,
        service=case.service,
        severity=case.severity,
        kind=case.kind,
        at=received_at,
    )
    case.targets = promise.as_json()
    person = knowledge.people.by_id.get(actor.person_id) if actor.person_id else None
    by_name = actor.name or (person.name if person else actor.subject)
    log = _first_entries(case, actor.person_id, by_name, arrival, knowledge)
    case.last_entry = len(log)
    project(case, clocks_of(log, knowledge.calendar_version, now), frozenset())
    return case, log


def _check_rights(actor: Actor, intake: Intake, producer_id: UUID | None) -> None:
    inside = access.on_producers_side(actor, producer_id) or access.WRITE in actor.scopes
    faults = []
    if intake.received_at is not None and not inside:
        faults.append(FieldError("#/received_at", "for_the_producer"))
    if intake.fixed_on_the_spot and not inside:
        faults.append(FieldError("#/fixed_on_the_spot", "for_the_producer"))
    if faults:
        raise InvalidInput(faults)


def _new_case(
    knowledge: Knowledge, arrival: Arrival, site: Site, producer_id: UUID | None, received_at: datetime
) -> Case:
    actor, intake = arrival.actor, arrival.intake
    day = arrival.now.astimezone(rules.HELSINKI).date()
    place = knowledge.place(site, intake.service)
    assigned = handler(knowledge.people, place, day, praise=intake.kind is Kind.PRAISE)
    case_id = new_id()
    reporter = intake.reporter
    person = knowledge.people.by_id.get(actor.person_id) if actor.person_id else None
    return Case(
        id=case_id,
        reference=f"P-{case_id.hex}",
        kind=intake.kind,
        service=intake.service,
        severity=rules.severity_of(intake.kind, intake.severity),
        state=State.RECEIVED,
        channel=intake.channel,
        wish=intake.wish,
        subject=intake.subject,
        description=intake.description,
        site_id=site.id,
        customer_id=site.customer_id,
        producer_id=producer_id,
        reporter_id=None if reporter else actor.person_id,
        reporter_name=reporter.name if reporter else actor.name or (person.name if person else ""),
        reporter_phone=reporter.phone if reporter else person.phone if person else None,
        reporter_email=reporter.email if reporter else person.email if person else None,
        handler_id=assigned.person.id,
        handler_role=assigned.role,
        stand_in_id=assigned.stand_in.id if assigned.stand_in else None,
        occurred_at=intake.occurred_at,
        received_at=received_at,
        logged_at=arrival.now,
        opened_at=received_at,
        targets={},
    )


def _first_entries(
    case: Case, by_id: UUID | None, by_name: str, arrival: Arrival, knowledge: Knowledge
) -> list[CaseEntry]:
    """Return the log's beginning: received, for thanks delivered, for a thing fixed at once resolved."""

    def entry(what: What, number: int, data: dict[str, Any]) -> CaseEntry:  # Any: JSON
        return CaseEntry(
            case_id=case.id,
            number=number,
            cycle=1,
            what=what,
            at=case.received_at,
            logged_at=arrival.now,
            by_id=by_id,
            by_name=by_name,
            public=True,
            data=data,
        )

    handler_id = str(case.handler_id) if case.handler_id else None
    log = [entry(What.RECEIVED, 1, {"targets": case.targets, "handler_id": handler_id})]
    if case.kind is Kind.PRAISE:
        name = knowledge.person(case.handler_id).name
        log.append(entry(What.DELIVERED, 2, {"after": name, "person_id": handler_id}))
    if arrival.intake.fixed_on_the_spot:
        case.resolve(case.received_at)
        log.append(entry(What.RESOLVED, len(log) + 1, {"on_the_spot": True}))
    return log
