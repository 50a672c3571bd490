"""Cases as they are shown: in lists, whole, and counted."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.schemas import Instant, View, example
from services.feedback.cases import examples
from services.feedback.cases.clock_schemas import ClockView
from services.feedback.cases.schemas import CaseFacts
from services.feedback.cases.vocabulary import Action, Kind, MessageKind, Speaker, What
from services.feedback.sla.rules import ClockState
from trade.vocabulary import Service, Severity


class SuspicionView(View):
    """Words of danger, as they are written in the description, and how urgent they make it."""

    word: str
    """The first such words."""
    severity: Severity
    """critical for an illness or a reaction, high for a foreign object in food."""


class TriageView(View):
    """What the words give away, and what the case would be; nothing is stored."""

    model_config = example(examples.TRIAGE)

    danger: Annotated[SuspicionView | None, Field(description="Why it would be urgent; null: no reason.")]
    service: Annotated[
        Service | None, Field(description="What the words are about; null when they do not tell.")
    ]
    kind: Kind
    """What it would be taken as."""
    severity: Severity
    """How severe it would be taken as."""
    subject: str
    """The subject that it would have."""


class Place(View):
    """A site or a customer."""

    id: UUID
    """Its id."""
    name: str
    """Its name."""


class ProducerRef(View):
    """Who produces the service at the site."""

    id: UUID
    """Its id."""
    name: str
    """Its name."""
    own: bool
    """Whether it is the city's own enterprise."""


class Reporter(View):
    """Whose word it is, and how to reach the person."""

    person_id: UUID | None
    """The person's id; null for somebody who is not known here."""
    name: str
    """The person's name."""
    phone: str | None
    """Telephone number, if it is known."""
    email: str | None
    """E-mail address, if it is known."""


class Contact(View):
    """Who handles the case; without ``person_id`` it is the producer's desk."""

    person_id: UUID | None
    """The person's id; null for the producer's desk."""
    name: str
    """The person's name."""
    phone: str
    """Telephone number."""
    email: str
    """E-mail address."""
    role: str
    """In which role the person answers."""


class TimeLeft(View):
    """How the more urgent clock stands; ``share_used`` passes 1 when late and rests while paused.

    It is late while it waits for the producer's side past its due instant. While the customer is asked it is
    paused, also past due: the promise that was broken is told by the case's ``…_breached``.
    """

    due_at: Instant
    """When that clock is due."""
    share_used: float
    """The part of the promised time that is used: 0 at the start, 1 at the due instant, more when late."""
    state: ClockState
    """How it stands."""


class CaseView(CaseFacts):
    """A case as lists show it."""

    model_config = example(examples.ROW)

    subject: str
    """What it is about, on one line."""
    description: str
    """What happened, in the reporter's words."""
    site: Place
    """Where it happened."""
    customer: Place
    """The customer that the site belongs to."""
    producer: ProducerRef | None
    """Who produces the service at the site; null when nobody is known to."""
    reporter: Reporter
    """Whose word it is."""
    handler: Contact
    """Who answers it."""
    stand_in: Contact | None
    """Who answers while the handler is away."""
    waiting_for: str | None
    """What the customer was asked, while the case waits."""
    time_left: TimeLeft | None
    """How the more urgent clock stands; null when none runs."""
    allowed: list[Action]
    """What the reader may do to it now: names of its sub-resources."""


class Author(View):
    """Who wrote or did it; without ``person_id`` the service itself."""

    person_id: UUID | None
    """The person's id; null for the service itself."""
    name: str
    """The person's name."""


class Message(View):
    """A message of the conversation."""

    id: str
    """Its id within the house."""
    author: Author
    """Who wrote it."""
    body: str
    """What it says."""
    public: bool
    """Whether the customer's side sees it."""
    at: Instant
    """When it was written or said."""
    kind: MessageKind
    """The part that it plays in the conversation."""
    side: Speaker
    """Whose side speaks."""


class HistoryItem(View):
    """A thing that happened."""

    at: Instant
    """When it happened."""
    what: What
    """What happened."""
    by: str
    """Who did it."""
    before: Any = None  # Any: a word or a set of targets, by what happened
    """What it was before: a word, or a set of targets, by what happened."""
    after: Any = None  # Any: as before
    """What it became."""
    note: str | None = None
    """The reason that was given; producer's side only."""


class EscalationView(View):
    """Somebody on the ladder who was told."""

    step: int
    """Which step of the ladder: 1 at half of the promised time, 4 long past it."""
    role: str
    """In which role the person was told."""
    person: Author
    """Who was told."""
    at: Instant
    """When."""
    clock: str
    """Which clock it was about: `response` or `resolution`."""


class CycleView(View):
    """The result of a finished cycle; it stays as it was."""

    cycle: int
    """Which cycle it was, from 1."""
    opened_at: Instant
    """When it began."""
    first_response_at: Instant | None
    """When the producer's side first answered in public."""
    resolved_at: Instant | None
    """When it was said what was done."""
    response_due_at: Instant | None
    """By when an answer was promised."""
    resolution_due_at: Instant | None
    """By when a solution was promised."""
    response_breached: bool
    """The answer came too late."""
    resolution_breached: bool
    """The solution came too late."""


class Earlier(View):
    """What is not told because it is earlier: a case of very many words is told in parts, newest first."""

    before: int
    """What to ask with as `before` for the part before this one."""
    messages: int
    """How many messages are earlier than those told."""
    history: int
    """How many things happened earlier than those told."""


class CaseDetail(CaseView):
    """A case with its conversation and history."""

    model_config = example(examples.DETAIL)

    messages: list[Message]
    """The conversation as the reader sees it, the oldest first."""
    history: list[HistoryItem]
    """What happened, the oldest first."""
    escalations: list[EscalationView]
    """Who was told that time runs out."""
    earlier: Earlier | None
    """What is earlier than the messages and the history told here; null when they are whole."""
    past_cycles: list[CycleView]
    """The results of the cycles before this one."""
    clock: ClockView | None = None
    """Why it is due when it is; null unless `include=clock` asks for it."""


class Counts(View):
    """How many open cases of each sort, counted up to a limit; names in ``more`` have more than that.

    A figure that was not asked for is null.
    """

    model_config = example(examples.COUNTS)

    received: int | None
    """Received and not taken up."""
    acknowledged: int | None
    """Taken up and not answered."""
    in_progress: int | None
    """Being worked on."""
    waiting: int | None
    """Waiting for the customer."""
    late: int | None
    """Past a promised time and waiting for the producer's side, not for the customer."""
    due_today: int | None
    """Due later today."""
    urgent: int | None
    """Critical and not answered yet."""
    open: int | None
    """All that are open."""
    mine: int | None
    """Those that the caller handles; counted only when `figures` names it."""
    more: list[str]
    """Names of the figures that are larger than told."""
