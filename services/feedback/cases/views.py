"""Turns cases and their logs into what one reader sees, in the reader's language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from chassis.actors import Actor
from chassis.languages import Language
from services.feedback import access
from services.feedback.cases import texts
from services.feedback.cases.answers import (
    Author,
    CaseDetail,
    CaseView,
    Contact,
    CycleView,
    EscalationView,
    HistoryItem,
    Message,
    Place,
    ProducerRef,
    Reporter,
    TimeLeft,
)
from services.feedback.cases.clock import time_used
from services.feedback.cases.clock_schemas import ClockView
from services.feedback.cases.model import Case, CaseCycle, CaseEntry
from services.feedback.cases.promise import CalendarOf
from services.feedback.cases.vocabulary import Kind, MessageKind, Speaker, What
from services.feedback.read_model import ReadModel

_MESSAGES = {
    What.ANSWERED: (MessageKind.MESSAGE, Speaker.PRODUCER),
    What.WROTE: (MessageKind.MESSAGE, Speaker.CUSTOMER),
    What.NOTED: (MessageKind.NOTE, Speaker.PRODUCER),
    What.WAITING: (MessageKind.QUESTION, Speaker.PRODUCER),
    What.RESOLVED: (MessageKind.RESOLUTION, Speaker.PRODUCER),
    What.REOPENED: (MessageKind.REOPENING, Speaker.CUSTOMER),
}
_REASONED = frozenset({What.ASSIGNED, What.SEVERITY_CHANGED})
_SERVICE = Author(person_id=None, name=texts.SERVICE_NAME)


@dataclass(frozen=True)
class CaseViews:
    """One reader's eyes: who looks, with which copies, when and in which language."""

    actor: Actor
    look_up: Callable[[], ReadModel]
    """Reads the copies when they are needed first."""
    now: datetime
    language: Language = "fi"

    @classmethod
    def knowing(cls, read_model: ReadModel, actor: Actor, now: datetime, language: Language = "fi") -> Self:
        """Return a reader who knows it already."""
        return cls(actor, lambda: read_model, now, language)

    @cached_property
    def read_model(self) -> ReadModel:
        """What the reader knows."""
        return self.look_up()

    @property
    def calendar_of(self) -> CalendarOf:
        """Look calendar versions up."""
        return self.read_model.calendar_version

    def row(self, case: Case) -> CaseView:
        """Return a case as lists show it."""
        return CaseView(**self._fields(case))

    def detail(
        self,
        case: Case,
        log: Sequence[CaseEntry],
        cycles: Iterable[CaseCycle] = (),
        clock: ClockView | None = None,
    ) -> CaseDetail:
        """Return a case with what this reader may see of its log."""
        inside = access.on_producers_side(self.actor, case.producer_id)
        seen = [entry for entry in log if entry.public or inside]
        return CaseDetail(
            **self._fields(case),
            messages=list(self._messages(case, seen)),
            history=[_history(entry, inside) for entry in seen],
            escalations=[_escalation(entry) for entry in seen if entry.what in (What.WARNED, What.ESCALATED)],
            past_cycles=[CycleView.model_validate(cycle) for cycle in cycles],
            clock=clock,
        )

    def contact(self, person_id: UUID | None, role: str) -> Contact:
        """Return a person of the producer's side with phone and e-mail."""
        person = self.read_model.person(person_id)
        return Contact(
            person_id=person.id, name=person.name, phone=person.phone, email=person.email, role=role
        )

    def _fields(self, case: Case) -> dict[str, Any]:  # Any: the fields of `CaseView`
        site = self.read_model.sites.get(case.site_id)
        customer = self.read_model.customers.get(case.customer_id)
        producer = self.read_model.producers.get(case.producer_id) if case.producer_id else None
        used = time_used(case, self.calendar_of, self.now)
        late = (
            case.response_breached or _passed(case.response_due_at, case.first_response_at, self.now),
            case.resolution_breached
            or (case.waiting_since is None and _passed(case.resolution_due_at, case.resolved_at, self.now)),
        )
        made = {
            "site": Place(id=case.site_id, name=site.name if site else ""),
            "customer": Place(id=case.customer_id, name=customer.name if customer else ""),
            "producer": ProducerRef.model_validate(producer) if producer else None,
            "reporter": Reporter(
                person_id=case.reporter_id,
                name=case.reporter_name,
                phone=case.reporter_phone,
                email=case.reporter_email,
            ),
            "handler": self.contact(case.handler_id, case.handler_role),
            "stand_in": self.contact(case.stand_in_id, case.handler_role) if case.stand_in_id else None,
            "response_breached": late[0],
            "resolution_breached": late[1],
            "time_left": TimeLeft.model_validate(used) if used else None,
            "allowed": access.allowed(self.actor, case),
        }
        return {name: made[name] if name in made else getattr(case, name) for name in CaseView.model_fields}

    def _messages(self, case: Case, log: Iterable[CaseEntry]) -> Iterable[Message]:
        for entry in log:
            if entry.what is What.RECEIVED:
                body = texts.receipt(
                    self.language,
                    reference=case.reference,
                    handler=self.read_model.person(_person_id(entry.data.get("handler_id"))).name,
                    praise=case.kind is Kind.PRAISE,
                )
                yield Message(
                    id=f"{case.id}-0",
                    author=_SERVICE,
                    body=body,
                    public=True,
                    at=entry.logged_at,
                    kind=MessageKind.RECEIPT,
                    side=Speaker.SERVICE,
                )
            elif entry.what in _MESSAGES and (entry.body or entry.data.get("on_the_spot")):
                kind, side = _MESSAGES[entry.what]
                yield Message(
                    id=f"{case.id}-{entry.number}",
                    author=Author(person_id=entry.by_id, name=entry.by_name),
                    body=entry.body or texts.fixed(self.language),
                    public=entry.public,
                    at=entry.at,
                    kind=MessageKind.ANSWER if entry.data.get("answers") else kind,
                    side=side,
                )


def _passed(due_at: datetime | None, met_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and met_at is None and now > due_at


def _person_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _history(entry: CaseEntry, inside: bool) -> HistoryItem:
    return HistoryItem(
        at=entry.at,
        what=entry.what,
        by=entry.by_name,
        before=entry.data.get("before"),
        after=entry.data.get("after"),
        note=entry.body if inside and entry.what in _REASONED else None,
    )


def _escalation(entry: CaseEntry) -> EscalationView:
    told = entry.data
    return EscalationView(
        step=told["step"],
        role=told["role"],
        person=Author(person_id=_person_id(told["person_id"]), name=told["person_name"]),
        at=entry.at,
        clock=told["clock"],
    )
