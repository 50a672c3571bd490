"""Why a case is due when it is: who promised what, by which calendar, and which minutes counted."""

from collections.abc import Sequence
from datetime import datetime

from services.feedback.cases.clock import clocks_of
from services.feedback.cases.clock_schemas import BothClocks, ChangeView, ClockView, RunningClock
from services.feedback.cases.model import Case, CaseEntry
from services.feedback.cases.promise import Promise
from services.feedback.cases.views import CaseViews
from services.feedback.sla.rules import Clock
from services.feedback.sla.schemas import CalendarRef, PolicyView, ledger_view


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
