"""Listing contacts, and telling whom to contact about a topic."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from chassis.languages import Language
from chassis.paging import Key, Page, page
from services.customers.contacts import repository
from services.customers.contacts.rules import Candidate, Choice, Production, Reachable, Reason, whom
from services.customers.contacts.schemas import (
    AlternativeView,
    ContactView,
    ReachableView,
    ReasonView,
    WhomToContactView,
)
from services.customers.contacts.texts import NOBODY, text_of
from services.customers.people import repository as people
from services.customers.people.model import Assignment, Person
from services.customers.people.rules import away_until, side_of
from services.customers.registry import repository as registry
from services.customers.registry.customers.usecases import visible as visible_customer
from services.customers.registry.model import Site
from services.customers.registry.sites.usecases import visible as visible_site
from services.customers.shapes import PersonCard
from services.customers.vocabulary import Level, Topic
from trade.answering import FOR_COMPLAINT, Named, Place, answering
from trade.answering import Assignment as Limits
from trade.days import day_of
from trade.vocabulary import Role, Service


def list_contacts(
    session: Session,
    actor: Actor,
    *,
    customer_id: UUID | None,
    site_id: UUID | None,
    role: Role | None,
    level: Level | None,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> Page[ContactView]:
    """Return visible contacts by name; none for a customer or site that the actor does not see."""
    today = day_of(now)
    statement = repository.visible_to(actor, today)
    try:
        if site_id is not None:
            site = visible_site(session, actor, site_id)
            statement = statement.where(repository.of_site(site, repository.department_of(session, site)))
        if customer_id is not None:
            statement = statement.where(repository.of_customer(visible_customer(session, actor, customer_id)))
    except NotFound:
        return Page(items=[])
    if role is not None:
        statement = statement.where(col(Assignment.role) == role)
    if level is not None:
        statement = statement.where(col(Assignment.level) == level)
    names = sa.inspect(Person).columns
    keys: list[Key] = [(names.sort_name, "asc"), (sa.inspect(Assignment).columns.id, "asc")]
    rows, following = page(session, statement, keys=keys, limit=limit, cursor=cursor)
    return Page(items=_contacts(session, rows, today), next=following)


def whom_to_contact(
    session: Session,
    actor: Actor,
    *,
    site_id: UUID,
    topic: Topic,
    service: Service | None = None,
    language: Language,
    now: datetime,
) -> WhomToContactView:
    """Return whom the actor should contact about the topic at the site, and why (need N10).

    Complaints go to whoever has the case of one; without a ``service`` to those of the site's services.

    Raises:
        NotFound: there is no such site, or the actor may not see it.
    """
    site = visible_site(session, actor, site_id)
    today = day_of(now)
    candidates = _candidates(session, actor, site, today)
    productions = [
        Production(service.service, producer.id, producer.name, producer.own)
        for service, producer in registry.services_of(session, [site.id]).get(site.id, [])
    ]
    decides = actor.has_role(Role.CONTRACT_CONTACT)
    services = [service] if service else [each.service for each in productions]
    choices = whom(
        topic,
        candidates,
        productions,
        decides=decides,
        reader=actor.person_id,
        answering=_answering(session, actor, site, services, today) if topic is Topic.COMPLAINT else (),
    )
    best = choices[0] if choices else None
    return WhomToContactView(
        site_id=site.id,
        topic=topic,
        person=_shown(best.person) if best else None,
        stand_in=_shown(best.stand_in) if best and best.stand_in else None,
        instead_of=_shown(best.instead_of) if best and best.instead_of else None,
        away=best.away if best else False,
        reason=_reason(best, language),
        alternatives=[
            AlternativeView(person=_shown(each.person), reason=_reason(each, language))
            for each in choices[1:]
        ],
    )


def _candidates(session: Session, actor: Actor, site: Site, today: date) -> list[Candidate]:
    """Return who is named for the site."""
    department = repository.department_of(session, site)
    statement = repository.visible_to(actor, today).where(repository.of_site(site, department))
    assignments = session.scalars(statement).all()
    reachable = _reachable(session, assignments, today)
    return [
        Candidate(
            person=reachable[each.person_id],
            role=each.role,
            nearness=_nearness(each),
            service=each.service,
            topics=frozenset(Topic(topic) for topic in each.topics),
            producer_id=each.producer_id,
            stand_in=reachable[each.stand_in_id]
            if each.stand_in_id is not None and each.stand_in_id != actor.person_id
            else None,
        )
        for each in assignments
    ]


def _answering(
    session: Session, actor: Actor, site: Site, services: Sequence[Service], today: date
) -> list[Candidate]:
    """Return who has a complaint's case, for each of the services; nobody where the reader stands in."""
    department = repository.department_of(session, site)
    assignments = session.scalars(repository.own_staff_of(site, department, today)).all()
    reachable = _reachable(session, assignments, today)
    by_role: dict[str, list[Named]] = {}
    for each in assignments:
        named = Named(each.person_id, reachable[each.person_id].name, _limits(each))
        by_role.setdefault(each.role, []).append(named)
    found = []
    for service in services:
        chosen = answering(
            lambda role: by_role.get(role, ()),
            FOR_COMPLAINT,
            Place(site.id, site.name, site.customer_id, department, service, None),
            today,
            lambda person_id: reachable[person_id].away_until is not None,
        )
        if chosen is None or (chosen.instead_of and chosen.person_id == actor.person_id):
            continue
        stand_in_id = chosen.person_id if chosen.instead_of else chosen.stand_in_id
        found.append(
            Candidate(
                person=reachable[chosen.instead_of or chosen.person_id],
                role=Role(chosen.role),
                nearness=0,
                stand_in=reachable[stand_in_id]
                if stand_in_id is not None and stand_in_id != actor.person_id
                else None,
            )
        )
    return found


