"""Turns cases and their logs into what one reader sees, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter
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
    Earlier,
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
from services.feedback.read_model import Customer, ReadModel, Site

_MESSAGES = {
    What.ANSWERED: (MessageKind.MESSAGE, Speaker.PRODUCER),
    What.WROTE: (MessageKind.MESSAGE, Speaker.CUSTOMER),
    What.NOTED: (MessageKind.NOTE, Speaker.PRODUCER),
    What.WAITING: (MessageKind.QUESTION, Speaker.PRODUCER),
    What.RESOLVED: (MessageKind.RESOLUTION, Speaker.PRODUCER),
    What.REOPENED: (MessageKind.REOPENING, Speaker.CUSTOMER),
}
_REASONED = frozenset({What.ASSIGNED, What.SEVERITY_CHANGED})
_MADE = {
    "site",
    "customer",
    "producer",
    "reporter",
    "handler",
    "stand_in",
    "response_breached",
    "resolution_breached",
    "time_left",
    "allowed",
}
_OF_THE_CASE = tuple(name for name in CaseView.model_fields if name not in _MADE)
_read_of = attrgetter(*_OF_THE_CASE)
"""Reads what a view tells as it stands on the case."""
MOST_TOLD = 300
"""So many entries of a log are told at a time."""
MOST_BYTES = 400_000
"""So much text of them, as UTF-8: JSON may double it, and the clock's account comes on top."""
_SERVICE = Author(person_id=None, name=texts.SERVICE_NAME)


@dataclass(frozen=True)
class CaseViews:
    """One reader's eyes: who looks, with which copies, when and in which language."""

    actor: Actor
    look_up: Callable[[], ReadModel]
    """Reads the copies when they are needed first."""
    now: datetime
    language: Language = "fi"
    # The cases of a list are of the same few places and people.
    _places: dict[UUID, Place] = field(default_factory=dict, init=False)
    _producers: dict[UUID, ProducerRef | None] = field(default_factory=dict, init=False)
    _contacts: dict[tuple[UUID | None, str], Contact] = field(default_factory=dict, init=False)

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
        before: int | None = None,
    ) -> CaseDetail:
        """Return a case with what this reader may see of its log: the newest, or what is before an entry."""
        inside = access.on_producers_side(self.actor, case.producer_id)
        seen = [entry for entry in log if entry.public or inside]
        told = newest(seen if before is None else [entry for entry in seen if entry.number < before])
        earlier = [entry for entry in seen if entry.number < told[0].number] if told else []
        return CaseDetail(
            **self._fields(case),
            messages=list(self._messages(case, told)),
            history=[_history(entry, inside) for entry in told],
            earlier=Earlier(
                before=told[0].number,
                messages=sum(1 for _ in self._messages(case, earlier)),
                history=len(earlier),
            )
            if earlier
            else None,
            escalations=[_escalation(entry) for entry in told if entry.what in (What.WARNED, What.ESCALATED)],
            past_cycles=[CycleView.model_validate(cycle) for cycle in cycles],
            clock=clock,
        )

    def contact(self, person_id: UUID | None, role: str) -> Contact:
        """Return a person of the producer's side with phone and e-mail."""
        key = (person_id, role)
        if key not in self._contacts:
            person = self.read_model.person(person_id)
            self._contacts[key] = Contact(
                person_id=person.id, name=person.name, phone=person.phone, email=person.email, role=role
            )
        return self._contacts[key]

    def _place(self, place_id: UUID, known: Mapping[UUID, Site] | Mapping[UUID, Customer]) -> Place:
        if place_id not in self._places:
            found = known.get(place_id)
            self._places[place_id] = Place(id=place_id, name=found.name if found else "")
        return self._places[place_id]

    def _producer(self, producer_id: UUID) -> ProducerRef | None:
        if producer_id not in self._producers:
            found = self.read_model.producers.get(producer_id)
            self._producers[producer_id] = ProducerRef.model_validate(found) if found else None
        return self._producers[producer_id]

    def _fields(self, case: Case) -> dict[str, Any]:  # Any: the fields of `CaseView`
        used = time_used(case, self.calendar_of, self.now)
        late = (
            case.response_breached or _passed(case.response_due_at, case.first_response_at, self.now),
            case.resolution_breached
            or (case.waiting_since is None and _passed(case.resolution_due_at, case.resolved_at, self.now)),
        )
        made = {
            "site": self._place(case.site_id, self.read_model.sites),
            "customer": self._place(case.customer_id, self.read_model.customers),
            "producer": self._producer(case.producer_id) if case.producer_id else None,
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
        return dict(zip(_OF_THE_CASE, _read_of(case), strict=True)) | made

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


def newest(log: Sequence[CaseEntry]) -> Sequence[CaseEntry]:
    """Return the newest entries of a log that can be told at once: one at least, if there is any."""
    size, first = 0, len(log)
    for entry in reversed(log[-MOST_TOLD:]):
        size += len((entry.body or "").encode())
        if size > MOST_BYTES and first < len(log):
            break
        first -= 1
    return log[first:]


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
