"""The working calendar: when a site's producer is at work, in local wall time.

A calendar is data: frames for each weekday, public holidays of a country, half days and closures.
On one date the strongest statement holds: closure, then half day, then public holiday, then the weekday.
Open is every instant at which the wall clock of the time zone shows a time inside a frame, so days on
which the clocks are turned need no rule of their own: a skipped hour gives nothing, a repeated one twice.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import holidays as public_holidays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60
_WALL_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


class CalendarRefused(ValueError):
    """A calendar that cannot be used; `code` says why, `at` is the path inside the calendar document."""

    def __init__(self, code: str, at: tuple[str | int, ...] = (), detail: str = "") -> None:
        super().__init__(f"{code} at /{'/'.join(map(str, at))}: {detail}")
        self.code = code
        self.at = at
        self.detail = detail


class NoOpenTime(CalendarRefused):
    """The calendar is never open, so no business time could ever pass."""

    def __init__(self) -> None:
        super().__init__("calendar_without_open_time", (), "the calendar has no open time")


@dataclass(frozen=True, order=True)
class Frame:
    """Open hours `[opens, closes)` in minutes of local wall time from midnight; 1440 is the day's end."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise CalendarRefused("frame_backwards", (), f"{self}: a frame closes after it opens, same day")

    @classmethod
    def of(cls, opens: str, closes: str) -> Frame:
        """Read `08:00`, `16:00`; the end of the day is `24:00`. A night is written as two frames."""
        return cls(wall_minutes(opens), wall_minutes(closes))

    def __str__(self) -> str:
        return f"{wall_text(self.opens)}–{wall_text(self.closes)}"


@dataclass(frozen=True)
class HalfDay:
    """A date whose frames replace the weekday's (New Year's Eve 8–12)."""

    day: date
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class Closure:
    """Dates `first`…`last`, both included, on which nothing is open (July in a school)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise CalendarRefused("closure_backwards", (), f"{self.first} is after {self.last}")


@dataclass(frozen=True)
class Calendar:
    """When work is done. `name` and `version` tell which one it is; equality is by content alone."""

    time_zone: str
    week: tuple[tuple[Frame, ...], ...]
    holidays: str | None = None
    half_days: tuple[HalfDay, ...] = ()
    closures: tuple[Closure, ...] = ()
    name: str = field(default="", compare=False)
    version: int = field(default=0, compare=False)
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        zone(self.time_zone)
        if self.holidays is not None and self.holidays not in supported_countries():
            raise CalendarRefused("holidays_unknown", ("holidays",), f"no holidays of {self.holidays!r}")
        if len(self.week) != len(WEEKDAYS):
            raise CalendarRefused("week_incomplete", ("frames",), "a week has seven days")
        for weekday, frames in zip(WEEKDAYS, self.week, strict=True):
            _check_frames(frames, ("frames", weekday))
        seen: set[date] = set()
        for index, half_day in enumerate(self.half_days):
            _check_frames(half_day.frames, ("half_days", index, "frames"))
            if half_day.day in seen:
                raise CalendarRefused("half_day_twice", ("half_days", index, "date"), f"{half_day.day} twice")
            seen.add(half_day.day)
        if not any(self.week) and not any(h.frames and not self.closed_on(h.day) for h in self.half_days):
            raise NoOpenTime
        # A calendar is looked up with every due time; hashing years of closures anew would cost most of it.
        content = (self.time_zone, self.week, self.holidays, self.half_days, self.closures)
        object.__setattr__(self, "_hash", hash(content))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of(
        cls,
        frames: Mapping[str, Sequence[tuple[str, str]]],
        *,
        time_zone: str = "Europe/Helsinki",
        holidays: str | None = None,
        half_days: Mapping[date, Sequence[tuple[str, str]]] | None = None,
        closures: Iterable[tuple[date, date]] = (),
        name: str = "",
        version: int = 0,
    ) -> Calendar:
        """Build from plain words: `Calendar.of({"mon": [("08:00", "16:00")]}, holidays="FI")`.

        Missing weekdays are closed. Raises CalendarRefused.
        """
        for weekday in frames:
            if weekday not in WEEKDAYS:
                raise CalendarRefused("weekday_unknown", ("frames", weekday), f"weekdays are {WEEKDAYS}")
        return cls(
            time_zone=time_zone,
            week=tuple(_frames(frames.get(day, ()), ("frames", day)) for day in WEEKDAYS),
            holidays=holidays,
            half_days=tuple(
                HalfDay(day, _frames(pairs, ("half_days", index, "frames")))
                for index, (day, pairs) in enumerate((half_days or {}).items())
            ),
            closures=tuple(Closure(first, last) for first, last in closures),
            name=name,
            version=version,
        )

    def closed_on(self, day: date) -> bool:
        """Whether a closure covers the date."""
        return any(closure.first <= day <= closure.last for closure in self.closures)

    @cached_property
    def working_day_minutes(self) -> int:
        """Open minutes of a full working day: the longest ordinary weekday (of half days when none)."""
        days = [*self.week] if any(self.week) else [half_day.frames for half_day in self.half_days]
        return max(sum(frame.closes - frame.opens for frame in frames) for frames in days)


def wall_minutes(text: str) -> int:
    """Minutes from midnight of `HH:MM`; raises CalendarRefused for anything else."""
    if not _WALL_TIME.fullmatch(text):
        raise CalendarRefused("wall_time_malformed", (), f"{text!r} is not a time such as 08:00")
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def wall_text(minutes: int) -> str:
    """`08:00` of 480."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@lru_cache(maxsize=64)
def zone(key: str) -> ZoneInfo:
    """The time zone of the name; raises CalendarRefused when there is none."""
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as unknown:
        raise CalendarRefused("time_zone_unknown", ("time_zone",), f"no time zone {key!r}") from unknown


@lru_cache(maxsize=1)
def supported_countries() -> frozenset[str]:
    """Country codes whose public holidays are known."""
    return frozenset(public_holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=512)
def holiday_names(country: str, year: int, language: str | None = None) -> Mapping[date, str]:
    """Public holidays of a year with their names, in the country's own first language unless told."""
    own = language or getattr(public_holidays, country).default_language
    with warnings.catch_warnings():
        # India's moon-sighted days are known for some decades only; the library says so by a warning.
        warnings.simplefilter("ignore", UserWarning)
        return dict(public_holidays.country_holidays(country, years=year, language=own).items())


def _frames(pairs: Sequence[tuple[str, str]], at: tuple[str | int, ...]) -> tuple[Frame, ...]:
    frames = []
    for index, (opens, closes) in enumerate(pairs):
        try:
            frames.append(Frame.of(opens, closes))
        except CalendarRefused as refused:
            raise CalendarRefused(refused.code, (*at, index), refused.detail) from refused
    return tuple(frames)


def _check_frames(frames: tuple[Frame, ...], at: tuple[str | int, ...]) -> None:
    for index in range(1, len(frames)):
        if frames[index].opens < frames[index - 1].closes:
            detail = f"{frames[index]} begins before {frames[index - 1]} ends; write frames in order"
            raise CalendarRefused("frames_overlap", (*at, index), detail)
