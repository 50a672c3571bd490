"""The events that the contracts service publishes. Each carries the aggregate's full state.

Who is named, and what a note of free text says, is kept apart from the event; no service asks for it.
"""

from datetime import date
from uuid import UUID

from chassis.events import EventType, Outbox
from chassis.languages import Language
from chassis.schemas import Instant, View
from services.contracts.agreements.answers import ConsentView
from services.contracts.agreements.schemas import AnnexEntry, Money, Owner, PersonEntry, TargetEntry
from services.contracts.agreements.values import Quantity
from services.contracts.agreements.vocabulary import Kind, Point, State, Unit
from services.contracts.clock.rules import Responsible, Status
from trade.vocabulary import Service


class ContractState(View):
    """A framework agreement."""

    id: UUID
    reference: str
    customer_id: UUID
    producer_name: str
    kind: Kind
    services: list[Service]
    version: int


class PointState(View):
    """What one of the six points says."""

    point: Point
    text: str


class LineState(View):
    """A service at a site with its price."""

    id: UUID
    site_id: UUID
    service: Service
    standard: str
    price: Money
    unit: Unit
    quantity: Quantity


class PersonalState(View):
    """The named people of a contract year."""

    persons: list[PersonEntry]
    owners: dict[Point, Owner]
    signed_by: list[ConsentView]


class YearState(View):
    """A contract year. ``state`` is the stored one.

    A signed year is in force from ``valid_from`` to ``valid_until``, both days included, without a further
    event; termination brings ``valid_until`` forward.
    """

    id: UUID
    contract_id: UUID
    reference: str
    customer_id: UUID
    year: int
    state: State
    valid_from: date
    valid_until: date
    signed_at: Instant | None
    content_hash: str | None
    points: list[PointState]
    lines: list[LineState]
    targets: list[TargetEntry]
    annexes: list[AnnexEntry]
    personal: PersonalState
    version: int


class MilestoneState(View):
    """A milestone of a customer's annual clock."""

    id: UUID
    year: int
    customer_id: UUID
    row: int
    topic: dict[Language, str]
    content: dict[Language, str]
    responsible: Responsible
    producing: Responsible | None
    due: date
    status: Status
    actual_on: date | None
    actual_note: str | None
    version: int


CONTRACT_CHANGED = "kumppani.contracts.contract.changed"
YEAR_CHANGED = "kumppani.contracts.year.changed"
MILESTONE_CHANGED = "kumppani.contracts.milestone.changed"
PUBLISHED = (
    EventType(CONTRACT_CHANGED, ContractState, "A framework agreement was made or changed."),
    EventType(
        YEAR_CHANGED,
        YearState,
        "A contract year was drafted, edited or moved to another state.",
        personal=frozenset({"personal"}),
    ),
    EventType(
        MILESTONE_CHANGED,
        MilestoneState,
        "A milestone was planned, moved, recorded or cancelled.",
        personal=frozenset({"actual_note"}),
    ),
)
_outbox = Outbox(PUBLISHED)
publish = _outbox.append
