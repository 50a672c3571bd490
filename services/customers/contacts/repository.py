"""Which contacts an actor sees, and which are contacts of a site or a customer."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.customers.people.model import Assignment, Person
from services.customers.people.repository import in_force
from services.customers.people.rules import CONTACT_ROLES
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
_OF_NO_PLACE = sa.and_(_department.is_(None), _customer.is_(None), _site.is_(None), _producer.is_(None))


def visible_to(actor: Actor, today: date) -> Select[Assignment]:
    """Return the contacts of today that the actor sees: those of all that the actor sees.

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
    if actor.everything:
        return statement
    if not (actor.customer_ids or actor.site_ids or actor.producer_ids):
        return statement.where(sa.false())
    return statement.where(
        sa.or_(
            _site.in_(visible_sites(actor).with_only_columns(col(Site.id))),
            _customer.in_(visible_customers(actor).with_only_columns(col(Customer.id))),
            _department.in_(visible_departments(actor).with_only_columns(col(Department.id))),
            sa.and_(
                _site.is_(None), _producer.in_(visible_producers(actor).with_only_columns(col(Producer.id)))
            ),
            _OF_NO_PLACE,
        )
    )


def of_site(site: Site, department_id: UUID | None) -> sa.ColumnElement[bool]:
    """Return the condition that a contact is one of the site: named for it, or for what it belongs to."""
    producers = select(col(SiteService.producer_id)).where(col(SiteService.site_id) == site.id)
    return sa.or_(
        _site == site.id,
        sa.and_(_site.is_(None), _customer == site.customer_id),
        sa.and_(_site.is_(None), _customer.is_(None), _of_department(department_id)),
        sa.and_(_site.is_(None), _producer.in_(producers)),
        _OF_NO_PLACE,
    )


def own_staff_of(site: Site, department_id: UUID | None, today: date) -> Select[Assignment]:
    """Return the producer's own staff named for the site today, whoever asks: to them complaints go."""
    return (
        select(Assignment)
        .join(Person, col(Person.id) == col(Assignment.person_id))
        .where(col(Assignment.role).in_(STAFF_ROLES), in_force(today), of_site(site, department_id))
    )


def of_customer(customer: Customer) -> sa.ColumnElement[bool]:
    """Return the condition that a contact is one of the customer, of its department or of its sites."""
    sites = select(col(Site.id)).where(col(Site.customer_id) == customer.id)
    return sa.or_(
        _customer == customer.id, _of_department(customer.department_id), _site.in_(sites), _OF_NO_PLACE
    )


def _of_department(department_id: UUID | None) -> sa.ColumnElement[bool]:
    """Return the condition that a contact is one of the department; an external customer has none."""
    # Compared with None the column would be asked for null, which the contacts of every other place have.
    return sa.false() if department_id is None else _department == department_id


def department_of(session: Session, site: Site) -> UUID | None:
    """Return the id of the department that the site's customer belongs to, or None."""
    return session.scalar(select(col(Customer.department_id)).where(col(Customer.id) == site.customer_id))
