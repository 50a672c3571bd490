"""Which contacts an actor sees, and which are contacts of a site or a customer."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.customers.asking import (
    Anybody,
    AskedDay,
    AskedId,
    Who,
    among,
    asked_day,
    asked_id,
    asked_ids,
    ids_of,
    some,
)
from services.customers.contacts.rules import Reachable
from services.customers.people.model import Absence, Assignment, Person
from services.customers.people.repository import in_force
from services.customers.people.rules import CONTACT_ROLES, away_until
from services.customers.registry.model import Customer, Department, Producer, Site, SiteService
from services.customers.registry.visibility import (
    visible_customers,
    visible_departments,
    visible_producers,
    visible_sites,
)
from trade.vocabulary import STAFF_ROLES, Role

_department = col(Assignment.department_id)
_customer = col(Assignment.customer_id)
_site = col(Assignment.site_id)
_producer = col(Assignment.producer_id)
_TODAY = asked_day("today")
_OF_NO_PLACE = sa.and_(_department.is_(None), _customer.is_(None), _site.is_(None), _producer.is_(None))


NamedRow = sa.Row[*tuple[Any, ...]]  # Any: the columns of an assignment
"""An assignment, read and not to be changed."""


@dataclass(frozen=True)
class Place:
    """A site as contacts are named for it."""

    id: UUID
    name: str
    customer_id: UUID
    department_id: UUID | None
    """The department that its customer belongs to."""


def visible_to(who: Who, today: date | AskedDay) -> Select[Assignment]:
    """Return the contacts of today that somebody sees: those of all that is seen.

    An account manager counts where named for a customer; the bare role names nobody's contact.
    """
    statement = (
        select(Assignment)
        .join(Person, col(Person.id) == col(Assignment.person_id))
        .where(
            col(Assignment.role).in_(CONTACT_ROLES),
            sa.or_(col(Assignment.role) != Role.ACCOUNT_MANAGER, _customer.is_not(None)),
            in_force(today),
        )
    )
    if who.everything:
        return statement
    return statement.where(
        sa.or_(some(who.customer_ids), some(who.site_ids), some(who.producer_ids)),
        sa.or_(
            _site.in_(visible_sites(who).with_only_columns(col(Site.id))),
            _customer.in_(visible_customers(who).with_only_columns(col(Customer.id))),
            _department.in_(visible_departments(who).with_only_columns(col(Department.id))),
            sa.and_(
                _site.is_(None), _producer.in_(visible_producers(who).with_only_columns(col(Producer.id)))
            ),
            _OF_NO_PLACE,
        ),
    )


def of_site(
    site_id: UUID | AskedId, customer_id: UUID | AskedId, department_id: UUID | AskedId | None
) -> sa.ColumnElement[bool]:
    """Return the condition that a contact is one of the site: named for it, or for what it belongs to."""
    producers = select(col(SiteService.producer_id)).where(col(SiteService.site_id) == site_id)
    return sa.or_(
        _site == site_id,
        sa.and_(_site.is_(None), _customer == customer_id),
        sa.and_(_site.is_(None), _customer.is_(None), _of_department(department_id)),
        sa.and_(_site.is_(None), _producer.in_(producers)),
        _OF_NO_PLACE,
    )


def _of_department(department_id: UUID | AskedId | None) -> sa.ColumnElement[bool]:
    """Return the condition that a contact is one of the department; an external customer has none."""
    # Compared with None the column would be asked for null, which the contacts of every other place have.
    return sa.false() if department_id is None else _department == department_id


@cache
def _place(everything: bool) -> Select[*tuple[Any, ...]]:  # Any: columns of several types
    return (
        visible_sites(Anybody(everything))
        .join(Customer, col(Customer.id) == col(Site.customer_id))
        .where(col(Site.id) == asked_id("site_id"))
        .with_only_columns(col(Site.id), col(Site.name), col(Site.customer_id), col(Customer.department_id))
    )


def place_of(session: Session, actor: Actor, site_id: UUID) -> Place | None:
    """Return a site that the actor sees as a place with contacts, None when there is none."""
    found = session.connection().execute(_place(actor.everything), {"site_id": site_id, **ids_of(actor)})
    row = found.one_or_none()
    return Place(row.id, row.name, row.customer_id, row.department_id) if row else None


_AT_THE_PLACE = of_site(asked_id("site_id"), asked_id("customer_id"), asked_id("department_id"))
_COLUMNS = tuple(sa.inspect(Assignment).columns)


@cache
def _named(everything: bool) -> Select[*tuple[Any, ...]]:  # Any: as above
    contacts = visible_to(Anybody(everything), _TODAY)
    return contacts.where(_AT_THE_PLACE).with_only_columns(*_COLUMNS)


_OWN_STAFF = (
    select(*_COLUMNS)
    .join(Person, col(Person.id) == col(Assignment.person_id))
    .where(col(Assignment.role).in_(STAFF_ROLES), in_force(_TODAY), _AT_THE_PLACE)
)
_REACHABLE = (
    select(
        col(Person.id),
        col(Person.name),
        col(Person.title),
        col(Person.phone),
        col(Person.email),
        col(Absence.first_day),
        col(Absence.last_day),
    )
    .outerjoin(
        Absence,
        # Those that are over make nobody away.
        sa.and_(col(Absence.person_id) == col(Person.id), col(Absence.last_day) >= _TODAY),
    )
    .where(among(col(Person.id), asked_ids("people")))
)


def named_for(session: Session, actor: Actor, place: Place, today: date) -> Sequence[NamedRow]:
    """Return the contacts of a place that the actor sees."""
    asked = {**_values(place, today), **ids_of(actor)}
    return session.connection().execute(_named(actor.everything), asked).all()


def own_staff_of(session: Session, place: Place, today: date) -> Sequence[NamedRow]:
    """Return the producer's own staff named for the place today, whoever asks: to them complaints go."""
    return session.connection().execute(_OWN_STAFF, _values(place, today)).all()


def _values(place: Place, today: date) -> dict[str, object]:
    return {
        "site_id": place.id,
        "customer_id": place.customer_id,
        "department_id": place.department_id,
        "today": today,
    }


def reachable(session: Session, ids: Collection[UUID], today: date) -> dict[UUID, Reachable]:
    """Return the people that exist among the ids, how to reach them and until when they are away."""
    rows: dict[UUID, list[sa.Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in session.connection().execute(_REACHABLE, {"people": list(ids), "today": today}):
        rows[row.id].append(row)
    return {
        person_id: Reachable(
            person_id=person_id,
            name=each[0].name,
            title=each[0].title,
            phone=each[0].phone,
            email=each[0].email,
            away_until=away_until(today, [row for row in each if row.first_day is not None]),
        )
        for person_id, each in rows.items()
    }


def of_customer(customer: Customer) -> sa.ColumnElement[bool]:
    """Return the condition that a contact is one of the customer, of its department or of its sites."""
    sites = select(col(Site.id)).where(col(Site.customer_id) == customer.id)
    return sa.or_(
        _customer == customer.id, _of_department(customer.department_id), _site.in_(sites), _OF_NO_PLACE
    )
