"""Searching what the actor sees."""

from sqlalchemy.orm import Session

from chassis.actors import Actor
from services.customers.people.model import Person
from services.customers.registry.model import Customer, Site
from services.customers.search import repository
from services.customers.search.schemas import Hit, HitKind, Hits


def search(session: Session, actor: Actor, q: str, limit: int) -> Hits:
    """Return customers, sites and people that the actor sees and that are like the words, the best first.

    The number of a customer or a site finds that one alone; a telephone number finds whose it is.
    """
    named = repository.number_in(q)
    if named and (exact := repository.numbered(session, actor, *named)):
        return Hits(items=[_customer(exact, 1.0) if isinstance(exact, Customer) else _site(exact, 1.0)])
    repository.set_likeness(session)
    hits = [
        *(_customer(found, score) for found, score in repository.find_customers(session, actor, q, limit)),
        *(_site(found, score) for found, score in repository.find_sites(session, actor, q, limit)),
        *(_person(found, score) for found, score in repository.find_people(session, actor, q, limit)),
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


def _person(person: Person, score: float) -> Hit:
    return Hit(kind=HitKind.PERSON, id=person.id, title=person.name, subtitle=person.title, score=score)
