"""Arithmetic of open time: how much lies between two instants, and when an amount of it has passed.

Works in whole microseconds since 1970 (UTC), in slices of one UTC day that are computed once and kept,
because a queue of cases asks for the same days again and again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, TypeVar

from services.feedback.sla.calendars import Calendar, Frame, NoOpenTime, holiday_names, zone

SECOND = 1_000_000
DAY = 86_400 * SECOND
HORIZON = timedelta(days=5 * 366)
MOST_DAYS = 4_000
"""Days kept of one calendar: twice the horizon, so that no due instant is worked out from forgotten days."""
_HORIZON = HORIZON // timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_TICK = timedelta(microseconds=1)


class BeyondHorizon(ValueError):
    """The due instant lies more than five years after the clock's last event."""


class ReasonCode(StrEnum):
    """Why an interval counts, rests or is closed."""

    OPEN_HOURS = "open_hours"
    CALENDAR_TIME = "calendar_time"
    OVERDUE = "overdue"
    WAITING = "waiting"
    OUTSIDE_HOURS = "outside_hours"
    HOLIDAY = "holiday"
    HALF_DAY = "half_day"
    CLOSURE = "closure"


@dataclass(frozen=True)
class Reason:
    """A reason with what makes it concrete: the holiday's name, date and country, or the question asked."""

    code: ReasonCode
    name: str | None = None
    day: date | None = None
    country: str | None = None


# One stretch of a timetable: from, to, and why it is closed (None: open).
Piece = tuple[int, int, Reason | None]
_Day = TypeVar("_Day")

_OUTSIDE = Reason(ReasonCode.OUTSIDE_HOURS)
_HALF_DAY = Reason(ReasonCode.HALF_DAY)
_CLOSURE = Reason(ReasonCode.CLOSURE)


class Timetable(Protocol):
    """Where time counts. All arguments and answers are ticks: microseconds since 1970 UTC."""

    def open_between(self, start: int, end: int) -> int:
        """Open ticks inside `[start, end)`."""

    def advance(self, start: int, amount: int) -> int:
        """The end of the last tick of the first `amount` (> 0) open ticks from `start` on."""

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """`[start, end)` without gaps, open and closed in turns."""


class AlwaysOpen:
    """Calendar time: every second counts."""

    def open_between(self, start: int, end: int) -> int:
        return max(0, end - start)

    def advance(self, start: int, amount: int) -> int:
        if amount > _HORIZON:
            raise BeyondHorizon
        return start + amount

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        if start < end:
            yield start, end, None


