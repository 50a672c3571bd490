"""Resolving a person to an actor, for the gateway."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from services.customers.actors.rules import sight_of
from services.customers.actors.schemas import ActorView, Own, OwnSite, UsedService
from services.customers.people import repository
from services.customers.people.model import Person
from services.customers.people.rules import holds_on
from services.customers.people.usecases import assignment_view
from services.customers.registry.model import Customer, Site
from services.customers.registry.repository import services_at
from services.customers.registry.visibility import visible_customers, visible_sites
from trade.days import day_of

MOST_NAMES = 200
"""Customers and sites told by name: what a person chooses from, not a list to work through."""


def resolve(session: Session, person_id: UUID, now: datetime) -> ActorView:
    """Return what a person sees today.

    Raises:
        NotFound: there is no such person.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return _actor(session, person, day_of(now))


def resolve_username(session: Session, username: str, now: datetime) -> ActorView:
    """Return what the person with a username sees today.

    Raises:
        NotFound: nobody has the username.
    """
    person = repository.by_username(session, username)
    if person is None:
        raise NotFound
    return _actor(session, person, day_of(now))


def _actor(session: Session, person: Person, today: date) -> ActorView:
    assignments = [
        each
        for each in repository.assignments_of(session, [person.id]).get(person.id, [])
        if holds_on(today, each.valid_from, each.valid_until)
    ]
    sight = sight_of([each.scope for each in assignments])
    of_departments = select(col(Customer.id)).where(col(Customer.department_id).in_(sight.department_ids))
    customers = sight.customer_ids | set(session.scalars(of_departments))
    of_sites = select(col(Site.customer_id)).where(col(Site.id).in_(sight.site_ids)).distinct()
    stand_ins = repository.people_by_id(
        session, {each.stand_in_id for each in assignments if each.stand_in_id is not None}
    )
    site_customers = sorted(session.scalars(of_sites))
    own = Actor(
        subject=str(person.id),
        everything=sight.everything,
        customer_ids=frozenset(customers),
        site_ids=sight.site_ids,
        site_customer_ids=frozenset(site_customers),
        producer_ids=sight.producer_ids,
    )
    return ActorView(
        person_id=person.id,
        username=person.username,
        name=person.name,
        title=person.title,
        email=person.email,
        phone=person.phone,
        language=person.language,
        roles=sorted(sight.roles),
        everything=sight.everything,
        customer_ids=sorted(customers),
        site_ids=sorted(sight.site_ids),
        site_customer_ids=site_customers,
        producer_ids=sorted(sight.producer_ids),
        scopes=sorted(sight.scopes),
        assignments=[assignment_view(each, stand_ins) for each in assignments],
        customers=_names(session, visible_customers(own), Customer) if not own.everything else [],
        sites=_own_sites(session, own) if not own.everything else [],
    )


def _own_sites(session: Session, actor: Actor) -> list[OwnSite]:
    named = _names(session, visible_sites(actor), Site)
    used = services_at(session, [each.id for each in named])
    return [
        OwnSite(
            id=each.id,
            name=each.name,
            services=[UsedService(service=row.service) for row in used.get(each.id, ())],
        )
        for each in named
    ]


def _names(
    session: Session, seen: Select[Customer] | Select[Site], kind: type[Customer] | type[Site]
) -> list[Own]:
    named = seen.with_only_columns(col(kind.id), col(kind.name)).order_by(col(kind.sort_name), col(kind.id))
    return [Own(id=row.id, name=row.name) for row in session.execute(named.limit(MOST_NAMES))]
