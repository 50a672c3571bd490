"""The clock of a case: from its log to due instants, the next warning, and the share of time used."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.feedback.cases.model import NEVER, Case, CaseEntry
from services.feedback.cases.promise import CalendarOf, Promise, policy_of
from services.feedback.cases.vocabulary import State, What
from services.feedback.sla.calendars import Calendar
from services.feedback.sla.history import (
    CalendarChanged,
    Event,
    FirstResponse,
    PolicyChanged,
    Received,
    Reopened,
    Resolved,
    SeverityChanged,
    WaitingEnded,
    WaitingStarted,
)
from services.feedback.sla.rules import Clock, Clocks, ClockState, run
from services.feedback.sla.targets import Target
from services.feedback.sla.timetable import ALWAYS_OPEN, business_time, ticks
from trade.vocabulary import Basis

SOON = 0.75
LADDER = (0.5, 0.75, 1.0, 1.5)
"""Share of the promised time at which step 1, 2, 3 and 4 of the ladder are told. The last lies half as
much again after the promise: management hears of what the account manager could not mend."""


@dataclass(frozen=True)
class Rung:
    """A step of the ladder for one clock, and when it is due."""

    clock: str
    step: int
    share: float
    at: datetime


@dataclass(frozen=True)
class TimeUsed:
    """How the most urgent clock stands."""

    due_at: datetime
    share_used: float
    state: ClockState


def first_promise(log: Sequence[CaseEntry], calendar_of: CalendarOf) -> Promise:
    """Return what was promised when the case was received."""
    return Promise.of(log[0].data["targets"], calendar_of)


def history_of(log: Sequence[CaseEntry], calendar_of: CalendarOf) -> list[Event]:
    """Return the log as the clock's events, in the log's order."""
    events: list[Event] = []
    for entry in log:
        events += _events_of(entry, calendar_of)
    return events


def _events_of(entry: CaseEntry, calendar_of: CalendarOf) -> Iterable[Event]:
    at = entry.at
    match entry.what:
        case What.RECEIVED:
            yield Received(at)
        case What.ANSWERED:
            yield FirstResponse(at)
        case What.WAITING:
            yield FirstResponse(at)
            yield WaitingStarted(at, entry.body or "")
        case What.RESUMED:
            yield WaitingEnded(at)
        case What.RESOLVED:
            yield Resolved(at)
        case What.REOPENED:
            yield Reopened(at)
        case What.SEVERITY_CHANGED:
            after = Promise.of(entry.data["targets_after"], calendar_of)
            yield SeverityChanged(at, entry.data["before"], entry.data["after"], after.policy)
        case What.TARGETS_CHANGED:
            before = Promise.of(entry.data["before"], calendar_of)
            after = Promise.of(entry.data["after"], calendar_of)
            if before.policy != after.policy:
                yield PolicyChanged(at, before.policy, after.policy)
            if before.calendar != after.calendar:
                yield CalendarChanged(at, before.calendar, after.calendar)
        case _:
            return


def clocks_of(log: Sequence[CaseEntry], calendar_of: CalendarOf, now: datetime | None) -> Clocks:
    """Run the clock over the log."""
    promise = first_promise(log, calendar_of)
    return run(history_of(log, calendar_of), promise.policy, promise.calendar, now)


def project(case: Case, clocks: Clocks, told: Container[tuple[str, int]]) -> None:
    """Write the clock's answers into the case's columns; ``told`` are the steps taken in this cycle."""
    response, resolution = clocks.response, clocks.resolution
    case.response_due_at = response.due_at if response else None
    case.resolution_due_at = resolution.due_at if resolution else None
    case.response_breached = response is not None and response.breached
    case.resolution_breached = resolution is not None and resolution.breached
    still_open = case.state not in (State.RESOLVED, State.CLOSED)
    case.next_due_at = clocks.next_due_at if still_open else None
    case.queue_at = case.next_due_at or NEVER
    case.warn_at = min((rung.at for rung in _next_rungs(clocks, told)), default=None) if still_open else None


def ladder(clocks: Clocks) -> list[Rung]:
    """Return the steps of the present cycle's clocks that still run, each with its instant."""
    return [rung for name, clock in _running(clocks) for rung in _rungs(name, clock)]


def _next_rungs(clocks: Clocks, told: Container[tuple[str, int]]) -> Iterator[Rung]:
    """Yield each running clock's next step that was not taken; steps follow one another in time."""
    for name, clock in _running(clocks):
        rung = next((rung for rung in _rungs(name, clock) if (name, rung.step) not in told), None)
        if rung is not None:
            yield rung


def _running(clocks: Clocks) -> Iterator[tuple[str, Clock]]:
    for name, clock in (("response", clocks.response), ("resolution", clocks.resolution)):
        if clock is not None and clock.met_at is None:
            yield name, clock


def _rungs(name: str, clock: Clock) -> Iterator[Rung]:
    for step, share in enumerate(LADDER, start=1):
        at = clock.threshold_at(share)
        if at is not None:
            yield Rung(name, step, share, at)


def time_used(case: Case, calendar_of: CalendarOf, now: datetime) -> TimeUsed | None:
    """Return how the more urgent clock stands, from the case's columns alone: a list needs no log.

    Late is what waits for us past its due instant, here as in `project` and so in every list and count. While
    the customer is asked it is paused: a promise broken before that stays broken, in the case's columns.

    What is left of a running clock is the open time from now to due, whatever happened before.
    """
    policy, calendar = policy_of(case.targets), case.targets["calendar"]
    response = (case.response_due_at, policy.response)
    resolution = (case.resolution_due_at, policy.resolution)
    running = case.first_response_at is None and response[0] is not None
    later = resolution[0] is not None and response[0] is not None and resolution[0] < response[0]
    due_at, target = response if running and not later else resolution
    if due_at is None or target is None:
        due_at, target = response
    if due_at is None or target is None:
        return None
    finished = case.state in (State.RESOLVED, State.CLOSED) or (
        case.first_response_at is not None and case.resolution_due_at is None
    )
    stopped = (case.resolved_at or case.first_response_at) if finished else case.waiting_since
    counted_by = calendar_of(calendar["name"], calendar["version"])
    share = share_of(target, due_at, counted_by, stopped or now)
    if finished:
        state = ClockState.DONE
    elif case.waiting_since is not None:
        state = (
            ClockState.PAUSED
        )  # also past due: it is the customer's turn, and nobody is late with anything
    elif now > due_at:
        state = ClockState.LATE
    else:
        state = ClockState.SOON if share >= SOON else ClockState.OK
    return TimeUsed(due_at, round(share, 4), state)


def share_of(target: Target, due_at: datetime, calendar: Calendar, moment: datetime) -> float:
    """Return the used share of a target that is due at an instant, as seen at a moment."""
    table = ALWAYS_OPEN if target.basis is Basis.CALENDAR else business_time(calendar)
    length = target.length(calendar) * 1_000_000
    now, due = ticks(moment), ticks(due_at)
    if now <= due:
        return max(0.0, 1 - table.open_between(now, due) / length)
    return 1 + table.open_between(due, now) / length
