"""The registry of the demo city, imported from the shipped files as any customer would import theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from chassis.actors import Actor
from chassis.database import Database
from trade.days import HELSINKI

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class SiteFacts:
    """What the other parts of the fill need to know of a site."""

    id: UUID
    number: str
    name: str
    kind: str
    customer_id: UUID
    services: Mapping[str, tuple[UUID, str]]
    """By service: who produces it, and the standard."""


@dataclass(frozen=True)
class PersonFacts:
    """A person as contracts name people."""

    id: UUID
    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True)
class City:
    """The registry after the import."""

    customers: Mapping[str, tuple[UUID, str]]
    """By number: id and name."""
    sites: tuple[SiteFacts, ...]
    account_managers: Mapping[UUID, PersonFacts]
    """By customer."""
    contract_contacts: Mapping[UUID, PersonFacts]
    """By customer: the first one named."""
    site_heads: Mapping[UUID, PersonFacts]
    """By site."""


def actor_of(person: PersonFacts, role: str, *, customer_id: UUID | None = None) -> Actor:
    """Return the person acting in a role; the producer's own staff see everything."""
    staff = role in {"account_manager", "complaint_handler", "service_supervisor", "management"}
    return Actor(
        subject=str(person.id),
        name=person.name,
        roles=frozenset({role}),
        everything=staff,
        customer_ids=frozenset({customer_id} if customer_id else ()),
    )


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an instant by the clock on Finnish walls."""
    return datetime.combine(day, time(hour, minute), HELSINKI)


def fill(database: Database, today: date) -> City:
    """Import every file and return what came of it; a fault in a shipped file is an error of ours."""
    from services.customers.imports.schemas import ImportKind
    from services.customers.imports.usecases import import_csv

    now = at(today - timedelta(days=370), 9)
    for kind in ImportKind:
        with database.session() as session:
            report = import_csv(
                session, kind, (DATA / f"{kind.value}.csv").read_text("utf-8"), False, now=now
            )
        if report.faults:
            raise ValueError(f"{kind.value}.csv: {report.faults[:3]}")
    return _read(database)


def _read(database: Database) -> City:
    from services.customers.people.model import Assignment, Person
    from services.customers.registry.model import Customer, Site, SiteService

    with database.session() as session:
        customers = list(session.scalars(select(Customer).order_by(col(Customer.number))))
        services: dict[UUID, dict[str, tuple[UUID, str]]] = {}
        for each in session.scalars(select(SiteService)):
            services.setdefault(each.site_id, {})[each.service.value] = (
                each.producer_id,
                each.standard or "",
            )
        sites = tuple(
            SiteFacts(
                site.id, site.number, site.name, site.kind.value, site.customer_id, services.get(site.id, {})
            )
            for site in session.scalars(select(Site).order_by(col(Site.number)))
        )
        people = {
            each.id: PersonFacts(each.id, each.name, each.title or "", each.phone or "", each.email)
            for each in session.scalars(select(Person))
        }
        of_department: dict[UUID, list[UUID]] = {}
        for customer in customers:
            if customer.department_id:
                of_department.setdefault(customer.department_id, []).append(customer.id)
        managers: dict[UUID, PersonFacts] = {}
        contacts: dict[UUID, PersonFacts] = {}
        heads: dict[UUID, PersonFacts] = {}
        for held in session.scalars(select(Assignment).order_by(col(Assignment.id))):
            person = people[held.person_id]
            role = held.role.value
            if role == "account_manager" and held.customer_id:
                managers.setdefault(held.customer_id, person)
            elif role == "contract_contact":
                department = of_department.get(held.department_id, []) if held.department_id else []
                for customer_id in [held.customer_id] if held.customer_id else department:
                    contacts.setdefault(customer_id, person)
            elif role == "site_head" and held.site_id:
                heads[held.site_id] = person
        return City(
            customers={each.number: (each.id, each.name) for each in customers},
            sites=sites,
            account_managers=managers,
            contract_contacts=contacts,
            site_heads=heads,
        )
