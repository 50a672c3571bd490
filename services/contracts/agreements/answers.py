"""What goes out about contracts and their years."""

from datetime import date
from uuid import UUID

from chassis.schemas import Instant, View, Whole, example
from services.contracts import examples
from services.contracts.agreements.schemas import (
    AnnexEntry,
    Currency,
    Money,
    Owner,
    PersonEntry,
    TargetEntry,
)
from services.contracts.agreements.values import Cents, Quantity
from services.contracts.agreements.vocabulary import Kind, Point, State, Unit
from trade.vocabulary import Party, Service


class CustomerRef(View):
    """A customer by name; the name is empty until the customer registry has told it."""

    id: UUID
    """Its id."""
    name: str
    """Its name."""


class BlockerView(View):
    """Something that is missing before signing."""

    code: str
    """What is missing, for programs."""
    text: str
    """The same in the reader's language."""


class YearRef(View):
    """A contract's year, its state, and what an unsigned one still lacks."""

    year: int
    """The calendar year."""
    state: State
    """How far it is."""
    blockers: list[BlockerView]
    """What it lacks before it can be signed."""


class ContractView(View):
    """A framework agreement."""

    model_config = example(examples.CONTRACT)

    id: UUID
    """Its id."""
    reference: str
    """The number that people use, such as `S-2026-012`."""
    customer: CustomerRef
    """The customer."""
    producer_name: str
    """Who produces the services."""
    kind: Kind
    """What sort of agreement it is."""
    services: list[Service]
    """Which services it is about."""
    years: list[YearRef]
    """Its years that the reader sees."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""


class PointView(View):
    """One of the six points."""

    point: Point
    """Which of the six points."""
    title: str
    """What it is called, in the reader's language."""
    owner: Owner | None
    """Who answers for it; null while nobody is named."""
    text: str
    """What was agreed; empty while nothing is."""
    complete: bool
    """Whether it has an owner and a text."""


class ConsentView(View):
    """Who approved or signed for a party, and when; of a signature given on paper also who recorded it."""

    party: Party
    """Which side."""
    name: str
    """Who approved or signed."""
    recorded_by: str | None = None
    """Who recorded a signature that was given on paper; null of one's own."""
    at: Instant
    """When."""


class Sum(View):
    """A sum of money or a difference of two, to the cent."""

    amount: Cents
    """An exact decimal as text, such as `199820.00` or `-1250.50`."""
    currency: Currency = "EUR"
    """ISO 4217."""


class CostView(View):
    """What lines cost in the year; `total` is `previous_total` with the four effects added, to the cent."""

    total: Sum
    """What they cost in the year."""
    previous_total: Sum | None
    """What it cost the year before; null when nothing is known of it."""
    price_effect: Sum
    """What the change of prices makes, at this year's quantities."""
    quantity_effect: Sum
    """What the change of quantities makes, at last year's prices."""
    added: Sum
    """What services cost that are new."""
    ended: Sum
    """What services cost that are left out; zero or below."""


class ServiceCostView(CostView):
    """The same of one service."""

    service: Service
    """Which service."""


class YearCostView(CostView):
    """What the year costs, whole and service by service."""

    services: list[ServiceCostView]
    """Service by service, the one that changes most first."""


class LineView(View):
    """A service at a site with its price."""

    id: UUID
    """Its id."""
    site_id: UUID
    """The site."""
    site_name: str
    """Its name."""
    service: Service
    """Which service."""
    standard: str
    """By which standard it is produced."""
    price: Money
    """What one unit costs."""
    unit: Unit
    """What the price is for."""
    quantity: Quantity
    """How many units in the year, a decimal as text."""
    previous_price: Money | None
    """What one unit cost the year before."""
    previous_quantity: Quantity | None
    """How many units there were the year before, a decimal as text."""
    change_reason: str | None
    """Why the price or the quantity changed."""
    yearly: Sum
    """What it costs in the year."""
    previous_yearly: Sum | None
    """What it cost the year before; null when it is new."""


class YearView(View):
    """A contract year as its reader may see it; a site's people see their own sites' lines."""

    model_config = example(examples.YEAR)

    id: UUID
    """Its id."""
    contract_id: UUID
    """The framework agreement's id."""
    reference: str
    """The agreement's number."""
    customer: CustomerRef
    """The customer."""
    year: int
    """The calendar year."""
    state: State
    """How far it is."""
    valid_from: date
    """The first day on which it holds."""
    valid_until: date
    """The last day on which it holds."""
    signed_at: Instant | None
    """When both sides had signed."""
    signed_by: list[ConsentView]
    """Who signed for each side."""
    approved_by: list[ConsentView]
    """Who approved for each side."""
    content_hash: str | None
    """SHA-256 of the signed content, in hexadecimal digits."""
    blockers: list[BlockerView]
    """What it lacks before it can be signed."""
    points: list[PointView]
    """The six points, in their order."""
    persons: list[PersonEntry]
    """The responsible persons of both sides."""
    lines: list[LineView]
    """Services, sites and prices."""
    cost: YearCostView
    """What the lines cost that the reader sees, and what changed since the year before."""
    targets: list[TargetEntry]
    """How soon feedback is answered and solved."""
    annexes: list[AnnexEntry]
    """The annexes."""
    allowed: list[str]
    """The steps that the reader may take now: names of its sub-resources."""
    acts_for: Party | None
    """Which side the reader may act for; null for neither."""
    version: Whole
    """Rises with each change; it is the ETag, for If-Match."""


class AgreedView(View):
    """What is agreed for one site on the day asked: the site's card shows it (needs N9, N11)."""

    model_config = example(examples.AGREED)

    site_id: UUID
    """The site."""
    year: int
    """The contract year in force."""
    contract_id: UUID
    """The framework agreement's id."""
    reference: str
    """The agreement's number."""
    lines: list[LineView]
    """The site's services and prices."""
    targets: list[TargetEntry]
    """How soon feedback is answered and solved."""
    persons: list[PersonEntry]
    """The responsible persons of both sides."""
