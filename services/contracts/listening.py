"""Keeps the local copies: what the customers service's feed says of customers, sites and people."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from chassis.events import CloudEvent
from chassis.listeners import Handler
from services.contracts.calendars.repository import revoke_feeds_of
from services.contracts.directory.model import KnownCustomer, KnownPerson, KnownSite

SCOPE = ("role", "department_id", "customer_id", "site_id", "valid_from", "valid_until")
"""What of an assignment decides which customers a person sees."""


class _Customer(BaseModel):
    id: UUID
    number: str = ""
    name: str


class _Site(BaseModel):
    id: UUID
    name: str


class _Person(BaseModel):
    id: UUID
    assignments: list[dict[str, object]] = []


def customer_changed(session: Session, event: CloudEvent) -> None:
    """Know the customer's name."""
    session.merge(KnownCustomer(**_Customer.model_validate(event.data).model_dump()))


def site_changed(session: Session, event: CloudEvent) -> None:
    """Know the site's name."""
    session.merge(KnownSite(**_Site.model_validate(event.data).model_dump()))


def person_changed(session: Session, event: CloudEvent) -> None:
    """Revoke the person's calendar links when the assignments change: they see what they saw when made."""
    person = _Person.model_validate(event.data)
    scopes = sorted(json.dumps([each.get(name) for name in SCOPE]) for each in person.assignments)
    mark = hashlib.sha256("\n".join(scopes).encode()).hexdigest()
    known = session.get(KnownPerson, person.id)
    if known is None:
        session.add(KnownPerson(id=person.id, assignments_hash=mark))
    elif known.assignments_hash != mark:
        known.assignments_hash = mark
        revoke_feeds_of(session, str(person.id), datetime.fromisoformat(event.time))


HANDLERS: dict[str, Handler] = {
    "kumppani.customers.customer.changed": customer_changed,
    "kumppani.customers.site.changed": site_changed,
    "kumppani.customers.person.changed": person_changed,
}
