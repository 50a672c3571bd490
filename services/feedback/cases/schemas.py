"""Wire shapes of cases."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.schemas import Email, Flag, Instant, Line, Text, View, Wire, example
from services.feedback.cases import examples
from services.feedback.cases.kinds import (
    Action,
    Channel,
    Kind,
    MessageKind,
    Service,
    Severity,
    State,
    What,
    Wish,
)
from services.feedback.sla.rules import ClockState


class ReporterInput(Wire):
    """Whose word it is, when somebody else writes it down."""

    name: Line
    phone: Annotated[str, Field(max_length=40, pattern=r"^\+?[0-9][0-9 ()-]*$")] | None = None
    email: Email | None = None


class Intake(Wire):
    """A word of feedback."""

    model_config = example(examples.LUNCH, examples.SPOKEN)

    site_id: UUID
    kind: Kind
    service: Service
    severity: Annotated[
        Severity | None, Field(description="critical: suspected food poisoning or allergic reaction.")
    ] = None
    subject: Line
    description: Text
    occurred_at: Instant | None = None
    received_at: Annotated[
        Instant | None,
        Field(description="When the word was heard or read, if logged later; producer's side only."),
    ] = None
    channel: Channel = Channel.WEB
    wish: Wish | None = None
    reporter: ReporterInput | None = None
    fixed_on_the_spot: Annotated[
        Flag, Field(description="It was put right at once: the case is resolved with a trace.")
    ] = False


class Nothing(Wire):
    """An action that needs no words."""

    model_config = example({})


class MessageInput(Wire):
    """A message; one that is not public stays on the producer's side."""

    model_config = example({"body": "Lisäämme annoskokoja heti huomisesta.", "public": True})

    body: Text
    public: Flag = True


class WaitInput(Wire):
    """What the customer is asked."""

    model_config = example({"question": "Montako oppilasta jäi ilman?"})

    question: Text


class ResolveInput(Wire):
    """What was done."""

    model_config = example({"body": "Annosmitoitus korjattiin ja varalle jää 5 %."})

    body: Text


class ReopenInput(Wire):
    """Why it is not settled."""

    model_config = example({"reason": "Ruoka loppui taas tänään."})

    reason: Text


class AssignInput(Wire):
    """Who handles it from now on."""

    model_config = example({"person_id": "01930000-0000-7000-8000-000000000002", "reason": "Lomalla"})

    person_id: UUID
    reason: Text | None = None


class SeverityInput(Wire):
    """How bad it is, and why that is seen otherwise now."""

    model_config = example({"severity": "critical", "reason": "Kolme oppilasta sai oireita."})

    severity: Severity
    reason: Text


class Place(View):
    """A site or a customer."""

    id: UUID
    name: str


class ProducerRef(View):
    """Who produces the service at the site."""

    id: UUID
    name: str
    own: bool


class Reporter(View):
    """Whose word it is."""

    person_id: UUID | None
    name: str
    phone: str | None
    email: str | None


class Contact(View):
    """Who handles the case; without ``person_id`` it is the producer's desk."""

    person_id: UUID | None
    name: str
    phone: str
    email: str
    role: str


class TimeLeft(View):
    """How the more urgent clock stands; ``share_used`` passes 1 when late and rests while paused."""

    due_at: Instant
    share_used: float
    state: ClockState


class CaseView(View):
    """A case as lists show it."""

    model_config = example(examples.ROW)

    id: UUID
    reference: str
    kind: Kind
    service: Service
    severity: Severity
    state: State
    subject: str
    description: str
    site: Place
    customer: Place
    producer: ProducerRef | None
    channel: Channel
    wish: Wish | None
    reporter: Reporter
    handler: Contact
    stand_in: Contact | None
    occurred_at: Instant | None
    received_at: Instant
    logged_at: Instant
    acknowledged_at: Instant | None
    first_response_at: Instant | None
    resolved_at: Instant | None
    closed_at: Instant | None
    response_due_at: Instant | None
    resolution_due_at: Instant | None
    next_due_at: Instant | None
    response_breached: bool
    resolution_breached: bool
    waiting_for: str | None
    time_left: TimeLeft | None
    cycle: int
    allowed: list[Action]
    version: int


class Author(View):
    """Who wrote or did it; without ``person_id`` the service itself."""

    person_id: UUID | None
    name: str


class Message(View):
    """A message of the conversation."""

    id: str
    author: Author
    body: str
    public: bool
    at: Instant
    kind: MessageKind


class HistoryItem(View):
    """A thing that happened."""

    at: Instant
    what: What
    by: str
    before: Any = None  # Any: a word or a set of targets, by what happened
    after: Any = None  # Any: as before
    note: str | None = None
    """The reason that was given; producer's side only."""


class EscalationView(View):
    """Somebody on the ladder who was told."""

    step: int
    role: str
    person: Author
    at: Instant
    clock: str


class CycleView(View):
    """The result of a finished cycle; it stays as it was."""

    cycle: int
    opened_at: Instant
    first_response_at: Instant | None
    resolved_at: Instant | None
    response_due_at: Instant | None
    resolution_due_at: Instant | None
    response_breached: bool
    resolution_breached: bool


class CaseDetail(CaseView):
    """A case with its conversation and history."""

    model_config = example(examples.DETAIL)

    messages: list[Message]
    history: list[HistoryItem]
    escalations: list[EscalationView]
    past_cycles: list[CycleView]


class Counts(View):
    """How many open cases of each sort, counted up to a limit; names in ``more`` have more than that."""

    model_config = example(examples.COUNTS)

    received: int
    acknowledged: int
    in_progress: int
    waiting: int
    late: int
    due_today: int
    open: int
    more: list[str]
