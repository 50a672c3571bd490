"""Wire shapes of why a case is due when it is."""

from uuid import UUID

from chassis.schemas import Instant, View, example
from services.feedback.cases import examples
from services.feedback.sla.schemas import CalendarRef, LedgerEntryView, PolicyView


class ChangeView(View):
    """A change that moved a running clock, with its due instant before and after."""

    at: Instant
    """When it changed."""
    what: str
    """What changed."""
    before: str
    """What it was."""
    after: str
    """What it became."""
    due_before: Instant | None
    """When it was due before."""
    due_after: Instant | None
    """When it is due after."""


class RunningClock(View):
    """One clock of the present cycle."""

    due_at: Instant
    """By when it is promised."""
    met_at: Instant | None
    """When the promise was met; null while it is not."""
    breached: bool
    """It was or has become too late."""
    share_used: float
    """The part of the promised time that is used; 1 at the due instant."""
    changes: list[ChangeView]
    """What moved the due instant."""
    ledger: list[LedgerEntryView]
    """Every stretch of time with what it was."""


class BothClocks(View):
    """The response clock and the resolution clock."""

    response: RunningClock | None
    """The clock of the first answer; null when none is promised."""
    resolution: RunningClock | None
    """The clock of the solution; null when none is promised."""


class ClockView(View):
    """The clock of a case; ``ledger`` is that of the clock met later, or due later where it still runs."""

    model_config = example(examples.CLOCK)

    case_id: UUID
    """The case's id."""
    reference: str
    """The number that people use."""
    cycle: int
    """Which cycle is explained, from 1."""
    policy: PolicyView
    """What was promised, and who promised it."""
    calendar: CalendarRef
    """The working calendar that counted."""
    clocks: BothClocks
    """Both clocks of this cycle."""
    ledger: list[LedgerEntryView]
    """Every stretch of time of the clock that was met last, or is due last."""
    now: Instant
    """The instant up to which it is explained."""
