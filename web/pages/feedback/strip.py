"""The clock strip of a case: where each stretch, flag and day of the ledger stands on a line from 0 to 100 %.

Only geometry and sums; the words are set by the template in the reader's language. Positions are percentages,
so that letters keep their size at every width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from web.pages.feedback.reads import CaseClock, Clock, LedgerEntry

# The kinds of the ledger, time past due, and promised time that a finished case left unused.
Kind = Literal["counted", "overdue", "paused", "closed", "unused"]
Side = Literal["start", "end"]

# How much of the line an hour of each kind takes, and the most that one stretch may take: a weekend is told,
# not measured, so that the hours that count stay visible.
HOUR = 3600.0
SCALE: dict[Kind, float] = {"counted": 1.0, "overdue": 1.0, "paused": 0.5, "closed": 0.25, "unused": 0.25}
LONGEST: dict[Kind, float] = {
    "counted": float("inf"),
    "overdue": float("inf"),
    "paused": 6 * HOUR,
    "closed": 2.5 * HOUR,
    "unused": 4 * HOUR,
}
MOST_STRETCHES = 48
LABEL_WIDTH = 19.0  # per cent of the line that a day's label needs at 320 px
FLAG_TURNS = 55.0  # per cent from which on a flag's words stand on its left side


@dataclass(frozen=True)
class Stretch:
    """A part of the line: what kind of time it was, from when to when, and where it is drawn (per cent)."""

    kind: Kind
    start: datetime
    end: datetime
    left: float
    width: float
    ahead: bool


@dataclass(frozen=True)
class Flag:
    """A due instant on the line; `side` is the side of the pole on which its words have room."""

    clock: Literal["response", "resolution"]
    at: datetime
    local: datetime
    left: float
    side: Side
    met_at: datetime | None
    breached: bool


@dataclass(frozen=True)
class DayMark:
    """The place where a day begins on the line."""

    day: date
    left: float


@dataclass(frozen=True)
class Line:
    """One line of the ledger in words: `reason` is the service's own wording."""

    kind: Kind
    start: datetime
    end: datetime
    seconds: int
    reason: str
    ahead: bool = False

    @property
    def within_a_day(self) -> bool:
        """Say whether it ends on the day on which it starts; both are local times."""
        return self.start.date() == self.end.date()


@dataclass(frozen=True)
class Strip:
    """All that the template needs to draw a case's clock and to tell it in words."""

    stretches: tuple[Stretch, ...]
    flags: tuple[Flag, ...]
    days: tuple[DayMark, ...]
    lines: tuple[Line, ...]
    now: datetime
    now_left: float | None
    now_side: Side
    start: datetime
    end: datetime
    counted_seconds: int
    """Time that counted up to the due instant and is behind."""
    overdue_seconds: int
    paused_seconds: int
    closed_seconds: int

    @property
    def asked_about(self) -> datetime | None:
        """Return the due time that a reader asks about: the next one that is not met, None when both are."""
        return next((flag.at for flag in self.flags if flag.met_at is None), None)

    def has(self, kind: Kind) -> bool:
        """Say whether a kind of time stands on the line."""
        return any(stretch.kind == kind for stretch in self.stretches)


class Scale:
    """Turns an instant into its place on the line, whose parts are stretched or pressed together."""

    def __init__(self, breakpoints: Sequence[datetime], weights: Sequence[float]) -> None:
        self._breakpoints = breakpoints
        total = sum(weights) or 1.0
        places = [0.0]
        for weight in weights:
            places.append(places[-1] + weight * 100.0 / total)
        self._places = places

    def place(self, instant: datetime) -> float:
        """Return the place of the instant in per cent; outside the line its nearer end."""
        if instant <= self._breakpoints[0]:
            return 0.0
        for (start, end), (left, right) in zip(
            pairwise(self._breakpoints), pairwise(self._places), strict=True
        ):
            if instant <= end:
                share = (instant - start) / (end - start) if end > start else 0.0
                return round(left + share * (right - left), 2)
        return 100.0


def draw(clock: CaseClock) -> Strip | None:
    """Return the strip of a case's clock, or None when the case has no clock at all (thanks)."""
    entries = [entry for entry in clock.ledger if entry.end > entry.start]
    if not entries:
        return None
    zone = ZoneInfo(clock.calendar.time_zone)
    flags = [(name, found) for name, found in _clocks(clock) if found.due_at is not None]
    running = any(found.met_at is None for _, found in flags)
    merged = _few_enough(_joined(entries))
    start = merged[0].start
    end = max([merged[-1].end, *(found.due_at for _, found in flags if found.due_at)])
    if running:
        end = max(end, clock.now)
    merged = _without_gaps(merged, end, "closed" if running else "unused")
    scale = Scale(
        [start, *(entry.end for entry in merged)],
        [_weight(entry.kind, entry.end - entry.start) for entry in merged],
    )
    shows_now = running and start <= clock.now <= end
    now_left = scale.place(clock.now) if shows_now else None
    return Strip(
        stretches=tuple(_stretches(merged, scale, clock.now if shows_now else None)),
        flags=tuple(_flag(name, found, scale, zone) for name, found in flags),
        days=tuple(_days(start, end, scale, zone)),
        lines=tuple(_lines(clock.ledger, zone, clock.now if running else None)),
        now=clock.now,
        now_left=now_left,
        now_side=_side(now_left or 0.0),
        start=start,
        end=end,
        counted_seconds=_spent(entries, "counted", clock.now),
        overdue_seconds=_spent(entries, "overdue", clock.now),
        paused_seconds=_spent(entries, "paused", clock.now),
        closed_seconds=_spent(entries, "closed", clock.now),
    )


