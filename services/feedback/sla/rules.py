"""The clock of a case: a pure function over its events (design §5).

    clocks = run([Received(at), FirstResponse(at), …], policy, calendar, now)
    clocks.response.due_at, clocks.resolution.ledger, clocks.next_due_at

- Received outside hours, the clock starts at the next opening. Nothing is rounded.
- A due instant falls at the end of the last counted second: four business hours from 08:00 on an
  8–16 day is 12:00, eight is 16:00 that day. Met exactly then is in time.
- Waiting for the customer rests the resolution clock only, and credits only the time inside the pause that
  would have counted.
- A change of severity, policy or calendar keeps what has been counted: the rest is the new length less that.
  When that much has already been counted, due is the instant of the change, unless it was due before.
- Reopening starts a new cycle with fresh clocks; earlier cycles stay as they ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal

from services.feedback.sla.calendars import Calendar, CalendarRefused, NoOpenTime
from services.feedback.sla.history import (
    CalendarChanged,
    Change,
    Cycle,
    Event,
    FirstResponse,
    ImpossibleHistory,
    PolicyChanged,
    Received,
    Reopened,
    Resolved,
    SeverityChanged,
    WaitingEnded,
    WaitingStarted,
    cycles,
)
from services.feedback.sla.ledger import Entry, EntryKind, Plan, Stretch, due_of
from services.feedback.sla.targets import DurationRefused, Policy, Target
from services.feedback.sla.timetable import BeyondHorizon, Reason, ReasonCode, instant, open_intervals, ticks
from trade.vocabulary import Basis

# What the rest of the feedback service uses.
__all__ = [
    "BeyondHorizon",
    "Calendar",
    "CalendarChanged",
    "CalendarRefused",
    "ChangeNote",
    "Clock",
    "ClockState",
    "Clocks",
    "DurationRefused",
    "Entry",
    "EntryKind",
    "Event",
    "FirstResponse",
    "ImpossibleHistory",
    "NoOpenTime",
    "Policy",
    "PolicyChanged",
    "Reason",
    "ReasonCode",
    "Received",
    "Reopened",
    "Resolved",
    "SeverityChanged",
    "Target",
    "WaitingEnded",
    "WaitingStarted",
    "open_intervals",
    "run",
]

Which = Literal["response", "resolution"]


class ClockState(StrEnum):
    """How a clock stands at an instant."""

    OK = "ok"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True)
class ChangeNote:
    """A change that moved a running clock: what it was before and after, and its due instant either side."""

    at: datetime
    what: str
    before: str
    after: str
    due_before: datetime | None
    due_after: datetime | None


@dataclass(frozen=True)
class Clock:
    """One clock of one cycle.

    `due_at` while paused is what it would be if the customer answered now (without `now`: if they had
    answered at once), so it is the earliest possible. `breached`: met after due, or unmet and now past due.
    """

    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached: bool
    paused_since: datetime | None
    target: Target
    plan: Plan = field(repr=False, compare=False)
    changes: tuple[ChangeNote, ...] = ()

    @cached_property
    def ledger(self) -> tuple[Entry, ...]:
        """Half-open intervals without gaps from the start to: met, else due, or now when overdue."""
        return tuple(self.plan.entries())

    def share_used(self, now: datetime) -> float:
        """Counted time up to now over the target's length: 0, 0.5, 1 … above 1 while overdue.

        A met or paused clock stands still.
        """
        return self.plan.counted_until(self._standing(now)) / self.plan.length

    def threshold_at(self, share: float) -> datetime | None:
        """The instant at which the share (> 0) of the target is used up: 1 is `due_at`, more lies after it.

        None when it was met before, and while paused when the share was not reached before the pause.
        """
        reached = self.plan.reaches(share)
        last = self.met_at or self.paused_since
        return None if last is not None and instant(reached) > last else instant(reached)

    def _standing(self, now: datetime) -> int:
        last = self.met_at or self.paused_since
        return ticks(now if last is None else min(now, last))


@dataclass(frozen=True)
class Clocks:
    """Both clocks of the cycle that runs, its number from 1, and the earlier cycles' results in order."""

    cycle: int
    response: Clock | None
    resolution: Clock | None
    earlier: tuple[Clocks, ...] = ()

    @property
    def next_due_at(self) -> datetime | None:
        """The earliest due instant that still runs towards us; met and paused clocks have none."""
        running = [
            clock.due_at
            for clock in (self.response, self.resolution)
            if clock is not None and clock.met_at is None and clock.paused_since is None
        ]
        return min(running, default=None)


