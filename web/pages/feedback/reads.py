"""What the feedback rooms read of the gateway's answers: only the fields that a page shows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import AliasChoices, Field

from web.gateway import Read


def is_id(text: str) -> bool:
    """Say whether a typed text is an id: nothing else may stand in the gateway's path."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


class Named(Read):
    """A thing with an id and a name."""

    id: str
    name: str


class Producer(Named):
    """Who produces the service; `own` is False for an outside producer."""

    own: bool = True


class Handler(Read):
    """A person to call: the handler of a case or its stand-in."""

    person_id: str | None = None
    name: str
    title: str | None = None
    phone: str | None = None
    note: str | None = None
    """Why it is not the reader, who is the one to call else."""
    email: str | None = None
    role: str | None = None


class Reporter(Read):
    """Who told it."""

    person_id: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class TimeLeft(Read):
    """How much of the promised time is used: 1.0 is all of it."""

    due_at: datetime | None = None
    share_used: float | None = None
    state: Literal["ok", "soon", "late", "paused", "done"] = "ok"

    @property
    def percent_used(self) -> float:
        """Return how much of the promised time is used, at most all of it."""
        return round(min(max((self.share_used or 0) * 100, 0.0), 100.0), 1)


class CaseRow(Read):
    """A case as a list shows it."""

    id: str
    reference: str
    kind: str
    service: str
    severity: str
    state: str
    subject: str
    site: Named
    customer: Named | None = None
    producer: Producer | None = None
    handler: Handler | None = None
    stand_in: Handler | None = None
    reporter: Reporter | None = None
    received_at: datetime
    response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    first_response_at: datetime | None = None
    next_due_at: datetime | None = None
    response_breached: bool = False
    resolution_breached: bool = False
    waiting_for: str | None = None
    time_left: TimeLeft | None = None
    allowed: Sequence[str] = ()
    version: int


class Author(Read):
    """Who wrote a message; the automatic receipt has no person."""

    person_id: str | None = None
    name: str


class Message(Read):
    """One turn of the conversation."""

    id: str
    author: Author | None = None
    body: str
    public: bool
    at: datetime
    kind: str
    side: Literal["customer", "producer", "service"] | None = None
    """Who speaks; an older service does not tell it yet."""


class HistoryEntry(Read):
    """One thing that happened to the case, told by its code; `before` and `after` are values of that code."""

    at: datetime
    what: str
    by: str | Author | None = None
    before: object = None
    after: object = None

    @property
    def by_name(self) -> str | None:
        """Return the name of who did it, None for the product itself."""
        return self.by.name if isinstance(self.by, Author) else self.by


class Escalation(Read):
    """One step of the ladder: to whom the case was raised, and by which clock."""

    step: int | str
    role: str | None = None
    person: Handler | None = None
    at: datetime
    clock: str | None = None


class PastCycle(Read):
    """How an earlier cycle of a reopened case ended."""

    cycle: int
    opened_at: datetime
    resolved_at: datetime | None = None
    resolution_breached: bool = False


class Earlier(Read):
    """What is earlier than the messages and the history that are told."""

    before: int
    messages: int = 0
    history: int = 0


class Case(CaseRow):
    """A case with everything its own page tells."""

    description: str
    channel: str
    wish: str | None = None
    occurred_at: datetime | None = None
    logged_at: datetime | None = None
    acknowledged_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    cycle: int = 1
    messages: Sequence[Message] = ()
    history: Sequence[HistoryEntry] = ()
    earlier: Earlier | None = None
    escalations: Sequence[Escalation] = ()
    past_cycles: Sequence[PastCycle] = ()

    @property
    def message_count(self) -> int:
        """Return how many messages there are up to the newest of these."""
        return len(self.messages) + (self.earlier.messages if self.earlier else 0)

    @property
    def history_count(self) -> int:
        """Return how many things have happened up to the newest of these."""
        return len(self.history) + (self.earlier.history if self.earlier else 0)

    def messages_after(self, count: int) -> Sequence[Message]:
        """Return the messages told here that come after the first so many of all."""
        return self.messages[max(0, count - self.message_count + len(self.messages)) :]


class Reason(Read):
    """Why a stretch of time counted or did not, in the reader's language."""

    code: str
    text: str


class LedgerEntry(Read):
    """A half-open stretch [start, end) of the ledger."""

    start: datetime = Field(validation_alias=AliasChoices("from", "start"))
    end: datetime = Field(validation_alias=AliasChoices("to", "end"))
    kind: Literal["counted", "paused", "closed"]
    reason: Reason
    seconds: float


class Clock(Read):
    """One promise: when it is due, when it was met."""

    due_at: datetime | None = None
    met_at: datetime | None = None
    breached: bool = False


class Clocks(Read):
    """The two promises of a case."""

    response: Clock | None = None
    resolution: Clock | None = None


class Target(Read):
    """A promised length of time: `duration` as in ISO 8601 (PT4H)."""

    basis: Literal["business", "calendar"]
    duration: str


class Policy(Read):
    """Where the promised times come from."""

    source: str
    contract_reference: str | None = None
    year: int | None = None
    response: Target | None = None
    resolution: Target | None = None


class Calendar(Read):
    """The working calendar by which the hours were counted."""

    name: str
    time_zone: str = "Europe/Helsinki"
    version: int | str | None = None
    description: str | None = None
    working_day: str | None = None
    """How long its ordinary day is, as in ISO 8601."""


class CaseClock(Read):
    """The whole account of a case's time."""

    case_id: str
    policy: Policy | None = None
    calendar: Calendar
    clocks: Clocks
    ledger: Sequence[LedgerEntry] = ()
    now: datetime


class CaseWithClock(Case):
    """A case with the account of its time, asked for in one question."""

    clock: CaseClock | None = None


class Counts(Read):
    """How many open cases a queue holds; those named in ``more`` were counted up to a limit."""

    waiting: int | None = None
    late: int | None = None
    due_today: int | None = None
    urgent: int | None = None
    open: int | None = None
    mine: int | None = None
    more: Sequence[str] = ()

    def said(self) -> dict[str, str]:
        """Return each count as it is shown: ``12``, or ``1000+``."""
        counted = self.model_dump(exclude={"more"}, exclude_none=True)
        return {name: f"{count}+" if name in self.more else str(count) for name, count in counted.items()}


class SiteService(Read):
    """A service that a site uses, and who produces it."""

    service: str
    producer_name: str | None = None
    own: bool = True


class Site(Read):
    """A site as the forms need it."""

    id: str
    number: str | None = None
    name: str
    customer_name: str | None = None
    services: Sequence[SiteService] = ()
    heads: Sequence[Handler] = ()
    """Who leads the site: most words that are heard there are theirs."""


class Suspicion(Read):
    """The words that make a message urgent, as they were typed."""

    word: str


class Triage(Read):
    """What typed words give away."""

    danger: Suspicion | None = None
    service: str | None = None

    @property
    def word(self) -> str | None:
        """Return the words of danger, if there are any."""
        return self.danger.word if self.danger else None


class WhomToContact(Read):
    """Whom to call about a topic at a site."""

    person: Handler | None = None
    stand_in: Handler | None = None
    away: bool = False
    reason: Reason | None = None
