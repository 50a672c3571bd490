"""Producers from a file, by their name in any letter case."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.customers.imports.customers import business_id_of
from services.customers.imports.outcome import Once, Outcome
from services.customers.imports.people import EMAIL, PHONE
from services.customers.imports.sheet import Sheet
from services.customers.registry.model import Producer
from services.customers.registry.producers.usecases import publish_producer
from services.customers.storing import touch

COLUMNS = ("name", "own", "business_id", "phone", "email")


def bring(session: Session, sheet: Sheet, now: datetime) -> Outcome:
    """Add and update producers; one of them at most is the own enterprise."""
    outcome = Outcome()
    once = Once()
    known = {each.name.casefold(): each for each in session.scalars(select(Producer))}
    own = next((each.name for each in known.values() if each.own), None)
    changed: list[Producer] = []
    for row in sheet.rows:
        name = row.needed("name")
        once.first(row, name.casefold(), "name")
        is_own = row.yes("own") is True
        business_id = business_id_of(row)
        phone = row.formed("phone", *PHONE, limit=40)
        email = row.formed("email", *EMAIL)
        if is_own and own is not None and own.casefold() != name.casefold():
            row.fault("own", "taken", value=own)
        if row.faults:
            continue
        own = name if is_own else own
        producer = known.get(name.casefold())
        new = producer is None
        producer = producer or Producer.blank(now)
        producer.describe(name=name, own=is_own, business_id=business_id, phone=phone, email=email)
        if outcome.count(session, producer, new=new):
            touch(producer, now)
            changed.append(producer)
    session.add_all(changed)
    for producer in changed:
        publish_producer(session, producer)
    return outcome
