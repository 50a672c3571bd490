"""Cases, their clocks and counts, as the feedback service tells them."""

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import (
    Code,
    Listing,
    Named,
    PersonCard,
    Service,
    Severity,
    Shape,
)
from gateway.shapes.customers import Reason
from gateway.shapes.examples import cases as examples
from gateway.shapes.examples.ids import listing

CASE_STATES = "received, acknowledged, in_progress, waiting, resolved or closed"


class CaseProducer(Named):
    """Whose work it is about."""

    own: bool


class Handler(Shape):
    """The named handler."""

    person_id: UUID | None = None
    name: str
    phone: str | None = None
    email: str | None = None
    role: str | None = None


class TimeLeft(Shape):
    """How much of the time is used; 1.0 is the due instant."""

    due_at: datetime | None
    share_used: float | None
    state: Annotated[Code, Field(description="ok, soon, late, paused or done")]


class Case(Shape):
    """A word of feedback and what became of it."""

    example = examples.CASE

    id: UUID
    reference: str
    kind: Annotated[Code, Field(description="complaint, suggestion, praise or question")]
    service: Service
    severity: Severity
    state: Annotated[Code, Field(description=CASE_STATES)]
    subject: str
    description: str | None = None
    site: Named
    customer: Named | None
    producer: CaseProducer | None
    channel: Annotated[Code, Field(description="web, phone, email or face_to_face")]
    wish: str | None
    reporter: PersonCard | None = None
    handler: Handler | None
    stand_in: Handler | None
    occurred_at: datetime | None
    received_at: datetime
    logged_at: datetime
    acknowledged_at: datetime | None
    first_response_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    response_due_at: datetime | None
    resolution_due_at: datetime | None
    next_due_at: datetime | None
    response_breached: bool
    resolution_breached: bool
    waiting_for: str | None
    time_left: TimeLeft | None
    cycle: int
    allowed: list[str]
    version: int


class Cases(Listing[Case]):
    """A queue of cases."""

    example: ClassVar[dict[str, Any]] = listing(examples.CASE)


class Message(Shape):
    """A message of a case."""

    id: str
    author: Shape | None
    body: str
    public: bool
    at: datetime
    kind: Annotated[Code, Field(description="message, receipt, question, answer, resolution or note")]


class WholeCase(Case):
    """A case with its conversation, history and escalations."""

    example: ClassVar[dict[str, Any]] = examples.WHOLE_CASE

    messages: list[Message]
    history: list[Shape]
    escalations: list[Shape]
    past_cycles: list[Shape]


class CaseCounts(Shape):
    """How many cases stand in each state; counts are bounded."""

    example = examples.CASE_COUNTS

    received: int
    acknowledged: int
    in_progress: int
    waiting: int
    late: int
    due_today: int
    open: int
    more: Annotated[list[str], Field(description="Names whose count is larger than said")]


class Interval(Shape):
    """A half-open part of time that counted or not, and why."""

    from_: Annotated[datetime, Field(alias="from")]
    to: datetime
    kind: Annotated[Code, Field(description="counted, paused or closed")]
    reason: Reason | str | None = None


class CaseClock(Shape):
    """Who set the due times, and which minutes counted."""

    example = examples.CASE_CLOCK

    case_id: UUID
    reference: str
    policy: Shape
    calendar: Shape
    clocks: Shape
    ledger: list[Interval]
    now: datetime


class Preview(Shape):
    """Due instants and their ledger for a case that is not stored."""

    example = examples.PREVIEW

    response_due_at: datetime | None
    resolution_due_at: datetime | None
    ledger: list[Interval]


class Calendar(Shape):
    """A named working calendar in its newest version."""

    example = examples.CALENDAR

    name: str
    title: str
    description: str
    time_zone: str
    frames: dict[str, list[list[str]]]
    holidays: str | None
    half_days: list[Shape]
    closures: list[Shape]
    version: int


class Calendars(Listing[Calendar]):
    """The working calendars."""

    example: ClassVar[dict[str, Any]] = listing(examples.CALENDAR)
