"""The tables of a case: its present state, its append-only log, the results of past cycles."""

from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from chassis.tables import Versioned, new_id, string_enum
from services.feedback.base import Base
from services.feedback.cases.rules import check, state_after_answer, state_after_customer
from services.feedback.cases.vocabulary import OPEN_STATES, Action, Channel, Kind, State, What, Wish
from trade.vocabulary import Service, Severity

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""``queue_at`` of a case without a running clock: last in the queue. Paging keys cannot be null."""
_OPEN_SQL = "state in (" + ", ".join(f"'{state.value}'" for state in OPEN_STATES) + ")"
_OPEN = sa.text("open")
URGENT = "severity = 'critical' and first_response_at is null"
"""What an open case is that somebody must answer before all others."""
_NEWEST = (sa.text("received_at desc"), sa.text("id desc"))


class Case(Versioned, Base, table=True):
    """A received word. The due columns are projections of the log, kept for queues and rebuilt by a job."""

    __tablename__ = "feedback_case"
    # The queue shows open cases only, so its indexes hold only those and stay small however many closed
    # ones pile up. Each audience (city, customer, site, producer, handler) has its own in each order.
    __table_args__ = (
        sa.Index("case_queue", "queue_at", "id", postgresql_where=_OPEN),
        *(
            sa.Index(f"case_queue_{who}", f"{who}_id", "queue_at", "id", postgresql_where=_OPEN)
            for who in ("customer", "site", "producer", "handler")
        ),
        # Counting the open cases of a state that few are in, or one handler has, must not read all open ones.
        sa.Index("case_state_handler", "state", "handler_id", postgresql_where=_OPEN),
        sa.Index("case_urgent", "queue_at", "id", postgresql_where=sa.text(f"open and {URGENT}")),
        # What fell due in a month lies together, near enough for the smallest index of all.
        sa.Index("case_promised", "response_due_at", "resolution_due_at", postgresql_using="brin"),
        sa.Index("case_newest", *_NEWEST),
        *(
            sa.Index(f"case_newest_{who}", f"{who}_id", *_NEWEST)
            for who in ("customer", "site", "producer", "handler")
        ),
        sa.Index("case_warning", "warn_at", postgresql_where=sa.text("warn_at is not null")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    reference: str = Field(sa_column=sa.Column(sa.String(20), nullable=False, unique=True))
    kind: Kind = Field(sa_column=sa.Column(string_enum(Kind), nullable=False))
    service: Service = Field(sa_column=sa.Column(string_enum(Service), nullable=False))
    severity: Severity = Field(sa_column=sa.Column(string_enum(Severity), nullable=False))
    state: State = Field(sa_column=sa.Column(string_enum(State), nullable=False))
    open: bool = Field(
        default=True, sa_column=sa.Column(sa.Boolean, sa.Computed(_OPEN_SQL, persisted=True), nullable=False)
    )
    channel: Channel = Field(sa_column=sa.Column(string_enum(Channel), nullable=False))
    wish: Wish | None = Field(default=None, sa_column=sa.Column(string_enum(Wish)))
    subject: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    description: str = Field(sa_column=sa.Column(sa.Text, nullable=False))

    site_id: UUID
    customer_id: UUID
    producer_id: UUID | None = None
    reporter_id: UUID | None = None
    reporter_name: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    reporter_phone: str | None = Field(default=None, sa_column=sa.Column(sa.Text))
    reporter_email: str | None = Field(default=None, sa_column=sa.Column(sa.Text))
    handler_id: UUID | None = None
    """None is the default desk of the settings."""
    handler_role: str = Field(sa_column=sa.Column(sa.String(40), nullable=False))
    stand_in_id: UUID | None = None

    occurred_at: datetime | None = None
    received_at: datetime
    logged_at: datetime
    cycle: int = 1
    """1, and one more with each reopening; the columns below speak of this cycle."""
    opened_at: datetime
    """When this cycle began: received, or reopened."""
    acknowledged_at: datetime | None = None
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    waiting_for: str | None = Field(default=None, sa_column=sa.Column(sa.Text))
    waiting_since: datetime | None = None

    targets: dict[str, Any] = Field(sa_column=sa.Column(JSONB, nullable=False))  # Any: JSON of sla
    """The promise in force: policy with its source, calendar name and version."""
    response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    next_due_at: datetime | None = None
    queue_at: datetime = NEVER
    warn_at: datetime | None = None
    """The next instant at which somebody on the ladder has to be told."""
    response_breached: bool = False
    resolution_breached: bool = False
    last_entry: int = 1
    """Number of the newest entry in the log."""

    def acknowledge(self, now: datetime) -> None:
        """Say that a person has it: received → acknowledged."""
        check(Action.ACKNOWLEDGE, self.state)
        self.state = State.ACKNOWLEDGED
        self.acknowledged_at = now

    def answer(self, now: datetime) -> None:
        """A person of the producer's side wrote to the customer: the first time is the first response."""
        self._respond(now)
        self.state = state_after_answer(self.state)

    def hear(self) -> bool:
        """The customer wrote; return whether that ends a waiting."""
        before = self.state
        self.state = state_after_customer(self.state)
        if before is State.WAITING:
            self._stop_waiting()
        return before is State.WAITING

    def wait(self, question: str, now: datetime) -> None:
        """Ask the customer; until the answer the resolution clock rests."""
        check(Action.WAIT, self.state)
        self._respond(now)
        self.state = State.WAITING
        self.waiting_for = question
        self.waiting_since = now

    def resume(self) -> None:
        """Go on without, or after, the customer's answer."""
        check(Action.RESUME, self.state)
        self.state = State.IN_PROGRESS
        self._stop_waiting()

    def resolve(self, now: datetime) -> None:
        """Say what was done: the matter is settled from the producer's side."""
        check(Action.RESOLVE, self.state)
        self._respond(now)
        self.state = State.RESOLVED
        self.resolved_at = now
        self._stop_waiting()

    def close(self, now: datetime) -> None:
        """Agree that it is settled."""
        check(Action.CLOSE, self.state)
        self.state = State.CLOSED
        self.closed_at = now

    def reopen(self, now: datetime) -> "CaseCycle":
        """Begin a new cycle and return the past one's result, which stays as it was."""
        check(Action.REOPEN, self.state)
        past = CaseCycle.of(self)
        self.state = State.IN_PROGRESS
        self.cycle += 1
        self.opened_at = now
        self.acknowledged_at = now
        self.first_response_at = self.resolved_at = self.closed_at = None
        self.response_breached = self.resolution_breached = False
        return past

    def _stop_waiting(self) -> None:
        self.waiting_for = self.waiting_since = None

    def _respond(self, now: datetime) -> None:
        self.acknowledged_at = self.acknowledged_at or now
        self.first_response_at = self.first_response_at or now