def _limits(row: Assignment) -> Limits:
    return Limits(
        role=row.role,
        department_id=row.department_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        producer_id=row.producer_id,
        service=row.service,
        stand_in_id=row.stand_in_id,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _nearness(assignment: Assignment) -> int:
    places = (assignment.site_id, assignment.customer_id, assignment.department_id)
    return next((3 - index for index, place in enumerate(places) if place is not None), 0)


def _reachable(session: Session, assignments: Sequence[Assignment], today: date) -> dict[UUID, Reachable]:
    """Return the people and stand-ins of assignments by id, and until when they are away."""
    ids = {each.person_id for each in assignments} | {
        each.stand_in_id for each in assignments if each.stand_in_id
    }
    absences = people.absences_of(session, ids)
    return {
        person.id: Reachable(
            person_id=person.id,
            name=person.name,
            title=person.title,
            phone=person.phone,
            email=person.email,
            away_until=away_until(today, absences.get(person.id, [])),
        )
        for person in people.people_by_id(session, ids).values()
    }


def _shown(person: Reachable) -> ReachableView:
    return ReachableView.model_validate(person)


def _reason(choice: Choice | None, language: Language) -> ReasonView:
    reason = choice.reason if choice else Reason((NOBODY,))
    return ReasonView(code=reason.codes[0], text=text_of(reason, language))


def _contacts(session: Session, assignments: Sequence[Assignment], today: date) -> list[ContactView]:
    reachable = _reachable(session, assignments, today)
    found = []
    for each in assignments:
        person = reachable[each.person_id]
        stand_in = reachable[each.stand_in_id] if each.stand_in_id is not None else None
        found.append(
            ContactView(
                id=each.id,
                person_id=person.person_id,
                name=person.name,
                title=person.title,
                phone=person.phone,
                email=person.email,
                role=each.role,
                level=each.level,
                side=side_of(each.role),
                department_id=each.department_id,
                customer_id=each.customer_id,
                site_id=each.site_id,
                producer_id=each.producer_id,
                service=each.service,
                topics=[Topic(topic) for topic in each.topics],
                stand_in=PersonCard.model_validate(stand_in) if stand_in else None,
                away_until=person.away_until,
            )
        )
    return found
