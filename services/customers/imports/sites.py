"""Sites from a file, by their number; a column a service names its producer, another one its standard."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.customers.imports.outcome import Once, Outcome
from services.customers.imports.sheet import Row, Sheet
from services.customers.registry.model import Customer, Producer, Site, SiteService
from services.customers.registry.repository import services_of
from services.customers.registry.sites.usecases import publish_sites, replace_services
from services.customers.storing import store, touch
from services.customers.vocabulary import SiteKind
from trade.vocabulary import Service

COLUMNS = (
    "number",
    "name",
    "kind",
    "customer",
    "street",
    "postal_code",
    "city",
    "latitude",
    "longitude",
    "calendar",
)
SERVICE_COLUMNS = tuple(f"{service}{suffix}" for service in Service for suffix in ("", "_standard"))
"""``meals`` holds the producer's name, ``meals_standard`` the standard; services without a column stay."""


def bring(session: Session, sheet: Sheet, now: datetime) -> Outcome:
    """Add and update sites with their services; ``customer`` is a number, producers are names."""
    outcome = Outcome()
    once = Once()
    customers = {each.number: each for each in session.scalars(select(Customer))}
    producers = {each.name: each for each in session.scalars(select(Producer))}
    known = {each.number: each for each in session.scalars(select(Site))}
    services = services_of(session, [each.id for each in known.values()])
    changed: list[tuple[Site, list[SiteService], list[SiteService]]] = []
    for row in sheet.rows:
        number = row.formed("number", r"K-[0-9]{1,9}", "K-0001")
        once.first(row, number, "number")
        site = _described(row, number, known.get(number), customers, now)
        wanted = {service: _wanted(row, service, producers) for service in Service if row.has(service)}
        if site is None or row.faults:
            continue
        kept = [each for each, _ in services.get(site.id, [])]
        after = [each for each in kept if each.service not in wanted]
        for service, choice in wanted.items():
            if choice is not None:
                producer, standard = choice
                after.append(
                    SiteService(site_id=site.id, service=service, producer_id=producer.id, standard=standard)
                )
        differs = _facts(after) != _facts(kept)
        if outcome.count(session, site, new=number not in known, more=differs):
            touch(site, now)
            changed.append((site, after, kept))
    session.add_all(site for site, _, _ in changed)
    store(session, {})
    for _, after, kept in changed:
        replace_services(session, after, kept)
    publish_sites(session, [site for site, _, _ in changed])
    return outcome


def _described(
    row: Row, number: str, known: Site | None, customers: Mapping[str, Customer], now: datetime
) -> Site | None:
    row.needed("customer")
    customer = row.reference("customer", customers)
    name = row.needed("name")
    kind = row.chosen("kind", SiteKind)
    street = row.needed("street")
    postal_code = row.formed("postal_code", r"[0-9]{5}", "90100")
    city = row.needed("city", limit=100)
    latitude = row.degrees("latitude", 90)
    longitude = row.degrees("longitude", 180)
    calendar = row.formed("calendar", r"[a-z][a-z0-9_]*", "school", limit=40)
    if (row.text("latitude") is None) != (row.text("longitude") is None):
        row.fault("longitude" if row.text("latitude") else "latitude", "needs_both")
    if row.faults or customer is None:
        return None
    site = known or Site.blank(number, customer.id, now)
    site.describe(
        name=name,
        kind=kind,
        customer_id=customer.id,
        street=street,
        postal_code=postal_code,
        city=city,
        latitude=latitude,
        longitude=longitude,
        calendar=calendar,
    )
    return site


def _wanted(
    row: Row, service: Service, producers: Mapping[str, Producer]
) -> tuple[Producer, str | None] | None:
    producer = row.reference(service, producers)
    standard = row.text(f"{service}_standard", limit=400)
    if standard is not None and row.text(service) is None:
        row.fault(service, "needs_producer")
    return (producer, standard) if producer is not None else None


def _facts(services: list[SiteService]) -> set[tuple[Service, object, str | None]]:
    return {(each.service, each.producer_id, each.standard) for each in services}
