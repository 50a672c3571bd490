"""The opening days of a site as its next week, read from the ledger of the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chassis.dates import time_of_day
from chassis.languages import Language
from trade.days import HELSINKI
from web.pages.registry.reads import Span

DAYS = 7
ORDINARY = "outside_hours"
"""The reason code of nights and weekends, which need no explanation."""


@dataclass(frozen=True)
class OpeningDay:
    """A day and when it is open, ``("7.00–15.00",)``; ``why`` tells why a day that is closed is so."""

    day: date
    frames: tuple[str, ...]
    why: str = ""


def week_of(ledger: Sequence[Span], today: date, language: Language) -> list[OpeningDay]:
    """Return the coming days that a ledger from this morning on covers whole, at most a week."""
    frames = _joined(ledger)
    covered_until = max((span.ends for span in ledger), default=None)
    days: list[OpeningDay] = []
    for number in range(DAYS):
        day = today + timedelta(days=number)
        starts = datetime.combine(day, time.min, HELSINKI)
        ends = datetime.combine(day + timedelta(days=1), time.min, HELSINKI)
        said = tuple(
            f"{_clock(max(opens, starts), language)}–{_clock(min(closes, ends), language, end=True)}"
            for opens, closes in frames
            if opens < ends and closes > starts
        )
        if covered_until is None or (covered_until < ends and not said):
            break
        days.append(OpeningDay(day, said, "" if said else _why(ledger, starts)))
    return days


def _joined(ledger: Sequence[Span]) -> list[tuple[datetime, datetime]]:
    """Return the open stretches, those that touch as one: a due instant within the day cuts nothing."""
    joined: list[tuple[datetime, datetime]] = []
    for span in ledger:
        if span.kind != "counted":
            continue
        if joined and joined[-1][1] == span.starts:
            joined[-1] = (joined[-1][0], span.ends)
        else:
            joined.append((span.starts, span.ends))
    return joined


def _why(ledger: Sequence[Span], starts: datetime) -> str:
    noon = starts + timedelta(hours=12)
    reason = next((span.reason for span in ledger if span.starts <= noon < span.ends), None)
    return reason.text if reason and reason.code != ORDINARY else ""


def _clock(instant: datetime, language: Language, *, end: bool = False) -> str:
    return time_of_day(instant.astimezone(HELSINKI), language, end=end)
