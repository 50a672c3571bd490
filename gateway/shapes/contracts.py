"""Contracts, contract years, the annual clock and its calendar feeds, as the contracts service tells them."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import Code, Listing, Service, Severity, Shape
from gateway.shapes.examples import contracts as examples
from gateway.shapes.examples.ids import listing

Party = Annotated[Code, Field(description="customer or producer")]
YEAR_STATES = "draft, in_negotiation, in_approval, signed, in_force, ended, rejected or terminated"


class Blocker(Shape):
    """What still stands in the way of signing."""

    code: str
    text: str


class YearState(Shape):
    """A contract year and how far it is."""

    year: int
    state: Annotated[Code, Field(description=YEAR_STATES)]
    blockers: Annotated[
        list[Blocker],
        Field(description="What an unsigned year still lacks; told to those who read the whole contract"),
    ]


class ContractCustomer(Shape):
    """The customer; its name is null until the registry has told it."""

    id: UUID
    name: str | None


class Contract(Shape):
    """The framework agreement between a customer and the producer."""

    example = examples.CONTRACT

    id: UUID
    reference: str
    customer: ContractCustomer
    producer_name: str
    kind: Code
    services: list[Service]
    years: list[YearState]
    version: int


class Contracts(Listing[Contract]):
    """Contracts, newest first."""

    example: ClassVar[dict[str, Any]] = listing(examples.CONTRACT)


class Signature(Shape):
    """Who signed for a party, and when."""

    party: Party
    name: str
    at: datetime


class Owner(Shape):
    """Who answers for a point."""

    party: Party
    name: str
    person_id: UUID | None = None


class Point(Shape):
    """One of the six things a contract must agree (source annex 2)."""

    point: Code
    title: str
    owner: Owner | None
    text: str | None
    complete: bool


class Responsible(Shape):
    """A named responsible person of a party."""

    party: Party
    role: str
    person_id: UUID | None
    name: str
    phone: str | None
    email: str | None


class Money(Shape):
    """An amount as a decimal string, and its currency."""

    amount: str
    currency: str


class Line(Shape):
    """A service at a site: standard, price and quantity."""

    id: UUID
    site_id: UUID
    site_name: str | None
    service: Service
    standard: str | None
    price: Money | None
    unit: Annotated[Code, Field(description="meal, m2_month or month")]
    quantity: Annotated[str, Field(description="A decimal as text")]
    previous_price: Money | None
    change_reason: str | None


class Duration(Shape):
    """A target in business or calendar time (ISO 8601)."""

    basis: Annotated[Code, Field(description="business or calendar")]
    duration: str


class Target(Shape):
    """Response and resolution targets of a service and a severity."""

    service: Service
    severity: Severity
    response: Duration
    resolution: Duration | None


class Annex(Shape):
    """An annex of the year."""

    kind: Code
    title: str


class Year(Shape):
    """A contract year with all that was agreed."""

    example = examples.YEAR

    id: UUID
    contract_id: UUID
    reference: str
    customer: ContractCustomer
    year: int
    state: Annotated[Code, Field(description=YEAR_STATES)]
    valid_from: date
    valid_until: date
    signed_at: datetime | None
    signed_by: list[Signature]
    content_hash: str | None
    blockers: list[Blocker]
    points: list[Point]
    persons: list[Responsible]
    lines: list[Line]
    targets: list[Target]
    annexes: list[Annex]
    allowed: list[str]
    version: int


class Agreed(Shape):
    """What the year in force agrees for one site."""

    example = examples.AGREED

    site_id: UUID
    year: int
    contract_id: UUID
    reference: str
    lines: list[Line]
    targets: list[Target]
    persons: list[Responsible]


class Milestone(Shape):
    """A step of the annual clock."""

    example = examples.MILESTONE

    id: UUID
    year: int
    customer_id: UUID | None
    customer_name: str | None
    row: int
    topic: str
    content: str
    responsible: Code
    responsible_name: str
    month: int
    due: date
    status: Annotated[Code, Field(description="scheduled, met, partially_met, not_met or cancelled")]
    overdue: bool
    overdue_days: int
    actual_on: date | None
    actual_note: str | None
    version: int


class WholeMilestone(Milestone):
    """A milestone with its newest history and last year's outcome."""

    example: ClassVar[dict[str, Any]] = examples.WHOLE_MILESTONE

    history: list[Shape]
    last_year: Shape | None
    allowed: list[str]


class Clock(Shape):
    """The annual clock of a year."""

    example = examples.CLOCK

    year: int
    items: list[Milestone]
    summary: dict[str, Any]  # Any: counts by status, open to new ones
    next: str | None = None


class HistoryEntry(Shape):
    """Something that happened, by whom and when."""

    at: datetime
    what: str
    by: str
    before: dict[str, Any] | None  # Any: JSON as it was
    after: dict[str, Any] | None  # Any: JSON as it became


class History(Listing[HistoryEntry]):
    """What happened, newest first."""

    example: ClassVar[dict[str, Any]] = examples.HISTORY


class CalendarFeed(Shape):
    """A calendar subscription without its secret."""

    id: UUID
    year: int | None
    customer_id: UUID | None
    responsible: str | None
    created_at: datetime
    ends_on: date | None
    """The last day it opens, if an end of the caller's rights is known."""


class NewCalendarFeed(CalendarFeed):
    """A calendar subscription with its secret, told only to the one who makes it."""

    example: ClassVar[dict[str, Any]] = examples.CALENDAR_FEED

    token: str
    path: str
    """Where calendar programs read it."""


class CalendarFeeds(Listing[CalendarFeed]):
    """The caller's calendar subscriptions."""

    example: ClassVar[dict[str, Any]] = listing(examples.CALENDAR_FEED)
