"""What can be done with sites."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import FieldError, InvalidInput
from chassis.keyset import ordered, page, read
from chassis.paging import Page
from services.customers.access import Right, demand
from services.customers.asking import Anybody, ids_of
from services.customers.editing import Editor
from services.customers.events import publish, publish_all
from services.customers.listing import by_name, one_of
from services.customers.names import patterns
from services.customers.people import repository as people
from services.customers.registry import repository
from services.customers.registry.model import Site, SiteService
from services.customers.registry.rules import number_after
from services.customers.registry.sites.schemas import (
    Address,
    Coordinates,
    SiteEdit,
    SiteInput,
    SiteServiceView,
    SiteState,
    SiteView,
)
from services.customers.registry.visibility import visible_sites
from services.customers.storing import by_hundreds, store, touch
from services.customers.vocabulary import SiteKind
from trade.days import day_of

TAKEN = {"site_number_key": "#/number"}


def list_sites(
    session: Session,
    actor: Actor,
    *,
    customer_id: UUID | None,
    kind: SiteKind | None,
    producer_id: UUID | None,
    q: str | None,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> Page[SiteView]:
    """Return the visible sites by name."""
    if (customer_id, kind, producer_id, q, cursor) == (None,) * 5:
        known = _first_page(actor.everything, limit)
        rows, following = read(session, known, keys=by_name(Site), limit=limit, values=ids_of(actor))
        return Page(items=views(session, rows, now), next=following)
    statement = visible_sites(actor)
    if customer_id is not None:
        statement = statement.where(col(Site.customer_id) == customer_id)
    if kind is not None:
        statement = statement.where(col(Site.kind) == kind)
    if producer_id is not None:
        produces = sa.exists().where(
            col(SiteService.site_id) == col(Site.id), col(SiteService.producer_id) == producer_id
        )
        statement = statement.where(produces)
    for pattern in patterns(q or ""):
        statement = statement.where(col(Site.search_text).like(pattern))
    rows, following = page(session, statement, keys=by_name(Site), limit=limit, cursor=cursor)
    return Page(items=views(session, rows, now), next=following)


@lru_cache
def _first_page(everything: bool, limit: int) -> sa.Select[Site]:
    """Return the statement of all that somebody sees, made once."""
    return ordered(visible_sites(Anybody(everything)), keys=by_name(Site), limit=limit)


def read_site(session: Session, actor: Actor, site_id: UUID, now: datetime) -> SiteView:
    """Return one site.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    return views(session, [visible(session, actor, site_id)], now)[0]


def add_site(by: Editor, given: SiteInput) -> SiteView:
    """Add a site, with the next free number when none is given; tells it by an event.

    Raises:
        Forbidden: the actor may not.
        InvalidInput: the number is taken, the customer or a producer unknown, or a service there twice.
    """
    demand(by.actor, Right.EDIT_SITES)
    _check(by.session, given)
    number = given.number or number_after("K", 4, repository.highest_number(by.session, Site))
    return _take(by.session, Site.blank(number, given.customer_id, by.now), given, by.now)


def edit_site(by: Editor, site_id: UUID, given: SiteEdit) -> SiteView:
    """Change a site and its services; tells it by an event.

    Raises:
        NotFound, Forbidden, Stale: as elsewhere.
        InvalidInput: as `add_site`.
    """
    site = visible(by.session, by.actor, site_id)
    by.demand(Right.EDIT_SITES, site)
    _check(by.session, given)
    return _take(by.session, site, given, by.now)


def publish_site(session: Session, site: Site) -> SiteState:
    """Store what changed of a site, tell it by an event and return the new state."""
    store(session, TAKEN)
    state = states(session, [site])[0]
    publish(session, state)
    return state


def publish_sites(session: Session, sites: Sequence[Site]) -> None:
    """Store what changed of many sites and tell it by their events."""
    store(session, TAKEN)
    for some in by_hundreds(sites):
        publish_all(session, states(session, some))


def visible(session: Session, actor: Actor, site_id: UUID) -> Site:
    """Return a site that the actor sees.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    return one_of(session, visible_sites(actor), site_id)


def states(session: Session, sites: Sequence[Site]) -> list[SiteState]:
    """Return sites without their people, with two queries however many they are."""
    customers = repository.customer_names(session, {each.customer_id for each in sites})
    services = repository.services_at(session, [each.id for each in sites])
    return [
        SiteState(
            id=each.id,
            number=each.number,
            name=each.name,
            kind=each.kind,
            customer_id=each.customer_id,
            customer_name=customers[each.customer_id],
            address=Address(street=each.street, postal_code=each.postal_code, city=each.city),
            coordinates=Coordinates(latitude=each.latitude, longitude=each.longitude)
            if each.latitude is not None and each.longitude is not None
            else None,
            calendar=each.calendar,
            services=[SiteServiceView.model_validate(service) for service in services.get(each.id, ())],
            version=each.version,
        )
        for each in sites
    ]


def views(session: Session, sites: Sequence[Site], now: datetime) -> list[SiteView]:
    """Return sites as shown, with their heads."""
    heads = people.heads(session, [each.id for each in sites], day_of(now))
    return [SiteView(**dict(state), heads=heads.get(state.id, [])) for state in states(session, sites)]


def replace_services(session: Session, wanted: Sequence[SiteService], kept: Sequence[SiteService]) -> bool:
    """Make the site's services the wanted ones; tell whether anything differed."""
    known = {each.service: each for each in kept}
    changed = False
    for each in wanted:
        same = known.pop(each.service, None)
        if same is None:
            session.add(each)
            changed = True
        elif (same.producer_id, same.standard) != (each.producer_id, each.standard):
            same.producer_id, same.standard = each.producer_id, each.standard
            changed = True
    for gone in known.values():
        session.delete(gone)
        changed = True
    return changed


def _take(session: Session, site: Site, given: SiteEdit, now: datetime) -> SiteView:
    site.describe(
        name=given.name,
        kind=given.kind,
        customer_id=given.customer_id,
        street=given.address.street,
        postal_code=given.address.postal_code,
        city=given.address.city,
        latitude=given.coordinates.latitude if given.coordinates else None,
        longitude=given.coordinates.longitude if given.coordinates else None,
        calendar=given.calendar,
    )
    touch(site, now)
    session.add(site)
    store(session, TAKEN)
    kept = [service for service, _ in repository.services_of(session, [site.id]).get(site.id, [])]
    wanted = [
        SiteService(
            site_id=site.id, service=each.service, producer_id=each.producer_id, standard=each.standard
        )
        for each in given.services
    ]
    replace_services(session, wanted, kept)
    publish_site(session, site)
    return views(session, [site], now)[0]


def _check(session: Session, given: SiteEdit) -> None:
    errors: list[FieldError] = []
    if given.customer_id not in repository.customers_by_id(session, [given.customer_id]):
        errors.append(FieldError("#/customer_id", "unknown_reference"))
    known = repository.producers_by_id(session, {each.producer_id for each in given.services})
    times = Counter(each.service for each in given.services)
    for index, each in enumerate(given.services):
        if each.producer_id not in known:
            errors.append(FieldError(f"#/services/{index}/producer_id", "unknown_reference"))
        if times[each.service] > 1:
            errors.append(FieldError(f"#/services/{index}/service", "twice"))
    if errors:
        raise InvalidInput(errors)
