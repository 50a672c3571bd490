"""Brings many past cases in at once, for measuring: lived in memory, stored by COPY, multiplied by SQL.

What is loaded is consistent: log, due columns and search words are those that requests would have made. It
publishes no events and takes no steps of the ladder.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.actors import Actor
from services.feedback.cases.clock import clocks_of, project
from services.feedback.cases.decide import Arrival, decide
from services.feedback.cases.model import Case, CaseEntry, quickly
from services.feedback.cases.rules import reference_of, year_of
from services.feedback.cases.schemas import Intake
from services.feedback.cases.vocabulary import What
from services.feedback.finding.index import ANALYSER_SECONDS, audience
from services.feedback.finding.readings import Readings, kept, words_of
from services.feedback.read_model import ReadModel

_CASE_COLUMNS = [name for name in Case.model_fields if name != "open"]
_ENTRY_COLUMNS = list(CaseEntry.model_fields)
_AGAIN = sa.text("""
    insert into again
    select id, gen_random_uuid(),
        'P-' || year || '-' || lpad(number::text, greatest(6, length(number::text)), '0')
    from (
        select id, year, next_case_number(year) as number
        from (
            select id, extract(year from (logged_at - :shift) at time zone 'Europe/Helsinki')::int as year
            from feedback_case where not (open and :closed_only)
        ) as chosen
    ) as numbered
""")
_ACTS = {What.ANSWERED: Case.answer, What.RESOLVED: Case.resolve, What.CLOSED: Case.close}


@dataclass(frozen=True)
class Past:
    """A word as it came and what became of it; None has not happened."""

    intake: Intake
    reporter: Actor
    received_at: datetime
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Lived:
    """A case with its log, ready to be stored under its reference."""

    case: Case
    log: list[CaseEntry]


def live(read_model: ReadModel, past: Past) -> Lived:
    """Live through a case in memory; its number is still to be given."""
    case, log = decide(read_model, Arrival(past.reporter, past.intake, past.received_at))
    for at, what in (
        (past.answered_at, What.ANSWERED),
        (past.resolved_at, What.RESOLVED),
        (past.closed_at, What.CLOSED),
    ):
        if at is not None:
            _ACTS[what](case, at)
            log.append(_entry(case, read_model, len(log) + 1, what, at))
    case.last_entry = case.version = len(log)
    project(case, clocks_of(log, read_model.calendar_version, log[-1].at), ())
    return Lived(case, log)


def _entry(case: Case, read_model: ReadModel, number: int, what: What, at: datetime) -> CaseEntry:
    return quickly(
        CaseEntry,
        case_id=case.id,
        number=number,
        cycle=1,
        what=what,
        at=at,
        logged_at=at,
        by_id=case.handler_id,
        by_name=read_model.person(case.handler_id).name,
        public=True,
        body=None if what is What.CLOSED else "Asia on hoidettu.",
        data={},
    )


def copy_in(session: Session, lived: Sequence[Lived], readings: Readings) -> None:
    """Number and store cases with logs and search words, by COPY in the session's transaction."""
    for each in lived:
        year = year_of(each.case.logged_at)
        number = session.execute(sa.text("select next_case_number(:year)"), {"year": year}).scalar_one()
        each.case.reference = reference_of(year, number)
    _copy(session, "feedback_case", _CASE_COLUMNS, (_row(each.case, _CASE_COLUMNS) for each in lived))
    entries = (_row(entry, _ENTRY_COLUMNS) for each in lived for entry in each.log)
    _copy(session, "case_event", _ENTRY_COLUMNS, entries)
    words = [
        (
            each.case.id,
            each.case.reference,
            each.case.received_at,
            " ".join(f"'{word}'" for word in _words(session, each.case, readings)),
        )
        for each in lived
    ]
    _copy(session, "case_words", ["case_id", "reference", "received_at", "document"], words)


def _words(session: Session, case: Case, readings: Readings) -> set[str]:
    written = words_of(f"{case.subject}\n{case.description}")
    return kept(readings.learn(session, written, within=ANALYSER_SECONDS)) | audience(
        case.site_id, case.customer_id, case.producer_id
    )


def multiply(session: Session, weeks: int, *, closed_only: bool = True) -> int:
    """Store every case again, so many whole weeks earlier; return how many were stored.

    A shift by whole weeks keeps weekdays and so, but for public holidays, the business time between instants.
    """
    shift = {"shift": timedelta(weeks=weeks)}
    session.execute(
        sa.text("create temporary table if not exists again (old uuid primary key, new uuid, reference text)")
    )
    session.execute(sa.text("truncate again"))
    made = session.execute(_AGAIN, {**shift, "closed_only": closed_only})
    for table, columns, key in (
        ("feedback_case", _CASE_COLUMNS, "id"),
        ("case_event", _ENTRY_COLUMNS, "case_id"),
        ("case_words", ["case_id", "reference", "received_at", "document"], "case_id"),
    ):
        moved = ", ".join(_moved(column, key) for column in columns)
        session.execute(
            sa.text(
                f"insert into {table} ({', '.join(columns)}) select {moved}"
                f" from {table} as t join again on again.old = t.{key}"
            ),
            shift,
        )
    return int(cast("sa.CursorResult[Any]", made).rowcount)  # Any: rows of no interest


def _moved(column: str, key: str) -> str:
    if column == key:
        return "again.new"
    if column == "reference":
        return "again.reference"
    if column == "queue_at":
        return "case when t.next_due_at is null then t.queue_at else t.queue_at - :shift end"
    return f"t.{column} - :shift" if column == "at" or column.endswith("_at") else f"t.{column}"


def _row(thing: Case | CaseEntry, columns: Sequence[str]) -> tuple[object, ...]:
    return tuple(_plain(getattr(thing, column)) for column in columns)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value) if isinstance(value, str) else value


def _copy(session: Session, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    connection = cast("psycopg.Connection[Any]", session.connection().connection.driver_connection)
    target = f"copy {table} ({', '.join(columns)}) from stdin".encode()
    with connection.cursor() as cursor, cursor.copy(target) as copy:
        for row in rows:
            copy.write_row(row)