def run(events: Sequence[Event], policy: Policy, calendar: Calendar, now: datetime | None = None) -> Clocks:
    """Both clocks of a case from its events.

    `policy` and `calendar` are those in force when the case was received; later ones come in as change
    events. `now` decides breach, ends an open pause in the projection and lets the ledger of an overdue
    clock grow; without it everything is projected up to due.
    Raises ImpossibleHistory, NoOpenTime (no open second within five years), BeyondHorizon, ValueError for
    naive instants.
    """
    results: list[Clocks] = []
    for number, cycle in enumerate(cycles(events, policy, calendar), start=1):
        response = _clock(cycle, "response", cycle.first_response_at, now)
        resolution = _clock(cycle, "resolution", cycle.resolved_at, now)
        results.append(Clocks(number, response, resolution))
    current = results.pop()
    return Clocks(current.cycle, current.response, current.resolution, tuple(results))


def _clock(cycle: Cycle, which: Which, met_at: datetime | None, now: datetime | None) -> Clock | None:
    stretches = _stretches(cycle, which)
    last = stretches[-1]
    if last.target is None:
        return None
    paused_since = None
    if last.paused:
        shown = met_at or now
        stretches.append(last.resumed(last.starts if shown is None else max(last.starts, ticks(shown))))
        paused_since = None if met_at is not None else _pause_began(stretches)
    plan = Plan.of(stretches, None if met_at is None else ticks(met_at), None if now is None else ticks(now))
    due_at = instant(plan.due)
    ended = met_at or now
    return Clock(
        started_at=cycle.started_at,
        due_at=due_at,
        met_at=met_at,
        breached=ended is not None and ended > due_at,
        paused_since=paused_since,
        target=last.target,
        plan=plan,
        changes=tuple(_changes(stretches)),
    )


def _stretches(cycle: Cycle, which: Which) -> list[Stretch]:
    """The clock's life until it was met, cut at each event that pauses, resumes or changes it."""
    until = cycle.events
    for index, event in enumerate(until):
        if isinstance(event, Resolved) or (which == "response" and isinstance(event, FirstResponse)):
            until = until[:index]
            break
    policy, calendar = cycle.policy, cycle.calendar
    now = Stretch(ticks(cycle.started_at), _target(policy, which), Basis.BUSINESS, calendar)
    found = [now]
    for event in until:
        starts = ticks(event.at)
        match event:
            case WaitingStarted() if which == "resolution":
                now = replace(now, starts=starts, paused=True, question=event.question, change=None)
            case WaitingEnded() if which == "resolution":
                now = now.resumed(starts)
            case SeverityChanged():
                now = replace(now, starts=starts, target=_target(event.policy, which), change=event)
            case PolicyChanged():
                now = replace(now, starts=starts, target=_target(event.after, which), change=event)
            case CalendarChanged():
                now = replace(now, starts=starts, calendar=event.after, change=event)
            case _:
                continue
        found.append(now)
    return _with_basis(found)


def _pause_began(stretches: Sequence[Stretch]) -> datetime:
    """The start of the pause that the last but one stretch belongs to, across changes inside it."""
    index = len(stretches) - 2
    while stretches[index].change is not None:
        index -= 1
    return instant(stretches[index].starts)


def _with_basis(stretches: list[Stretch]) -> list[Stretch]:
    """Give each stretch its target's basis; one without a target counts as the next target will."""
    basis = Basis.BUSINESS
    for index in range(len(stretches) - 1, -1, -1):
        target = stretches[index].target
        basis = basis if target is None else target.basis
        stretches[index] = replace(stretches[index], basis=basis)
    return stretches


def _changes(stretches: Sequence[Stretch]) -> Iterator[ChangeNote]:
    for index, stretch in enumerate(stretches):
        if stretch.change is not None:
            what, before, after = _in_words(stretch.change, stretches[index - 1], stretch)
            yield ChangeNote(
                at=stretch.change.at,
                what=what,
                before=before,
                after=after,
                due_before=_due_at(stretches[:index], stretch.starts),
                due_after=_due_at(stretches[: index + 1], stretch.starts),
            )


def _due_at(stretches: Sequence[Stretch], now: int) -> datetime | None:
    """Due as it stood at `now`, a pause ending there."""
    open_ended = [*stretches, stretches[-1].resumed(now)] if stretches[-1].paused else stretches
    due = due_of(open_ended)
    return None if due is None else instant(due)


def _in_words(change: Change, before: Stretch, after: Stretch) -> tuple[str, str, str]:
    match change:
        case SeverityChanged():
            return "severity", change.before, change.after
        case CalendarChanged():
            return "calendar", _calendar_name(change.before), _calendar_name(change.after)
        case PolicyChanged():
            return "policy", _target_name(before.target), _target_name(after.target)


def _calendar_name(calendar: Calendar) -> str:
    return f"{calendar.name} {calendar.version}".strip()


def _target_name(target: Target | None) -> str:
    return "" if target is None else f"{target.basis} {target.duration}"


def _target(policy: Policy, which: Which) -> Target | None:
    return policy.response if which == "response" else policy.resolution
