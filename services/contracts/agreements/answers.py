"""What goes out about contracts and their years."""

from datetime import date
from uuid import UUID

from chassis.schemas import Instant, View, Whole, example
from services.contracts import examples
from services.contracts.agreements.schemas import AnnexEntry, Money, Owner, PersonEntry, TargetEntry
from services.contracts.agreements.values import Quantity
from services.contracts.agreements.words import Kind, Party, Point, Service, State, Unit


class CustomerRef(View):
    """A customer by name; the name is empty until the customer registry has told it."""

    id: UUID
    name: str


class BlockerView(View):
    """Something that is missing before signing."""

    code: str
    text: str


class YearRef(View):
    """A contract's year, its state, and what an unsigned one still lacks."""

    year: int
    state: State
    blockers: list[BlockerView]


class ContractView(View):
    """A framework agreement."""

    model_config = example(examples.CONTRACT)

    id: UUID
    reference: str
    customer: CustomerRef
    producer_name: str
    kind: Kind
    services: list[Service]
    years: list[YearRef]
    version: int


class PointView(View):
    """One of the six points."""

    point: Point
    title: str
    owner: Owner | None
    text: str
    complete: bool


class ConsentView(View):
    """Who approved or signed for a party, and when."""

    party: Party
    name: str
    at: Instant


class LineView(View):
    """A service at a site with its price."""

    id: UUID
    site_id: UUID
    site_name: str
    service: Service
    standard: str
    price: Money
    unit: Unit
    quantity: Quantity
    previous_price: Money | None
    change_reason: str | None


class YearView(View):
    """A contract year as its reader may see it; a site's people see their own sites' lines."""

    model_config = example(examples.YEAR)

    id: UUID
    contract_id: UUID
    reference: str
    customer: CustomerRef
    year: int
    state: State
    valid_from: date
    valid_until: date
    signed_at: Instant | None
    signed_by: list[ConsentView]
    approved_by: list[ConsentView]
    content_hash: str | None
    blockers: list[BlockerView]
    points: list[PointView]
    persons: list[PersonEntry]
    lines: list[LineView]
    targets: list[TargetEntry]
    annexes: list[AnnexEntry]
    allowed: list[str]
    acts_for: Party | None
    version: Whole


class AgreedView(View):
    """What is agreed for one site on the day asked: the site's card shows it (needs N9, N11)."""

    model_config = example(examples.AGREED)

    site_id: UUID
    year: int
    contract_id: UUID
    reference: str
    lines: list[LineView]
    targets: list[TargetEntry]
    persons: list[PersonEntry]
