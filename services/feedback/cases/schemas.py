"""What is sent to make a case, and the facts of one; `answers` shows it whole."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Email, Flag, Instant, Line, Text, View, Wire, example
from services.feedback.cases import examples
from services.feedback.cases.vocabulary import Channel, Kind, State, Wish
from trade.vocabulary import Service, Severity


class ReporterInput(Wire):
    """Whose word it is, when somebody else writes it down."""

    name: Line
    """The person's name."""
    phone: Annotated[str, Field(max_length=40, pattern=r"^\+?[0-9(][0-9 ()-]*$")] | None = None
    """Telephone number, if it was given."""
    email: Email | None = None
    """E-mail address, if it was given."""


class Intake(Wire):
    """A word of feedback."""

    model_config = example(examples.LUNCH, examples.SPOKEN)

    site_id: UUID
    """The site that it is about."""
    kind: Annotated[
        Kind, Field(description="Praise or a suggestion that tells of an illness is taken as a complaint.")
    ]
    service: Annotated[
        Service | None,
        Field(description="One that the site has; left out, the words decide, or else its main service."),
    ] = None
    severity: Annotated[
        Severity | None,
        Field(
            description="critical: suspected food poisoning or allergic reaction. Words that tell of danger "
            "raise what is given here."
        ),
    ] = None
    danger: Annotated[
        Flag, Field(description="Somebody has fallen ill or had an allergic reaction: critical.")
    ] = False
    subject: Annotated[Line | None, Field(description="Left out, the beginning of the description.")] = None
    description: Text
    """What happened, in the reporter's words."""
    occurred_at: Instant | None = None
    """When it happened."""
    received_at: Annotated[
        Instant | None,
        Field(description="When the word was heard or read, if logged later; producer's side only."),
    ] = None
    channel: Channel = Channel.WEB
    """How the word came in."""
    wish: Wish | None = None
    """How the reporter would like to be answered."""
    reporter: ReporterInput | None = None
    """Whose word it is; the caller's own when left out."""
    fixed_on_the_spot: Annotated[
        Flag, Field(description="It was put right at once: the case is resolved with a trace.")
    ] = False


class TriageRequest(Wire):
    """Words as they are being written."""

    model_config = example(examples.WRITING)

    site_id: UUID
    """The site that they are about."""
    kind: Kind = Kind.COMPLAINT
    """What its writer calls it."""
    description: Text
    """What is written so far."""


class CaseFacts(View):
    """How a case stands, without what people wrote and who they are: what leaves the house tells this too."""

    id: UUID
    """Its id."""
    reference: str
    """The number that people use, such as `P-2026-000123`."""
    kind: Kind
    """What sort of word of feedback it is."""
    service: Service
    """Which service it is about."""
    severity: Severity
    """How bad it is."""
    state: State
    """Where it stands."""
    channel: Channel
    """How the word came in."""
    wish: Wish | None
    """How the reporter would like to be answered."""
    occurred_at: Instant | None
    """When it happened, if that was told."""
    received_at: Instant
    """When the word was heard or read; the clocks start here."""
    logged_at: Instant
    """When it was written down here."""
    acknowledged_at: Instant | None
    """When the handler took it up."""
    first_response_at: Instant | None
    """When the producer's side first answered in public, in this cycle."""
    resolved_at: Instant | None
    """When it was said what was done, in this cycle."""
    closed_at: Instant | None
    """When it was agreed to be settled."""
    response_due_at: Instant | None
    """By when an answer is promised; null when none is."""
    resolution_due_at: Instant | None
    """By when a solution is promised; null when none is, or while the customer is waited for."""
    next_due_at: Instant | None
    """The more urgent of the promised times that still run."""
    response_breached: bool
    """The answer came, or has become, too late."""
    resolution_breached: bool
    """The solution came, or has become, too late."""
    cycle: int
    """1, and one more each time that the case was reopened."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""
