"""Why a case is due when it is: who promised what, by which calendar, and which minutes counted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.schemas import Instant, View, example
from services.feedback.cases import examples
from services.feedback.cases.clock import clocks_of
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.promise import Promise
from services.feedback.cases.schemas import CaseDetail
from services.feedback.cases.views import CaseViews
from services.feedback.sla.rules import Clock
from services.feedback.sla.schemas import CalendarRef, LedgerEntryView, PolicyView, ledger_view


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


class CaseWithClock(CaseDetail):
    """A case with its conversation and history, and its clock where that is asked for."""

    model_config = example(examples.DETAIL)

    clock: ClockView | None
    """Why it is due when it is; null unless `include=clock` asks for it."""


def explain(reader: CaseViews, case: Case, log: Sequence[CaseEntry]) -> ClockView:
    """Return the clock of a visible case with its whole log."""
    now = max(reader.now, log[-1].at)
    clocks = clocks_of(log, reader.calendar_of, now)
    promise = Promise.of(case.targets, reader.calendar_of)
    zone = promise.calendar.time_zone

    def shown(clock: Clock | None, at: datetime) -> RunningClock | None:
        if clock is None:
            return None
        return RunningClock(
            due_at=clock.due_at,
            met_at=clock.met_at,
            breached=clock.breached,
            share_used=round(clock.share_used(at), 4),
            changes=[ChangeView.model_validate(change) for change in clock.changes],
            ledger=ledger_view(clock.ledger, zone, reader.language),
        )

    both = BothClocks(response=shown(clocks.response, now), resolution=shown(clocks.resolution, now))
    ended = [clock for clock in (both.response, both.resolution) if clock is not None]
    last = max(ended, key=lambda clock: clock.met_at or clock.due_at, default=None)
    return ClockView(
        case_id=case.id,
        reference=case.reference,
        cycle=case.cycle,
        policy=PolicyView.of(promise.found),
        calendar=CalendarRef.of(promise.calendar, reader.language),
        clocks=both,
        ledger=last.ledger if last else [],
        now=now,
    )