class BusinessTime:
    """Business time of one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._zone = zone(calendar.time_zone)
        self._half_days = {half_day.day: half_day.frames for half_day in calendar.half_days}
        self._walls: dict[int, tuple[Piece, ...]] = {}
        self._days: dict[int, tuple[int, tuple[Piece, ...]]] = {}

    def open_between(self, start: int, end: int) -> int:
        if start >= end:
            return 0
        first, last = start // DAY, end // DAY
        total = sum(self._day(number)[0] for number in range(first, last))
        return total - self._open_before(first, start) + self._open_before(last, end)

    def advance(self, start: int, amount: int) -> int:
        first = start // DAY
        left = amount + self._open_before(first, start)
        for number in range(first, first + _HORIZON // DAY):
            opened, pieces = self._day(number)
            if left <= opened:
                for begins, ends, closed in pieces:
                    if closed is None:
                        if left <= ends - begins:
                            return begins + left
                        left -= ends - begins
            left -= opened
        raise NoOpenTime if left == amount else BeyondHorizon

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        held: Piece | None = None
        for number in range(start // DAY, (end - 1) // DAY + 1):
            for begins, ends, closed in self._day(number)[1]:
                begins, ends = max(begins, start), min(ends, end)
                if begins >= ends:
                    continue
                if held is not None and held[2] == closed:
                    held = (held[0], ends, closed)
                    continue
                if held is not None:
                    yield held
                held = (begins, ends, closed)
        if held is not None:
            yield held

    def _open_before(self, number: int, tick: int) -> int:
        """Open ticks of the UTC day before the tick."""
        pieces = self._day(number)[1]
        return sum(min(end, tick) - begin for begin, end, closed in pieces if closed is None and begin < tick)

    def _day(self, number: int) -> tuple[int, tuple[Piece, ...]]:
        """Open ticks and pieces of a UTC day (days since 1970)."""
        known = self._days.get(number)
        if known is None:
            pieces: list[Piece] = []
            for begin, end, offset in self._offsets(number * DAY, (number + 1) * DAY):
                for wall_day in range((begin + offset) // DAY, (end + offset - 1) // DAY + 1):
                    shift = wall_day * DAY - offset
                    for wall_begin, wall_end, closed in self._wall(wall_day):
                        clipped = max(begin, wall_begin + shift), min(end, wall_end + shift)
                        if clipped[0] < clipped[1]:
                            pieces.append((*clipped, closed))
            opened = sum(end - begin for begin, end, closed in pieces if closed is None)
            known = (opened, tuple(pieces))
            _keep(self._days, number, known)
        return known

    def _offsets(self, begin: int, end: int) -> list[tuple[int, int, int]]:
        """Parts of the UTC day with one offset from UTC each: (from, to, offset)."""
        before, after = self._offset(begin), self._offset(end)
        if before == after:
            return [(begin, end, before)]
        low, high = begin, end
        while high - low > SECOND:
            middle = (low + high) // (2 * SECOND) * SECOND
            low, high = (middle, high) if self._offset(middle) == before else (low, middle)
        return [(begin, high, before), *([(high, end, after)] if high < end else [])]

    def _offset(self, tick: int) -> int:
        offset = datetime.fromtimestamp(tick // SECOND, self._zone).utcoffset()
        return 0 if offset is None else offset // _TICK

    def _wall(self, number: int) -> tuple[Piece, ...]:
        """A local date (days since 1970) by its wall clock, in ticks from midnight."""
        known = self._walls.get(number)
        if known is None:
            known = self._read_wall(date.fromordinal(number + _EPOCH_ORDINAL))
            _keep(self._walls, number, known)
        return known

    def _read_wall(self, day: date) -> tuple[Piece, ...]:
        calendar = self._calendar
        ordinary = calendar.week[day.weekday()]
        if calendar.closed_on(day):
            return ((0, DAY, _CLOSURE),)
        if day in self._half_days:
            return tuple(_wall_pieces(self._half_days[day], ordinary))
        if calendar.holidays is not None:
            name = holiday_names(calendar.holidays, day.year).get(day)
            if name is not None:
                return ((0, DAY, Reason(ReasonCode.HOLIDAY, name, day, calendar.holidays)),)
        return tuple(_wall_pieces(ordinary, ()))


def _keep(days: dict[int, _Day], number: int, known: _Day) -> None:
    """Remember a day; all are forgotten when they are too many, for a preview may ask for any century's."""
    if len(days) >= MOST_DAYS:
        days.clear()
    days[number] = known


def _wall_pieces(frames: tuple[Frame, ...], lost: tuple[Frame, ...]) -> Iterator[Piece]:
    """A date's frames and the closed time between; closed time inside `lost` frames is a half day's."""
    minute = 60 * SECOND
    edges = {0, 1440, *(edge for frame in (*frames, *lost) for edge in (frame.opens, frame.closes))}
    ordered = sorted(edges)
    for begin, end in pairwise(ordered):
        if any(frame.opens <= begin < frame.closes for frame in frames):
            yield begin * minute, end * minute, None
        elif any(frame.opens <= begin < frame.closes for frame in lost):
            yield begin * minute, end * minute, _HALF_DAY
        else:
            yield begin * minute, end * minute, _OUTSIDE


ALWAYS_OPEN = AlwaysOpen()


@lru_cache(maxsize=32)
def business_time(calendar: Calendar) -> BusinessTime:
    """The timetable of a calendar, kept for the calendars in use."""
    return BusinessTime(calendar)


def ticks(instant: datetime) -> int:
    """Microseconds since 1970 of an aware instant; a naive one raises ValueError."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no offset from UTC")
    return (instant - _EPOCH) // _TICK


def instant(tick: int) -> datetime:
    """The UTC instant of ticks."""
    return _EPOCH + timedelta(microseconds=tick)


def open_intervals(calendar: Calendar, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Open intervals `[from, to)` of the calendar inside `[start, end)`, one after another, in UTC."""
    for begins, ends, closed in business_time(calendar).pieces(ticks(start), ticks(end)):
        if closed is None:
            yield instant(begins), instant(ends)
