"""Brings what the customers service publishes into the local copies.

The handlers read only the fields they need, so that the other service may add fields as it likes. What events
told about a person may have been erased since: then the copy knows only the id and the assignments. An older
state never overwrites a newer one: a feed that is read again from its beginning changes nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from chassis.events import CloudEvent
from chassis.listeners import Handler
from services.feedback.copies.model import CustomerCopy, PersonCopy, ProducerCopy, SiteCopy
from services.feedback.copies.version import bump


class _Named(BaseModel):
    id: UUID


class _SiteService(BaseModel):
    service: str
    producer_id: UUID


class _Site(BaseModel):
    id: UUID
    version: int
    name: str
    customer_id: UUID
    calendar: str
    services: list[_SiteService] = []


class _Customer(BaseModel):
    id: UUID
    version: int
    name: str
    department: _Named | None = None


class _Producer(BaseModel):
    id: UUID
    version: int
    name: str
    own: bool


class _StandIn(BaseModel):
    person_id: UUID


class _Assignment(BaseModel):
    role: str
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    producer_id: UUID | None = None
    service: str | None = None
    stand_in: _StandIn | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class _Absence(BaseModel):
    first_day: date
    last_day: date


class _Person(BaseModel):
    id: UUID
    version: int
    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    language: str = "fi"
    assignments: list[_Assignment] = []
    absences: list[_Absence] = []


def _keep(session: Session, row: SQLModel, key: UUID, version: int) -> None:
    known: Any = session.get(type(row), key)  # Any: one of the copies, all with a version
    if known is not None and known.version > version:
        return
    session.merge(row)
    bump(session)


def on_site(session: Session, event: CloudEvent) -> None:
    """Keep a site."""
    read = _Site.model_validate(event.data)
    kept = SiteCopy(
        id=read.id,
        version=read.version,
        name=read.name,
        customer_id=read.customer_id,
        calendar=read.calendar,
        services=[each.model_dump(mode="json") for each in read.services],
    )
    _keep(session, kept, read.id, read.version)


def on_customer(session: Session, event: CloudEvent) -> None:
    """Keep a customer."""
    read = _Customer.model_validate(event.data)
    kept = CustomerCopy(
        id=read.id,
        version=read.version,
        name=read.name,
        department_id=read.department.id if read.department else None,
    )
    _keep(session, kept, read.id, read.version)


def on_producer(session: Session, event: CloudEvent) -> None:
    """Keep a producer."""
    read = _Producer.model_validate(event.data)
    _keep(session, ProducerCopy(**read.model_dump()), read.id, read.version)


def on_person(session: Session, event: CloudEvent) -> None:
    """Keep a person with assignments and absences."""
    read = _Person.model_validate(event.data)
    plain = read.model_dump(mode="json")
    kept = PersonCopy(
        **read.model_dump(exclude={"assignments", "absences"}),
        assignments=plain["assignments"],
        absences=plain["absences"],
    )
    _keep(session, kept, read.id, read.version)


CUSTOMERS: Mapping[str, Handler] = {
    "kumppani.customers.site.changed": on_site,
    "kumppani.customers.customer.changed": on_customer,
    "kumppani.customers.producer.changed": on_producer,
    "kumppani.customers.person.changed": on_person,
}