class CaseEntry(Base, table=True):
    """One thing that happened to a case; never changed.

    ``at`` is when it holds, ``logged_at`` when it was written down.
    """

    __tablename__ = "case_event"

    case_id: UUID = Field(primary_key=True, foreign_key="feedback_case.id")
    number: int = Field(primary_key=True)
    cycle: int
    what: What = Field(sa_column=sa.Column(string_enum(What), nullable=False))
    at: datetime
    logged_at: datetime
    by_id: UUID | None = None
    by_name: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    public: bool
    """Seen by the customer's side too."""
    body: str | None = Field(default=None, sa_column=sa.Column(sa.Text))
    data: dict[str, Any] = Field(
        default_factory=dict, sa_column=sa.Column(JSONB, nullable=False)
    )  # Any: JSON


class CaseCycle(Base, table=True):
    """The result of a finished cycle of a reopened case, for reports; written once."""

    __tablename__ = "case_cycle"
    __table_args__ = (
        sa.Index("case_cycle_promised", "response_due_at", "resolution_due_at", postgresql_using="brin"),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="feedback_case.id")
    cycle: int = Field(primary_key=True)
    opened_at: datetime
    acknowledged_at: datetime | None = None
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    response_breached: bool
    resolution_breached: bool

    @classmethod
    def of(cls, case: Case) -> "CaseCycle":
        """Take down the present cycle's result."""
        return cls(
            case_id=case.id,
            **{name: getattr(case, name) for name in cls.model_fields if name != "case_id"},
        )


Row = TypeVar("Row", Case, CaseEntry)


def quickly(table: type[Row], **values: Any) -> Row:  # Any: columns' values
    """Make a row object for reading only, with the defaults of its columns, as a loaded one is made.

    SQLModel's constructor takes a quarter of a millisecond, half of what the database needs for an intake.
    """
    row: Row = sa.inspect(table).class_manager.new_instance()
    row.__dict__.update(_DEFAULTS[table], **values)
    return row


_DEFAULTS: dict[type[Any], dict[str, Any]] = {  # Any: columns' values
    table: {name: field.default for name, field in table.model_fields.items() if not field.is_required()}
    for table in (Case, CaseEntry)
}