def _clocks(clock: CaseClock) -> list[tuple[Literal["response", "resolution"], Clock]]:
    """Return the clocks that the case has, the response first."""
    found: list[tuple[Literal["response", "resolution"], Clock]] = []
    if clock.clocks.response is not None:
        found.append(("response", clock.clocks.response))
    if clock.clocks.resolution is not None:
        found.append(("resolution", clock.clocks.resolution))
    return found


@dataclass(frozen=True)
class _Span:
    kind: Kind
    start: datetime
    end: datetime


def _joined(entries: Sequence[LedgerEntry]) -> list[_Span]:
    """Join neighbouring entries of one kind: a night and the holiday after it are one hatched stretch."""
    spans: list[_Span] = []
    for entry in entries:
        kind = _kind(entry)
        if spans and spans[-1].kind == kind and spans[-1].end == entry.start:
            spans[-1] = _Span(kind, spans[-1].start, entry.end)
        else:
            spans.append(_Span(kind, entry.start, entry.end))
    return spans


def _kind(entry: LedgerEntry) -> Kind:
    """Return what is drawn: counted time after the due instant is overdue."""
    return "overdue" if entry.kind == "counted" and entry.reason.code == "overdue" else entry.kind


def _lines(entries: Sequence[LedgerEntry], zone: ZoneInfo, now: datetime | None) -> Iterator[Line]:
    """Tell the ledger line by line; the present instant cuts a line into what is behind and what is ahead."""
    for entry in entries:
        for start, end in _cut(entry.start, entry.end, now):
            yield Line(
                _kind(entry),
                start.astimezone(zone),
                end.astimezone(zone),
                int((end - start).total_seconds()),
                entry.reason.text,
                ahead=now is not None and start >= now,
            )


def _cut(start: datetime, end: datetime, now: datetime | None) -> list[tuple[datetime, datetime]]:
    if now is not None and start < now < end:
        return [(start, now), (now, end)]
    return [(start, end)]


def _few_enough(spans: list[_Span]) -> list[_Span]:
    """Swallow nights, then longer breaks, until the line has few enough stretches to be read."""
    longest_swallowed = timedelta(hours=18)  # a night
    while len(spans) > MOST_STRETCHES and longest_swallowed < timedelta(days=400):
        spans = _swallow(spans, longest_swallowed)
        longest_swallowed *= 4
    return spans


def _swallow(spans: Sequence[_Span], up_to: timedelta) -> list[_Span]:
    kept: list[_Span] = []
    for span in spans:
        inside = span.kind == "closed" and span.end - span.start <= up_to
        kind: Kind = kept[-1].kind if inside and kept else span.kind
        if kept and kept[-1].kind == kind and kept[-1].end == span.start:
            kept[-1] = _Span(kind, kept[-1].start, span.end)
        else:
            kept.append(_Span(kind, span.start, span.end))
    return kept


def _without_gaps(spans: Sequence[_Span], end: datetime, tail: Kind) -> list[_Span]:
    """Fill gaps of the ledger as time that did not count, and what lies beyond it with the tail."""
    filled: list[_Span] = []
    for span in spans:
        if filled and filled[-1].end < span.start:
            filled.append(_Span("closed", filled[-1].end, span.start))
        filled.append(span)
    if filled[-1].end < end:
        filled.append(_Span(tail, filled[-1].end, end))
    return filled


def _weight(kind: Kind, length: timedelta) -> float:
    return min(length.total_seconds() * SCALE[kind], LONGEST[kind])


def _stretches(spans: Sequence[_Span], scale: Scale, now: datetime | None) -> list[Stretch]:
    """Cut the spans at the present instant, so that what is still ahead can be drawn lighter."""
    stretches: list[Stretch] = []
    for span in spans:
        for start, end in _cut(span.start, span.end, now):
            left, right = scale.place(start), scale.place(end)
            ahead = now is not None and start >= now
            stretches.append(Stretch(span.kind, start, end, left, round(right - left, 2), ahead))
    return stretches


def _flag(name: Literal["response", "resolution"], clock: Clock, scale: Scale, zone: ZoneInfo) -> Flag:
    assert clock.due_at is not None  # noqa: S101 - told to the type checkers; draw() left the others out
    left = scale.place(clock.due_at)
    return Flag(
        name, clock.due_at, clock.due_at.astimezone(zone), left, _side(left), clock.met_at, clock.breached
    )


def _side(left: float) -> Side:
    return "end" if left > FLAG_TURNS else "start"


def _days(start: datetime, end: datetime, scale: Scale, zone: ZoneInfo) -> list[DayMark]:
    """Return the days that begin on the line, with room between them for their names."""
    marks = [DayMark(start.astimezone(zone).date(), 0.0)]
    day = marks[0].day + timedelta(days=1)
    last = end.astimezone(zone).date()
    while day <= last:
        left = scale.place(datetime(day.year, day.month, day.day, tzinfo=zone))
        if left - marks[-1].left >= LABEL_WIDTH and left <= 100 - LABEL_WIDTH / 1.4:
            marks.append(DayMark(day, left))
        day += timedelta(days=1)
    return marks


def _spent(entries: Sequence[LedgerEntry], kind: Kind, now: datetime) -> int:
    """Sum the seconds of one kind that are already behind."""
    total = sum(
        (min(entry.end, now) - entry.start).total_seconds()
        for entry in entries
        if _kind(entry) == kind and entry.start < now
    )
    return int(total)
