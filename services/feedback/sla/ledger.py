"""The ledger: what each interval of a clock counted for and why, and the due instant that follows from it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.feedback.sla.calendars import Calendar
from services.feedback.sla.history import Change
from services.feedback.sla.targets import Target
from services.feedback.sla.timetable import (
    ALWAYS_OPEN,
    SECOND,
    Reason,
    ReasonCode,
    Timetable,
    business_time,
    instant,
)
from trade.vocabulary import Basis

_OVERDUE = Reason(ReasonCode.OVERDUE)


class EntryKind(StrEnum):
    """What an interval did to the clock."""

    COUNTED = "counted"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class Entry:
    """A half-open interval `[starts, ends)` of a clock, in UTC, with what it was and why."""

    starts: datetime
    ends: datetime
    kind: EntryKind
    reason: Reason

    @property
    def seconds(self) -> int | float:
        """Length; whole unless the case itself was received inside a second."""
        length = self.ends - self.starts
        return length.total_seconds() if length.microseconds else length.days * 86_400 + length.seconds


@dataclass(frozen=True)
class Stretch:
    """A part of a clock's life under one target and calendar, running or paused, from `starts` (ticks) on."""

    starts: int
    target: Target | None
    basis: Basis
    calendar: Calendar
    paused: bool = False
    question: str = ""
    change: Change | None = None

    @property
    def table(self) -> Timetable:
        """Where its time counts."""
        return ALWAYS_OPEN if self.basis is Basis.CALENDAR else business_time(self.calendar)

    @property
    def length(self) -> int | None:
        """Ticks that its target allows."""
        return None if self.target is None else self.target.length(self.calendar) * SECOND

    def resumed(self, starts: int) -> Stretch:
        """The same, running again."""
        return replace(self, starts=starts, paused=False, question="", change=None)


@dataclass(frozen=True)
class Plan:
    """A clock's stretches in order, the last one running on without end, and what they come to."""

    stretches: tuple[Stretch, ...]
    due: int
    length: int
    end: int

    @classmethod
    def of(cls, stretches: Sequence[Stretch], met: int | None, now: int | None) -> Plan:
        """Work out due, and where the ledger ends. The last stretch has a target and is not paused."""
        due = due_of(stretches)
        length = stretches[-1].length
        if due is None or length is None:
            raise ValueError("the last stretch has no target")
        end = met if met is not None else max(due, now or due)
        return cls(tuple(stretches), due, length, end)

    def counted_until(self, tick: int) -> int:
        """Counted ticks before the tick."""
        return sum(
            stretch.table.open_between(stretch.starts, min(ends, tick) if ends is not None else tick)
            for stretch, ends in _with_ends(self.stretches)
            if not stretch.paused
        )

    def reaches(self, share: float) -> int:
        """The tick at which the share of the length has been counted; 1 is due, more lies after due."""
        if share <= 0:
            raise ValueError(f"a share lies above 0, not at {share}")
        if share == 1:
            return self.due
        since, left = (0, share) if share < 1 else (self.due, share - 1)
        return self._counted_from(since, math.ceil(self.length * left))

    def _counted_from(self, since: int, left: int) -> int:
        """The tick at which so many ticks (> 0) have been counted after `since`."""
        for stretch, ends in _with_ends(self.stretches):
            starts = max(stretch.starts, since)
            if stretch.paused or (ends is not None and ends <= starts):
                continue
            opened = left if ends is None else stretch.table.open_between(starts, ends)
            if left <= opened:
                return stretch.table.advance(starts, left)
            left -= opened
        raise AssertionError("the last stretch runs on")

    def entries(self) -> Iterator[Entry]:
        """The ledger: neighbours of the same kind and reason are one entry, except across a change."""
        held: tuple[int, int, EntryKind, Reason] | None = None
        for stretch, ends in _with_ends(self.stretches):
            last = self.end if ends is None else min(ends, self.end)
            split = stretch.change is not None
            for starts, until, kind, reason in self._entries_of(stretch, last):
                if held is not None and not split and held[2:] == (kind, reason):
                    held = (held[0], until, kind, reason)
                    continue
                if held is not None:
                    yield Entry(instant(held[0]), instant(held[1]), held[2], held[3])
                held, split = (starts, until, kind, reason), False
        if held is not None:
            yield Entry(instant(held[0]), instant(held[1]), held[2], held[3])

    def _entries_of(self, stretch: Stretch, last: int) -> Iterator[tuple[int, int, EntryKind, Reason]]:
        counting = Reason(
            ReasonCode.CALENDAR_TIME if stretch.basis is Basis.CALENDAR else ReasonCode.OPEN_HOURS
        )
        for starts, ends, closed in stretch.table.pieces(stretch.starts, last):
            if closed is not None:
                yield starts, ends, EntryKind.CLOSED, closed
            elif stretch.paused:
                yield starts, ends, EntryKind.PAUSED, Reason(ReasonCode.WAITING, stretch.question or None)
            else:
                turn = min(max(self.due, starts), ends)
                if starts < turn:
                    yield starts, turn, EntryKind.COUNTED, counting
                if turn < ends:
                    yield turn, ends, EntryKind.COUNTED, _OVERDUE


def due_of(stretches: Sequence[Stretch]) -> int | None:
    """The tick at which the target has been counted, or None when the last stretch has no target.

    Time counted before a change stays counted; a change to a length already used up is due at once.
    """
    counted = 0
    due: int | None = None
    for stretch, ends in _with_ends(stretches):
        length = stretch.length
        if length is None or counted < length:
            due = None
        elif due is None:
            due = stretch.starts
        if ends is None:
            if due is None and length is not None:
                due = stretch.table.advance(stretch.starts, length - counted)
        elif not stretch.paused:
            opened = stretch.table.open_between(stretch.starts, ends)
            if due is None and length is not None and counted + opened >= length:
                due = stretch.table.advance(stretch.starts, length - counted)
            counted += opened
    return due


def _with_ends(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, int | None]]:
    for index, stretch in enumerate(stretches):
        yield stretch, stretches[index + 1].starts if index + 1 < len(stretches) else None
