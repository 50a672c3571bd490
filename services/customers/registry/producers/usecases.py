"""What can be done with producers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session
from sqlmodel import col, select

from chassis.actors import Actor
from chassis.errors import FieldError, InvalidInput
from chassis.keyset import page
from chassis.paging import Page
from services.customers.access import Right, demand
from services.customers.editing import Editor
from services.customers.events import publish
from services.customers.listing import by_name, one_of
from services.customers.registry.model import Producer
from services.customers.registry.producers.schemas import ProducerInput, ProducerView
from services.customers.registry.rules import is_business_id
from services.customers.registry.visibility import visible_producers
from services.customers.storing import store, touch

TAKEN = {"producer_name": "#/name", "producer_name_key": "#/name", "producer_own": "#/own"}


def list_producers(session: Session, actor: Actor, *, limit: int, cursor: str | None) -> Page[ProducerView]:
    """Return the visible producers by name."""
    rows, following = page(
        session, visible_producers(actor), keys=by_name(Producer), limit=limit, cursor=cursor
    )
    return Page(items=[ProducerView.model_validate(row) for row in rows], next=following)


def read_producer(session: Session, actor: Actor, producer_id: UUID) -> ProducerView:
    """Return one producer.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    return ProducerView.model_validate(_visible(session, actor, producer_id))


def add_producer(by: Editor, given: ProducerInput) -> ProducerView:
    """Add a producer; tells it by an event.

    Raises:
        Forbidden: the actor may not.
        InvalidInput: the name is taken, a second own enterprise, or a wrong business id.
    """
    demand(by.actor, Right.EDIT_PRODUCERS)
    return _take(by.session, Producer.blank(by.now), given, by.now)


def edit_producer(by: Editor, producer_id: UUID, given: ProducerInput) -> ProducerView:
    """Change a producer; tells it by an event.

    Raises:
        NotFound, Forbidden, Stale: as elsewhere.
        InvalidInput: as `add_producer`.
    """
    producer = _visible(by.session, by.actor, producer_id)
    by.demand(Right.EDIT_PRODUCERS, producer)
    return _take(by.session, producer, given, by.now)


def publish_producer(session: Session, producer: Producer) -> ProducerView:
    """Store what changed of a producer, tell it by an event and return the new state."""
    store(session, TAKEN)
    state = ProducerView.model_validate(producer)
    publish(session, state)
    return state


def _visible(session: Session, actor: Actor, producer_id: UUID) -> Producer:
    return one_of(session, visible_producers(actor), producer_id)


def _take(session: Session, producer: Producer, given: ProducerInput, now: datetime) -> ProducerView:
    if given.business_id is not None and not is_business_id(given.business_id):
        raise InvalidInput([FieldError("#/business_id", "business_id")])
    names = session.execute(select(col(Producer.id), col(Producer.name))).all()  # some dozen
    if any(name.casefold() == given.name.casefold() and other != producer.id for other, name in names):
        raise InvalidInput([FieldError("#/name", "taken")])
    producer.describe(
        name=given.name,
        own=given.own,
        business_id=given.business_id,
        phone=given.phone,
        email=given.email,
    )
    touch(producer, now)
    session.add(producer)
    return publish_producer(session, producer)
