"""What this service publishes. ``data.case`` may leave the house; ``data.personal`` never does.

It is kept apart from the event, so that it can be erased; no service asks for it.
"""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from chassis.events import EventType, Outbox
from chassis.schemas import Instant
from services.feedback.cases.model import Case
from services.feedback.cases.schemas import CaseFacts
from services.feedback.cases.vocabulary import What
from services.feedback.read_model import ReadModel

PREFIX = "kumppani.feedback.case."


class CaseState(CaseFacts):
    """The case's full state without personal data: free text may name people, so it is not here."""

    site_id: UUID
    site_name: str
    customer_id: UUID
    customer_name: str
    producer_id: UUID | None
    producer_name: str | None
    handler_id: UUID | None
    stand_in_id: UUID | None


class CasePersonal(BaseModel):
    """What people wrote and who they are; for the house's own services only."""

    subject: str
    description: str
    reporter_id: UUID | None
    reporter_name: str
    reporter_phone: str | None
    reporter_email: str | None
    handler_name: str
    by_id: UUID | None
    by_name: str
    body: str | None
    waiting_for: str | None


class CaseChange(BaseModel):
    """What happened: the log entry's kind, instant and plain facts."""

    what: What
    at: Instant
    public: bool
    facts: dict[str, Any]  # Any: JSON that the kind of change names


class CaseData(BaseModel):
    """Data of every case event."""

    case: CaseState
    personal: CasePersonal
    change: CaseChange


_SUMMARIES = {
    "reported": "A word of feedback was received and stored.",
    "acknowledged": "A person has taken the case up.",
    "answered": "A message was written: by the producer's side, by the customer, or an internal note.",
    "waiting": "The customer was asked something; the resolution clock rests.",
    "resumed": "The waiting ended.",
    "resolved": "The producer's side says what was done.",
    "closed": "The matter is settled.",
    "reopened": "The matter was not settled: a new cycle began.",
    "assigned": "Another person handles the case.",
    "severity_changed": "The severity, and the due instants with it, changed.",
    "targets_changed": "Contract or calendar changed, and the due instants with it.",
    "warned": "Half or three quarters of a promised time are used; handler or supervisor was told.",
    "escalated": "A promised time is over; account manager or management was told.",
}
PUBLISHED = tuple(
    EventType(PREFIX + name, CaseData, summary, personal=frozenset({"personal"}))
    for name, summary in _SUMMARIES.items()
)
REPORTED = next(each for each in PUBLISHED if each.name == f"{PREFIX}reported")
OUTBOX = Outbox(PUBLISHED)
NAMES: dict[What, str] = {
    What.RECEIVED: "reported",
    What.WROTE: "answered",
    What.NOTED: "answered",
    **{What(name): name for name in _SUMMARIES if name in set(What)},
}


def data_of(
    case: Case,
    read_model: ReadModel,
    *,
    what: What,
    at: Instant,
    by_id: UUID | None,
    by_name: str,
    public: bool = True,
    body: str | None = None,
    facts: dict[str, Any] | None = None,  # Any: JSON
) -> CaseData:
    """Return the event's data from the case's present state."""
    site = read_model.sites.get(case.site_id)
    customer = read_model.customers.get(case.customer_id)
    producer = read_model.producers.get(case.producer_id) if case.producer_id else None
    names = {
        "site_name": site.name if site else "",
        "customer_name": customer.name if customer else "",
        "producer_name": producer.name if producer else None,
        "handler_name": read_model.person(case.handler_id).name,
        "by_id": by_id,
        "by_name": by_name,
        "body": body,
    }
    return CaseData(
        case=CaseState(**_taken(CaseState, case, names)),
        personal=CasePersonal(**_taken(CasePersonal, case, names)),
        change=CaseChange(what=what, at=at, public=public, facts=facts or {}),
    )


def _taken(shape: type[BaseModel], case: Case, names: dict[str, Any]) -> dict[str, Any]:  # Any: field values
    return {name: names[name] if name in names else getattr(case, name) for name in shape.model_fields}
