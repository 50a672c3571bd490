"""The clock strip of a case: a picture of its ledger, and the same line by line.

Only what is drawn and its sums; the words are set by the template in the reader's language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from web.pages.feedback.bands import Band, Instant, Kind, Span, What, bands_of, cut
from web.pages.feedback.reads import CaseClock, Clock, LedgerEntry


@dataclass(frozen=True)
class Promise:
    """A due instant and what came of it."""

    clock: Literal["response", "resolution"]
    at: datetime
    met_at: datetime | None
    breached: bool


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

    bands: tuple[Band, ...]
    promises: tuple[Promise, ...]
    lines: tuple[Line, ...]
    now: datetime
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
        return next((promise.at for promise in self.promises if promise.met_at is None), None)

    @property
    def drawn(self) -> tuple[tuple[Kind, bool], ...]:
        """Return the kinds of time that are seen, each behind and ahead, as the key tells them."""
        seen = {(stretch.kind, stretch.ahead) for band in self.bands for stretch in band.stretches}
        kinds: tuple[Kind, ...] = ("counted", "overdue", "paused", "closed", "unused")
        return tuple((kind, ahead) for kind in kinds for ahead in (False, True) if (kind, ahead) in seen)

    @property
    def is_pressed(self) -> bool:
        """Say whether time is pressed together anywhere."""
        return any(band.breaks for band in self.bands)


def draw(clock: CaseClock) -> Strip | None:
    """Return the strip of a case's clock, or None when the case has no clock at all (thanks)."""
    entries = [entry for entry in clock.ledger if entry.end > entry.start]
    if not entries:
        return None
    zone = ZoneInfo(clock.calendar.time_zone)
    promises = tuple(_promises(clock))
    running = any(promise.met_at is None for promise in promises)
    spans = _joined(entries)
    start = spans[0].start
    end = max([spans[-1].end, *(promise.at for promise in promises)])
    if running:
        end = max(end, clock.now)
    spans = _without_gaps(spans, end, "closed" if running else "unused")
    present = clock.now if running and start <= clock.now <= end else None
    return Strip(
        bands=tuple(bands_of(spans, _instants(promises, start, present, zone), present, zone)),
        promises=promises,
        lines=tuple(_lines(clock.ledger, zone, clock.now if running else None)),
        now=clock.now,
        start=start,
        end=end,
        counted_seconds=_spent(entries, "counted", clock.now),
        overdue_seconds=_spent(entries, "overdue", clock.now),
        paused_seconds=_spent(entries, "paused", clock.now),
        closed_seconds=_spent(entries, "closed", clock.now),
    )


def _promises(clock: CaseClock) -> Iterator[Promise]:
    """Return the promises that the case has, the response first."""
    clocks: tuple[tuple[Literal["response", "resolution"], Clock | None], ...] = (
        ("response", clock.clocks.response),
        ("resolution", clock.clocks.resolution),
    )
    for name, found in clocks:
        if found is not None and found.due_at is not None:
            yield Promise(name, found.due_at, found.met_at, found.breached)


def _joined(entries: Sequence[LedgerEntry]) -> list[Span]:
    """Join neighbouring entries of one kind: a night and the holiday after it are one stretch."""
    spans: list[Span] = []
    for entry in entries:
        kind = _kind(entry)
        if spans and spans[-1].kind == kind and spans[-1].end == entry.start:
            spans[-1] = Span(kind, spans[-1].start, entry.end)
        else:
            spans.append(Span(kind, entry.start, entry.end))
    return spans


def _kind(entry: LedgerEntry) -> Kind:
    """Return what is drawn: counted time after the due instant is overdue."""
    return "overdue" if entry.kind == "counted" and entry.reason.code == "overdue" else entry.kind


def _lines(entries: Sequence[LedgerEntry], zone: ZoneInfo, now: datetime | None) -> Iterator[Line]:
    """Tell the ledger line by line; the present instant cuts a line into what is behind and what is ahead."""
    for entry in entries:
        for start, end in cut(entry.start, entry.end, now):
            yield Line(
                _kind(entry),
                start.astimezone(zone),
                end.astimezone(zone),
                int((end - start).total_seconds()),
                entry.reason.text,
                ahead=now is not None and start >= now,
            )


def _without_gaps(spans: Sequence[Span], end: datetime, tail: Kind) -> list[Span]:
    """Fill gaps of the ledger as time that did not count, and what lies beyond it with the tail."""
    filled: list[Span] = []
    for span in spans:
        if filled and filled[-1].end < span.start:
            filled.append(Span("closed", filled[-1].end, span.start))
        filled.append(span)
    if filled[-1].end < end:
        filled.append(Span(tail, filled[-1].end, end))
    return filled


def _instants(
    promises: Sequence[Promise], start: datetime, now: datetime | None, zone: ZoneInfo
) -> list[Instant]:
    """Return the instants that are flagged, in their order."""
    found: list[Instant] = [("start", start.astimezone(zone), False)]
    if now is not None:
        found.append(("now", now.astimezone(zone), False))
    for promise in promises:
        due: What = "response_due" if promise.clock == "response" else "resolution_due"
        found.append((due, promise.at.astimezone(zone), False))
        if promise.met_at is not None:
            met: What = "response_met" if promise.clock == "response" else "resolution_met"
            found.append((met, promise.met_at.astimezone(zone), promise.breached))
    return sorted(found, key=lambda instant: instant[1])


def _spent(entries: Sequence[LedgerEntry], kind: Kind, now: datetime) -> int:
    """Sum the seconds of one kind that are already behind."""
    total = sum(
        (min(entry.end, now) - entry.start).total_seconds()
        for entry in entries
        if _kind(entry) == kind and entry.start < now
    )
    return int(total)
