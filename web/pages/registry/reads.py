"""What the registry's rooms read of the gateway's answers."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from web.gateway import Composed, Read


class Named(Read):
    """Something with an id and a name."""

    id: str
    name: str


class Department(Named):
    """A department of the city."""


class PersonCard(Read):
    """How to reach a person."""

    person_id: str | None = None
    name: str
    title: str | None = None
    phone: str | None = None
    email: str | None = None


class Customer(Named):
    """An ordering customer."""

    number: str
    kind: str
    department: Named | None = None
    customer_group: Named | None = None
    account_manager: PersonCard | None = None
    business_id: str | None = None
    billing_reference: str | None = None
    partnership_note: str | None = None
    site_count: int = 0


class Address(Read):
    """Where a site is."""

    street: str
    postal_code: str
    city: str


class SiteService(Read):
    """A service the site uses, and who produces it."""

    service: str
    producer_name: str
    own: bool = True
    standard: str | None = None


class Site(Named):
    """A school, a day-care centre, a care home …"""

    number: str
    kind: str
    customer_id: str
    customer_name: str
    address: Address | None = None
    services: tuple[SiteService, ...] = ()
    heads: tuple[PersonCard, ...] = ()


class Contact(PersonCard):
    """A person in a role at a customer or a site."""

    role: str
    level: str = "operational"
    side: str = "customer"
    service: str | None = None
    stand_in: PersonCard | None = None


class Reason(Read):
    """Why, as a code and in words."""

    code: str = ""
    text: str = ""


class Alternative(Read):
    """Somebody else who can help, and why."""

    person: PersonCard
    reason: Reason = Reason()


class Whom(Read):
    """The person to contact now about a topic, and why this one; ``instead_of`` is away."""

    topic: str
    person: PersonCard | None = None
    stand_in: PersonCard | None = None
    instead_of: PersonCard | None = None
    away: bool = False
    reason: Reason = Reason()
    alternatives: tuple[Alternative, ...] = ()


class Duration(Read):
    """A promised time, business or calendar."""

    basis: str
    duration: str


GRAVEST_FIRST = ("critical", "high", "normal", "low")


class Target(Read):
    """Promised times of a service and a severity."""

    service: str
    severity: Literal["critical", "high", "normal", "low"]
    response: Duration
    resolution: Duration | None = None


class Money(Read):
    """An amount as a decimal string."""

    amount: str
    currency: str = "EUR"


class Line(Read):
    """A service at a site as agreed."""

    service: str
    standard: str | None = None
    price: Money | None = None
    unit: str = ""


class Responsible(Read):
    """A named responsible person of a contract year."""

    party: str
    role: str
    name: str
    phone: str | None = None
    email: str | None = None


class Agreed(Read):
    """What the year in force agrees for a site."""

    year: int
    contract_id: str
    reference: str
    lines: tuple[Line, ...] = ()
    targets: tuple[Target, ...] = ()
    persons: tuple[Responsible, ...] = ()

    @property
    def promises(self) -> list[Target]:
        """Return the promised times by service, the gravest matters first."""
        return sorted(self.targets, key=lambda each: (each.service, GRAVEST_FIRST.index(each.severity)))

    @property
    def promises_told_once(self) -> list[tuple[Target, list[str]]]:
        """Return each promise with the services that have it: equal promises are said once."""
        services: dict[tuple[str, Duration, Duration | None], list[str]] = {}
        firsts: dict[tuple[str, Duration, Duration | None], Target] = {}
        for each in self.promises:
            same = (each.severity, each.response, each.resolution)
            services.setdefault(same, []).append(each.service)
            firsts.setdefault(same, each)
        return [(firsts[same], names) for same, names in services.items()]


class Handler(Read):
    """Who has a case now."""

    name: str


class TimeLeft(Read):
    """How a case stands with its promised time."""

    due_at: datetime | None = None
    state: str


class OpenCase(Read):
    """A case that is not finished."""

    id: str
    reference: str
    kind: str
    state: str
    subject: str
    site: Named
    handler: Handler | None = None
    received_at: datetime
    next_due_at: datetime | None = None
    waiting_for: str | None = None
    time_left: TimeLeft | None = None


class SiteCard(Composed):
    """All of a site on one card."""

    site: Site
    agreed: Agreed | None = None
    contacts: tuple[Contact, ...] | None = None
    open_cases: tuple[OpenCase, ...] | None = None


class Blocker(Read):
    """What stands in the way of signing."""

    text: str


class Year(Read):
    """A contract year, as its customer's page shows it."""

    contract_id: str
    reference: str
    year: int
    state: str
    signed_at: datetime | None = None
    blockers: tuple[Blocker, ...] = ()


class Milestone(Read):
    """A step of the annual clock."""

    id: str
    topic: str
    responsible: str
    responsible_name: str
    due: date
    status: str
    overdue: bool = False
    overdue_days: int = 0


class Overview(Composed):
    """All of a customer on one page."""

    customer: Customer
    contacts: tuple[Contact, ...] | None = None
    sites: tuple[Site, ...] | None = None
    contract_year: Year | None = None
    open_cases: tuple[OpenCase, ...] | None = None
    milestones: tuple[Milestone, ...] | None = None


class Span(Read):
    """A stretch of time that is open or not, and why."""

    starts: datetime = Field(alias="from")
    ends: datetime = Field(alias="to")
    kind: str
    reason: Reason = Reason()


class Calendar(Read):
    """By which hours a site works."""

    working_day: str | None = None
    """How long its ordinary day is, as in ISO 8601."""


class Preview(Read):
    """How the working time of a site would run from now."""

    ledger: tuple[Span, ...] = ()
    calendar: Calendar = Calendar()


class StandIn(Read):
    """Who stands in while somebody is away."""

    person_id: str
    name: str


class Absence(Read):
    """Days away, both ends included."""

    first_day: date
    last_day: date


class Assignment(Read):
    """A role of a person, the site or customer it is for, and from when until when."""

    role: str
    site_id: str | None = None
    customer_id: str | None = None
    service: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    stand_in: StandIn | None = None

    @property
    def path(self) -> str | None:
        """Return where the site or customer is shown; None for a role that is bound to neither."""
        if self.site_id:
            return f"/sites/{self.site_id}"
        return f"/customers/{self.customer_id}" if self.customer_id else None


class Person(Read):
    """A person of either side."""

    name: str
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    assignments: tuple[Assignment, ...] = ()
    absences: tuple[Absence, ...] = ()


class PersonRow(Person):
    """A person as a list tells it."""

    id: str
