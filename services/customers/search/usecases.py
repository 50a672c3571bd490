"""Searching what the actor sees."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from chassis.actors import Actor
from services.customers.registry.model import Customer, Site
from services.customers.search import repository
from services.customers.search.repository import Found
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
        return Hits(items=[_exactly(exact)])
    found = repository.find(session, actor, q, limit)
    people = [each.id for each in found if each.kind == HitKind.PERSON]
    places = repository.places_of(session, actor, people, day_of(now))
    # The sort is stable: what is equally good keeps the order customers, sites, people, each by name.
    best = sorted(found, key=lambda each: -each.score)[:limit]
    dialled = repository.reached_by(session, actor, q)
    return Hits(items=[_hit(each, places.get(each.id, ()), exact=each.id in dialled) for each in best])


def _exactly(named: Customer | Site) -> Hit:
    if isinstance(named, Customer):
        return _hit(Found(HitKind.CUSTOMER, named.id, named.name, (named.number,), 1.0), exact=True)
    more = (named.number, named.street, named.postal_code, named.city)
    return _hit(Found(HitKind.SITE, named.id, named.name, more, 1.0), exact=True)


def _hit(found: Found, places: Sequence[str] = (), *, exact: bool = False) -> Hit:
    match found.kind, found.more:
        case HitKind.SITE, (number, street, postal_code, city):
            subtitle = f"{number} · {street}, {postal_code} {city}"
        case HitKind.PERSON, (title, *_):
            named = ", ".join(places[:PLACES]) + (f" +{len(places) - PLACES}" if len(places) > PLACES else "")
            subtitle = " · ".join(each for each in (title, named) if each)
        case _, (number, *_):
            subtitle = number or ""
    return Hit(
        kind=found.kind,
        id=found.id,
        title=found.name,
        subtitle=subtitle,
        score=1.0 if exact else found.score,
        exact=exact,
    )
