"""Searching what the actor sees."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from chassis.actors import Actor
from services.customers.people.model import Person
from services.customers.registry.model import Customer, Site
from services.customers.search import repository
from services.customers.search.schemas import Hit, HitKind, Hits
from trade.days import day_of

PLACES = 2
"""So many sites or customers are named beside a person; the rest is a number."""


def search(session: Session, actor: Actor, q: str, limit: int, now: datetime) -> Hits:
    """Return customers, sites and people that the actor sees and that are like the words, the best first.

    The number of a customer or a site finds that one alone; a telephone number finds whose it is.
    """
    named = repository.number_in(q)
    if named and (exact := repository.numbered(session, actor, *named)):
        return Hits(items=[_customer(exact, 1.0) if isinstance(exact, Customer) else _site(exact, 1.0)])
    repository.set_likeness(session)
    people = repository.find_people(session, actor, q, limit)
    places = repository.places_of(session, actor, [person.id for person, _ in people], day_of(now))
    hits = [
        *(_customer(found, score) for found, score in repository.find_customers(session, actor, q, limit)),
        *(_site(found, score) for found, score in repository.find_sites(session, actor, q, limit)),
        *(_person(found, score, places.get(found.id, ())) for found, score in people),
    ]
    # The sort is stable: what is equally good keeps the order customers, sites, people, each by name.
    return Hits(items=sorted(hits, key=lambda hit: -hit.score)[:limit])


def _customer(customer: Customer, score: float) -> Hit:
    return Hit(
        kind=HitKind.CUSTOMER, id=customer.id, title=customer.name, subtitle=customer.number, score=score
    )


def _site(site: Site, score: float) -> Hit:
    subtitle = f"{site.number} · {site.street}, {site.postal_code} {site.city}"
    return Hit(kind=HitKind.SITE, id=site.id, title=site.name, subtitle=subtitle, score=score)


def _person(person: Person, score: float, places: Sequence[str]) -> Hit:
    named = ", ".join(places[:PLACES]) + (f" +{len(places) - PLACES}" if len(places) > PLACES else "")
    subtitle = " · ".join(each for each in (person.title, named) if each)
    return Hit(kind=HitKind.PERSON, id=person.id, title=person.name, subtitle=subtitle, score=score)
