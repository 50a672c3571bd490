"""Keeps the local copies: what the customers service's feed says of customers, sites and people."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from chassis.events import CloudEvent
from chassis.listeners import Handler
from services.contracts.calendars import repository, rules
from services.contracts.copies.model import KnownCustomer, KnownPerson, KnownSite
from trade.days import day_of


class _Customer(BaseModel):
    id: UUID
    number: str = ""
    name: str


class _Site(BaseModel):
    id: UUID
    name: str
    customer_id: UUID


class _Assignment(BaseModel):
    """What of an assignment decides which customers a person sees, and when."""

    role: str
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class _Person(BaseModel):
    id: UUID
    assignments: list[_Assignment] = []


def customer_changed(session: Session, event: CloudEvent) -> None:
    """Know the customer's name."""
    session.merge(KnownCustomer(**_Customer.model_validate(event.data).model_dump()))


def site_changed(session: Session, event: CloudEvent) -> None:
    """Know the site's name and customer; revoke calendar links of its people when the customer changes."""
    site = _Site.model_validate(event.data)
    known = session.get(KnownSite, site.id)
    if known is not None and known.customer_id != site.customer_id:
        repository.revoke_feeds_by_site(session, site.id, datetime.fromisoformat(event.time))
    session.merge(KnownSite(**site.model_dump()))


def person_changed(session: Session, event: CloudEvent) -> None:
    """Revoke the person's calendar links when the assignments change: they see what they saw when made.

    Links made before the person was known here get the last day that they should have had.
    """
    person = _Person.model_validate(event.data)
    scopes = sorted(each.model_dump_json() for each in person.assignments)
    mark = hashlib.sha256("\n".join(scopes).encode()).hexdigest()
    last_days = rules.last_days((each.valid_from, each.valid_until) for each in person.assignments)
    known = session.get(KnownPerson, person.id)
    if known is None:
        session.add(KnownPerson(id=person.id, assignments_hash=mark, last_days=last_days))
        for feed in repository.unrevoked_feeds_of(session, str(person.id)):
            feed.ends_on = rules.ends_on(day_of(feed.created_at), last_days)
    elif known.assignments_hash != mark:
        known.assignments_hash = mark
        known.last_days = last_days
        repository.revoke_feeds_of(session, str(person.id), datetime.fromisoformat(event.time))


HANDLERS: dict[str, Handler] = {
    "kumppani.customers.customer.changed": customer_changed,
    "kumppani.customers.site.changed": site_changed,
    "kumppani.customers.person.changed": person_changed,
}
