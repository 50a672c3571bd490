"""What the contract rooms read of the gateway's answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from web.gateway import Read
from web.labels import LABELS

OPEN_STATES = frozenset({"draft", "in_negotiation", "in_approval"})
BINDING_STATES = frozenset({"signed", "in_force", "ended", "terminated"})


class Named(Read):
    """Something with an id; its name is missing until the registry has told it."""

    id: str
    name: str | None = None


class Blocker(Read):
    """What still stands in the way of signing."""

    code: str
    text: str


class YearState(Read):
    """A contract's year: how far it is, and what an unsigned one still lacks."""

    year: int
    state: str
    blockers: tuple[Blocker, ...] = ()

    @property
    def open(self) -> bool:
        """Say whether the year is still being agreed."""
        return self.state in OPEN_STATES


class Contract(Read):
    """A framework agreement between a customer and the producer."""

    id: str
    reference: str
    customer: Named
    producer_name: str
    kind: str = "partnership"
    services: tuple[str, ...] = ()
    years: tuple[YearState, ...] = ()

    @property
    def newest(self) -> int | None:
        """Return the latest year that there is."""
        return max((each.year for each in self.years), default=None)


class Consent(Read):
    """Who approved or signed for a party, and when; of a signature on paper also who recorded it."""

    party: str
    name: str
    recorded_by: str | None = None
    at: datetime


class Owner(Read):
    """Who answers for a point."""

    party: str
    name: str
    person_id: str | None = None


class Point(Read):
    """One of the six things a contract must agree."""

    point: str
    title: str
    owner: Owner | None = None
    text: str | None = None
    complete: bool = False


class Responsible(Read):
    """A named responsible person of a party."""

    party: str
    role: str
    person_id: str | None = None
    name: str
    phone: str | None = None
    email: str | None = None


class Money(Read):
    """An exact amount."""

    amount: Decimal
    currency: str = "EUR"


class Cost(Read):
    """What lines cost in the year, the year before, and the four effects between the two."""

    total: Money
    previous_total: Money | None = None
    price_effect: Money
    quantity_effect: Money
    added: Money
    ended: Money


class ServiceCost(Cost):
    """The same of one service."""

    service: str


class YearCost(Cost):
    """What the year costs, also service by service, the one that changes most first."""

    services: tuple[ServiceCost, ...] = ()


class Line(Read):
    """A service at a site: standard, price and quantity."""

    id: str
    site_id: str
    site_name: str | None = None
    service: str
    standard: str | None = None
    price: Money | None = None
    unit: str = ""
    quantity: Decimal = Decimal(0)
    previous_price: Money | None = None
    previous_quantity: Decimal | None = None
    change_reason: str | None = None
    yearly: Money | None = None
    previous_yearly: Money | None = None


class Duration(Read):
    """A promised time, in working time or by the calendar (ISO 8601)."""

    basis: str
    duration: str


class Target(Read):
    """Promised times of a service and a severity."""

    service: str
    severity: str
    response: Duration
    resolution: Duration | None = None


class Annex(Read):
    """An annex of the year."""

    kind: str
    title: str


class DraftedYear(Read):
    """A year that was drafted just now."""

    year: int


class Year(YearState):
    """A contract year as its reader may see it."""

    contract_id: str
    reference: str
    customer: Named
    valid_from: date
    valid_until: date
    signed_at: datetime | None = None
    signed_by: tuple[Consent, ...] = ()
    approved_by: tuple[Consent, ...] = ()
    content_hash: str | None = None
    points: tuple[Point, ...] = ()
    persons: tuple[Responsible, ...] = ()
    lines: tuple[Line, ...] = ()
    cost: YearCost | None = None
    targets: tuple[Target, ...] = ()
    annexes: tuple[Annex, ...] = ()
    allowed: frozenset[str] = frozenset()
    acts_for: str | None = None
    version: int

    @property
    def path(self) -> str:
        """Return the address of the year's page."""
        return f"/contracts/{self.contract_id}/years/{self.year}"

    @property
    def promises(self) -> list[Target]:
        """Return the promised times in the order of people's words: by service, the gravest first."""
        services, severities = list(LABELS["service"]), list(LABELS["severity"])[::-1]
        return sorted(
            self.targets, key=lambda each: (_place(services, each.service), _place(severities, each.severity))
        )

    @property
    def promises_told_once(self) -> list[tuple[tuple[str, ...], tuple[Target, ...]]]:
        """Return the promised times with the services that have the same: equal promises are said once."""
        told: dict[tuple[tuple[str, Duration, Duration | None], ...], list[tuple[str, Target]]] = {}
        for service, group in groupby(self.promises, key=lambda each: each.service):
            targets = tuple(group)
            same = tuple((each.severity, each.response, each.resolution) for each in targets)
            told.setdefault(same, []).extend((service, each) for each in targets)
        return [
            (
                tuple(dict.fromkeys(service for service, _ in each)),
                tuple(target for _, target in each[: len(same)]),
            )
            for same, each in told.items()
        ]

    @property
    def steps(self) -> frozenset[str]:
        """Return the steps that the reader may take now; writing is offered beside each part."""
        return self.allowed - {"edit_points", "edit_terms"}

    def point_of(self, code: str) -> Point | None:
        """Return one of the six points."""
        return next((each for each in self.points if each.point == code), None)

    def line_of(self, line_id: str) -> Line | None:
        """Return a line by its id."""
        return next((each for each in self.lines if each.id == line_id), None)

    def consent_of(self, party: str, *, signed: bool) -> Consent | None:
        """Return the party's signature or approval."""
        given = self.signed_by if signed else self.approved_by
        return next((each for each in given if each.party == party), None)


def _place(order: Sequence[str], code: str) -> int:
    return order.index(code) if code in order else len(order)


class HistoryEntry(Read):
    """Something that happened, by whom and when."""

    at: datetime
    what: str
    by: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


class Milestone(Read):
    """A step of the annual clock."""

    id: str
    year: int
    customer_id: str | None
    customer_name: str | None
    row: int
    topic: str
    content: str
    responsible: str
    responsible_name: str
    due: date
    status: str
    overdue: bool
    overdue_days: int
    actual_on: date | None
    actual_note: str | None
    version: int


class LastYear(Read):
    """What became of the same step a year before."""

    id: str
    year: int
    due: date
    status: str
    actual_on: date | None = None
    actual_note: str | None = None


class WholeMilestone(Milestone):
    """A step of the clock with its newest history and what became of it last year."""

    history: tuple[HistoryEntry, ...] = ()
    last_year: LastYear | None = None
    allowed: frozenset[str] = frozenset()

    @property
    def plan_changes(self) -> frozenset[str]:
        """Return what the reader may do to the plan."""
        return self.allowed - {"actual"}


class Summary(Read):
    """How many milestones are in which status; overdue ones are among the scheduled."""

    total: int = 0
    scheduled: int = 0
    met: int = 0
    partially_met: int = 0
    not_met: int = 0
    cancelled: int = 0
    overdue: int = 0


class Clock(Read):
    """A page of the annual clock."""

    year: int
    items: tuple[Milestone, ...] = ()
    summary: Summary = Summary()
    next: str | None = None


class CalendarFeed(Read):
    """A calendar subscription without its secret."""

    id: str
    year: int | None = None
    customer_id: str | None = None
    responsible: str | None = None
    created_at: datetime


class NewCalendarFeed(CalendarFeed):
    """A calendar subscription with the address that is told once."""

    path: str
