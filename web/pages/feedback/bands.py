"""The bands of a clock strip: a day each, with the hours of the same ordinary day.

13.48 stands at one place in each band; nights are pressed together at its edges, and days on which nothing
counts are one band. Places are per cent of the band, so that letters keep their size at every width, and the
bands can stand side by side or one below the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

# The kinds of the ledger, time past due, and promised time that a finished case left unused.
Kind = Literal["counted", "overdue", "paused", "closed", "unused"]
What = Literal["start", "response_due", "response_met", "now", "resolution_due", "resolution_met"]

DAY_MINUTES = 24 * 60
NIGHT_ROOM = 9.0  # per cent of a band that a night at its edge takes, however long it is
MOST_BANDS = 12
"""From here on days between the events of a case are told together."""


@dataclass(frozen=True)
class Stretch:
    """Time of one kind on a band: from when to when (local), and where it is drawn (per cent)."""

    kind: Kind
    start: datetime
    end: datetime
    left: float
    width: float
    ahead: bool


@dataclass(frozen=True)
class Mark:
    """An instant on a band: when the time began, when it is due, when it was answered, the present."""

    what: What
    at: datetime
    left: float
    late: bool = False


@dataclass(frozen=True)
class Band:
    """A day, or days that are told together; `breaks` are the places where time is pressed together."""

    first: date
    last: date
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...] = ()
    breaks: tuple[float, ...] = ()
    counted_seconds: int = 0
    """What of it counts or will count, when days are told together."""

    @property
    def is_closed(self) -> bool:
        """Say whether nothing on it counts, rests or is left over."""
        return all(stretch.kind == "closed" for stretch in self.stretches)

    @property
    def ahead(self) -> bool:
        """Say whether all of it is still to come."""
        return all(stretch.ahead for stretch in self.stretches)

    @property
    def told(self) -> tuple[Stretch, ...]:
        """Return what is told in words: all but the nights, of which one sentence tells."""
        return tuple(stretch for stretch in self.stretches if stretch.kind != "closed")


@dataclass(frozen=True)
class Span:
    """A part of the line, of one kind."""

    kind: Kind
    start: datetime
    end: datetime
    ahead: bool = False


class Hours:
    """The ordinary day: turns a time of day into its place on a band, nights pressed together."""

    def __init__(self, opens: int, closes: int) -> None:
        """Take the minutes of the day between which time is drawn at its length."""
        left = NIGHT_ROOM if opens > 0 else 0.0
        right = 100.0 - (NIGHT_ROOM if closes < DAY_MINUTES else 0.0)
        self._edges = ((0, 0.0), (opens, left), (closes, right), (DAY_MINUTES, 100.0))
        self.nights = tuple(
            (start, end)
            for (start, _), (end, _) in ((self._edges[0], self._edges[1]), (self._edges[2], self._edges[3]))
            if end > start
        )

    def place(self, minutes: float) -> float:
        """Return the place of a time of day in per cent."""
        for (start, left), (end, right) in zip(self._edges, self._edges[1:], strict=False):
            if minutes <= end and end > start:
                return round(left + (minutes - start) / (end - start) * (right - left), 2)
        return 100.0


Instant = tuple[What, datetime, bool]
"""What is flagged, when (local), and whether it came late."""


def bands_of(
    spans: Iterable[Span], instants: Sequence[Instant], now: datetime | None, zone: ZoneInfo
) -> list[Band]:
    """Return the bands of a line without gaps; when they are many, quiet days are told together."""
    parts = list(_by_day(spans, zone, now))
    bands = list(_bands(parts, instants, _ordinary_day(parts)))
    return _few_enough(_closed_days_joined(bands))


def cut(start: datetime, end: datetime, now: datetime | None) -> list[tuple[datetime, datetime]]:
    """Cut a stretch of time at the present into what is behind and what is ahead."""
    if now is not None and start < now < end:
        return [(start, now), (now, end)]
    return [(start, end)]


def _by_day(spans: Iterable[Span], zone: ZoneInfo, now: datetime | None) -> Iterator[Span]:
    """Cut the spans at the present, so that what is ahead can be drawn lighter, and at each midnight."""
    for span in spans:
        for start, end in cut(span.start, span.end, now):
            ahead = now is not None and start >= now
            here, last = start.astimezone(zone), end.astimezone(zone)
            while here < last:
                midnight = datetime.combine(here.date() + timedelta(days=1), time(), zone)
                yield Span(span.kind, here, min(last, midnight), ahead)
                here = midnight


def _minutes(at: datetime, day: date) -> float:
    """Return the minutes of the clock on the wall; the midnight that ends the day is its 24th hour."""
    return DAY_MINUTES if at.date() > day else at.hour * 60 + at.minute + at.second / 60


def _ordinary_day(parts: Sequence[Span]) -> Hours:
    """Return the hours between which anything counts on any day, by whole hours."""
    counting = [part for part in parts if part.kind in {"counted", "overdue"}] or [
        part for part in parts if part.kind != "closed"
    ]
    if not counting:
        return Hours(0, DAY_MINUTES)
    opens = min(_minutes(part.start, part.start.date()) for part in counting)
    closes = max(_minutes(part.end, part.start.date()) for part in counting)
    return Hours(int(opens // 60) * 60, int(-(-closes // 60)) * 60)


def _bands(parts: Sequence[Span], instants: Sequence[Instant], hours: Hours) -> Iterator[Band]:
    """Return a band for each day of the line."""
    for day, of_day in groupby(parts, key=lambda part: part.start.date()):
        stretches = tuple(_stretch(part, day, hours) for part in of_day)
        first, last = stretches[0].left, stretches[-1].left + stretches[-1].width
        nights = [(hours.place(start) + hours.place(end)) / 2 for start, end in hours.nights]
        yield Band(
            day,
            day,
            stretches,
            marks=tuple(
                Mark(what, at, hours.place(_minutes(at, day)), late)
                for what, at, late in instants
                if at.date() == day
            ),
            breaks=tuple(middle for middle in nights if first < middle < last),
            counted_seconds=sum(_seconds(part) for part in stretches if part.kind == "counted"),
        )


def _stretch(part: Span, day: date, hours: Hours) -> Stretch:
    left, right = hours.place(_minutes(part.start, day)), hours.place(_minutes(part.end, day))
    return Stretch(part.kind, part.start, part.end, left, round(right - left, 2), part.ahead)


def _seconds(part: Stretch) -> int:
    """Return how long it is; local times of one zone differ by the clock on the wall, so by the instants."""
    return int(part.end.timestamp() - part.start.timestamp())


def _closed_days_joined(bands: Sequence[Band]) -> list[Band]:
    """Make one band of neighbouring days on which nothing happens or counts: a weekend, a holiday."""
    joined: list[Band] = []
    for is_quiet, group in groupby(bands, key=lambda band: band.is_closed and not band.marks):
        days = list(group)
        joined.extend([_together(days)] if is_quiet else days)
    return joined


def _few_enough(bands: list[Band]) -> list[Band]:
    """Tell quiet days together when there are many: those of one kind, then whatever they are."""
    if len(bands) <= MOST_BANDS:
        return bands
    by_kind = _quiet_together(bands, by_kind=True)
    return by_kind if len(by_kind) <= MOST_BANDS else _quiet_together(bands, by_kind=False)


def _quiet_together(bands: Sequence[Band], *, by_kind: bool) -> list[Band]:
    kinds: list[Kind | None] = []
    for number, band in enumerate(bands):
        if band.marks or number == len(bands) - 1:
            kinds.append(None)
        elif band.is_closed and kinds and kinds[-1] is not None:
            kinds.append(kinds[-1])  # a weekend goes with the days before it
        else:
            kinds.append(_main_kind(band.stretches) if by_kind else "counted")
    together: list[Band] = []
    for kind, group in groupby(zip(kinds, bands, strict=True), key=lambda pair: pair[0]):
        days = [band for _, band in group]
        together.extend(days if kind is None or len(days) == 1 else [_together(days)])
    return together


def _main_kind(stretches: Sequence[Stretch]) -> Kind:
    """Return the kind that takes most time, a night aside."""
    told = [stretch for stretch in stretches if stretch.kind != "closed"]
    return max(told, key=_seconds).kind if told else "closed"


def _together(days: Sequence[Band]) -> Band:
    """Make one band of several days: its main kind alone, with a break mark on it."""
    stretches = [stretch for day in days for stretch in day.stretches]
    first, last = stretches[0], stretches[-1]
    drawn = Stretch(_main_kind(stretches), first.start, last.end, 0.0, 100.0, first.ahead)
    counted = sum(day.counted_seconds for day in days)
    return Band(days[0].first, days[-1].last, (drawn,), breaks=(50.0,), counted_seconds=counted)
