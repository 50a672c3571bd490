"""Listing contacts, and telling whom to contact about a topic."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from chassis.keyset import Key, page
from chassis.languages import Language
from chassis.paging import Page
from services.customers.contacts import repository
from services.customers.contacts.repository import NamedRow, Place
from services.customers.contacts.rules import Candidate, Choice, Production, Reachable, Reason, whom
from services.customers.contacts.schemas import (
    AlternativeView,
    ContactView,
    ReachableView,
    ReasonView,
    WhomToContactView,
)
from services.customers.contacts.texts import NOBODY, text_of
from services.customers.people.model import Assignment, Person
from services.customers.people.rules import side_of
from services.customers.registry import repository as registry
from services.customers.registry.customers.usecases import visible as visible_customer
from services.customers.shapes import PersonCard
from services.customers.vocabulary import Level, Topic
from trade.answering import FOR_COMPLAINT, Named, answering
from trade.answering import Assignment as Limits
from trade.answering import Place as Answered
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
            place = _place(session, actor, site_id)
            statement = statement.where(repository.of_site(place.id, place.customer_id, place.department_id))
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
    place = _place(session, actor, site_id)
    today = day_of(now)
    candidates = _candidates(session, actor, place, today)
    productions = [
        Production(each.service, each.producer_id, each.producer_name, each.own)
        for each in registry.services_at(session, [place.id]).get(place.id, ())
    ]
    decides = actor.has_role(Role.CONTRACT_CONTACT)
    services = [service] if service else [each.service for each in productions]
    choices = whom(
        topic,
        candidates,
        productions,
        decides=decides,
        reader=actor.person_id,
        answering=_answering(session, actor, place, services, today) if topic is Topic.COMPLAINT else (),
    )
    best = choices[0] if choices else None
    return WhomToContactView(
        site_id=place.id,
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


def _place(session: Session, actor: Actor, site_id: UUID) -> Place:
    """Return a site that the actor sees.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    place = repository.place_of(session, actor, site_id)
    if place is None:
        raise NotFound
    return place


def _candidates(session: Session, actor: Actor, place: Place, today: date) -> list[Candidate]:
    """Return who is named for the site."""
    assignments = repository.named_for(session, actor, place, today)
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
    session: Session, actor: Actor, place: Place, services: Sequence[Service], today: date
) -> list[Candidate]:
    """Return who has a complaint's case, for each of the services; nobody where the reader stands in."""
    assignments = repository.own_staff_of(session, place, today)
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
            Answered(place.id, place.name, place.customer_id, place.department_id, service, None),
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


def _limits(row: NamedRow) -> Limits:
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


def _nearness(assignment: NamedRow) -> int:
    places = (assignment.site_id, assignment.customer_id, assignment.department_id)
    return next((3 - index for index, place in enumerate(places) if place is not None), 0)


def _reachable(
    session: Session, assignments: Sequence[Assignment | NamedRow], today: date
) -> dict[UUID, Reachable]:
    """Return the people and stand-ins of assignments by id, and until when they are away."""
    ids = {each.person_id for each in assignments} | {
        each.stand_in_id for each in assignments if each.stand_in_id
    }
    return repository.reachable(session, ids, today)


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
