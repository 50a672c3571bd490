"""A word arrives: everything about the new case is decided here, from memory, but its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.actors import Actor
from chassis.errors import FieldError, InvalidInput
from chassis.tables import new_id
from services.feedback import access
from services.feedback.cases import rules, triage
from services.feedback.cases.clock import project
from services.feedback.cases.model import Case, CaseEntry, quickly
from services.feedback.cases.promise import promise_for
from services.feedback.cases.schemas import Intake
from services.feedback.cases.vocabulary import Kind, State, What
from services.feedback.copies.rules import handler
from services.feedback.read_model import ReadModel, Site
from services.feedback.sla.history import Event, Received, Resolved
from services.feedback.sla.rules import run
from trade.days import day_of
from trade.vocabulary import Service, Severity

_JUDGED = frozenset({"kind", "service", "severity", "subject", "received_at"})
_AS_TOLD = sorted((Intake.model_fields.keys() & Case.model_fields.keys()) - _JUDGED)
"""What a case takes from the word as it was told, under the same name."""


@dataclass(frozen=True)
class Arrival:
    """A word as it came: who brought it, and when."""

    actor: Actor
    intake: Intake
    now: datetime


@dataclass(frozen=True)
class Judged:
    """What a word is, as its writer and its words tell."""

    kind: Kind
    service: Service
    severity: Severity
    subject: str


def judge(intake: Intake, offered: Sequence[Service]) -> Judged:
    """Judge a word by what its writer says and by its words, whichever calls for more."""
    clues = triage.clues_of(f"{intake.subject or ''}\n{intake.description}")
    chosen = Severity.CRITICAL if intake.danger else intake.severity
    severity = triage.severity_of(intake.kind, chosen, clues.suspicion)
    return Judged(
        kind=triage.kind_of(intake.kind, severity),
        service=intake.service or triage.service_of(clues, offered),
        severity=severity,
        subject=intake.subject or triage.subject_of(intake.description),
    )


def decide(read_model: ReadModel, arrival: Arrival) -> tuple[Case, list[CaseEntry]]:
    """Decide everything about the new case but its number."""
    actor, intake, now = arrival.actor, arrival.intake, arrival.now
    site = access.demand_report(actor, read_model.sites.get(intake.site_id), intake.service)
    judged = judge(intake, triage.services_at(access.services_for(actor, site)))
    producer_id = read_model.producer_of(site, judged.service)
    _check_rights(actor, intake, producer_id)
    received_at = intake.received_at or now
    rules.check_times(intake.occurred_at, received_at, now)
    case = _new_case(read_model, arrival, site, judged, producer_id, received_at)
    promise = promise_for(
        read_model,
        customer_id=site.customer_id,
        site_id=site.id,
        service=case.service,
        severity=case.severity,
        kind=case.kind,
        at=received_at,
    )
    case.targets = promise.as_json()
    person = read_model.people.by_id.get(actor.person_id) if actor.person_id else None
    by_name = actor.name or (person.name if person else actor.subject)
    log = _first_entries(case, actor.person_id, by_name, arrival, read_model)
    case.last_entry = len(log)
    happened: list[Event] = [Received(received_at)]
    if case.resolved_at is not None:
        happened.append(Resolved(case.resolved_at))
    project(case, run(happened, promise.policy, promise.calendar, now), ())
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
    read_model: ReadModel,
    arrival: Arrival,
    site: Site,
    judged: Judged,
    producer_id: UUID | None,
    received_at: datetime,
) -> Case:
    actor, intake = arrival.actor, arrival.intake
    day = day_of(arrival.now)
    place = read_model.place(site, judged.service)
    assigned = handler(read_model.people, place, day, praise=judged.kind is Kind.PRAISE)
    case_id = new_id()
    reporter = intake.reporter
    person = read_model.people.by_id.get(actor.person_id) if actor.person_id else None
    return quickly(
        Case,
        id=case_id,
        reference=f"P-{case_id.hex}",
        kind=judged.kind,
        service=judged.service,
        severity=judged.severity,
        state=State.RECEIVED,
        subject=judged.subject,
        customer_id=site.customer_id,
        producer_id=producer_id,
        reporter_id=None if reporter else actor.person_id,
        reporter_name=reporter.name if reporter else actor.name or (person.name if person else ""),
        reporter_phone=reporter.phone if reporter else person.phone if person else None,
        reporter_email=reporter.email if reporter else person.email if person else None,
        handler_id=assigned.person.id,
        handler_role=assigned.role,
        stand_in_id=assigned.stand_in.id if assigned.stand_in else None,
        received_at=received_at,
        logged_at=arrival.now,
        opened_at=received_at,
        targets={},
        **{name: getattr(intake, name) for name in _AS_TOLD},
    )


def _first_entries(
    case: Case, by_id: UUID | None, by_name: str, arrival: Arrival, read_model: ReadModel
) -> list[CaseEntry]:
    """Return the log's beginning: received, for thanks delivered, for a thing fixed at once resolved."""

    def entry(what: What, number: int, data: dict[str, Any]) -> CaseEntry:  # Any: JSON
        return quickly(
            CaseEntry,
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
        name = read_model.person(case.handler_id).name
        log.append(entry(What.DELIVERED, 2, {"after": name, "person_id": handler_id}))
    if arrival.intake.fixed_on_the_spot:
        case.resolve(case.received_at)
        log.append(entry(What.RESOLVED, len(log) + 1, {"on_the_spot": True}))
    return log
