"""The events this service publishes; each carries the full state of what changed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from chassis.events import EventType, Outbox
from services.customers.people.schemas import PersonState
from services.customers.registry.customers.schemas import CustomerState
from services.customers.registry.departments.schemas import DepartmentView
from services.customers.registry.producers.schemas import ProducerView
from services.customers.registry.sites.schemas import SiteState

DEPARTMENT_CHANGED = "kumppani.customers.department.changed"
CUSTOMER_CHANGED = "kumppani.customers.customer.changed"
SITE_CHANGED = "kumppani.customers.site.changed"
PRODUCER_CHANGED = "kumppani.customers.producer.changed"
PERSON_CHANGED = "kumppani.customers.person.changed"

PUBLISHED = (
    EventType(
        DEPARTMENT_CHANGED, DepartmentView, "A department or its customer groups were added or changed."
    ),
    EventType(
        CUSTOMER_CHANGED,
        CustomerState,
        "A customer was added or changed, or got another account manager. Without personal data.",
    ),
    EventType(
        SITE_CHANGED,
        SiteState,
        "A site, its services or their producers were added or changed. "
        "Heads come with people. Without personal data.",
    ),
    EventType(PRODUCER_CHANGED, ProducerView, "A producer was added or changed."),
    EventType(
        PERSON_CHANGED,
        PersonState,
        "A person, assignments, stand-ins or absences were added or changed. It never leaves the house.",
        personal=frozenset({"username", "name", "title", "email", "phone", "language", "absences"}),
    ),
)
PERSONAL_READERS = frozenset({"feedback"})
"""Services that need to know who people are: feedback names handlers and reporters."""
_STATES = {each.data: each.name for each in PUBLISHED}
_outbox = Outbox(PUBLISHED)
State = DepartmentView | CustomerState | SiteState | ProducerView | PersonState


def publish(session: Session, state: State) -> None:
    """Append the event that tells the new state, in the session's transaction."""
    _outbox.append(session, type=_STATES[type(state)], subject=str(state.id), data=state)


def publish_all(session: Session, states: Sequence[State]) -> None:
    """Append the events that tell the new states of many things of one kind."""
    if states:
        told = {str(each.id): each for each in states}
        _outbox.append_all(session, type=_STATES[type(states[0])], told=told)
