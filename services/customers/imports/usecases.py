"""Importing a file: all of it or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.languages import Language
from services.customers.access import Right, demand
from services.customers.errors import FaultyFile
from services.customers.imports import assignments, customers, departments, people, producers, sites
from services.customers.imports.outcome import Outcome
from services.customers.imports.schemas import FaultView, ImportKind, ImportReport
from services.customers.imports.sheet import MOST_FAULTS, Fault, Sheet, read_sheet
from services.customers.imports.texts import words_of


@dataclass(frozen=True)
class _Kind:
    columns: Sequence[str]
    bring: Callable[[Session, Sheet, datetime], Outcome]
    optional: Sequence[str] = ()


KINDS: Mapping[ImportKind, _Kind] = {
    ImportKind.DEPARTMENTS: _Kind(departments.COLUMNS, departments.bring),
    ImportKind.CUSTOMERS: _Kind(customers.COLUMNS, customers.bring),
    ImportKind.PRODUCERS: _Kind(producers.COLUMNS, producers.bring),
    ImportKind.SITES: _Kind(sites.COLUMNS, sites.bring, sites.SERVICE_COLUMNS),
    ImportKind.PEOPLE: _Kind(people.COLUMNS, people.bring),
    ImportKind.ASSIGNMENTS: _Kind(assignments.COLUMNS, assignments.bring),
}


def import_csv(
    session: Session,
    kind: ImportKind,
    text: str | bytes,
    dry_run: bool,
    *,
    now: datetime,
    language: Language = "fi",
) -> ImportReport:
    """Import a file and return what came of it; with faults or in a dry run nothing stays.

    Nobody is asked for a right here: the route and the command line do that. The natural keys (code, number,
    name, e-mail) find what is there already, so importing a file again changes nothing. Each changed thing is
    told by an event.
    """
    read = KINDS[kind]
    sheet = _sheet(text, read)
    outcome = Outcome()
    # Everything is really done, inside a savepoint, so that a dry run says what the database says.
    trial = session.begin_nested()
    if not sheet.own_faults:
        with session.no_autoflush:
            outcome = read.bring(session, sheet, now)
    if dry_run or sheet.faults:
        trial.rollback()
    else:
        trial.commit()
    faults = sheet.faults
    return ImportReport(
        kind=kind,
        dry_run=dry_run,
        rows=len(sheet.rows),
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        faults=[_view(fault, language) for fault in faults[:MOST_FAULTS]],
        more_faults=max(0, len(faults) - MOST_FAULTS),
    )


def import_file(
    session: Session,
    actor: Actor,
    kind: ImportKind,
    content: bytes,
    *,
    dry_run: bool,
    now: datetime,
    language: Language,
) -> ImportReport:
    """Import a file for an actor.

    Raises:
        Forbidden: the actor may not.
        FaultyFile: it was no dry run and there are faulty rows; the problem carries the report.
    """
    demand(actor, Right.IMPORT_FILES)
    report = import_csv(session, kind, content, dry_run, now=now, language=language)
    if report.faults and not dry_run:
        raise FaultyFile(extra=report.model_dump(mode="json"))
    return report


def _sheet(text: str | bytes, kind: _Kind) -> Sheet:
    try:
        decoded = text if isinstance(text, str) else text.decode()
    except UnicodeDecodeError as error:
        row = 1 + bytes(error.object[: error.start]).count(b"\n")
        return Sheet(own_faults=[Fault(row, "", "not_utf8")])
    return read_sheet(decoded, kind.columns, kind.optional)


def _view(fault: Fault, language: Language) -> FaultView:
    words = words_of(fault.code, fault.params, language)
    return FaultView(row=fault.row, column=fault.column, code=fault.code, message=words)
