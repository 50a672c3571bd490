"""The opening days of a site as its next week, read from the ledger of the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from web.pages.registry.reads import Span
from web.times import HELSINKI

DAYS = 7


@dataclass(frozen=True)
class OpeningDay:
    """A day and when it is open, ``("7.00–15.00",)``; ``why`` tells the reason of a closed one."""

    day: date
    frames: tuple[str, ...]
    why: str = ""


def week_of(ledger: Sequence[Span], now: datetime) -> list[OpeningDay]:
    """Return the coming days that the ledger covers whole, at most a week; today from now on."""
    if not ledger:
        return []
    today = now.astimezone(HELSINKI).date()
    covered_until = max(span.ends for span in ledger)
    days: list[OpeningDay] = []
    for number in range(DAYS):
        day = today + timedelta(days=number)
        starts = datetime.combine(day, time.min, HELSINKI)
        ends = datetime.combine(day + timedelta(days=1), time.min, HELSINKI)
        if number and covered_until < ends and not any(_open(span, starts, ends) for span in ledger):
            break
        frames = tuple(_said(span, starts, ends) for span in ledger if _open(span, starts, ends))
        # The reason that fills the day, not the night around it.
        noon = starts + timedelta(hours=12)
        why = next(
            (span.why for span in ledger if span.kind != "counted" and span.starts <= noon < span.ends), ""
        )
        days.append(OpeningDay(day, frames, "" if frames else why))
    return days


def _open(span: Span, starts: datetime, ends: datetime) -> bool:
    return span.kind == "counted" and span.starts < ends and span.ends > starts


def _said(span: Span, starts: datetime, ends: datetime) -> str:
    first = max(span.starts, starts).astimezone(HELSINKI)
    last = min(span.ends, ends).astimezone(HELSINKI)
    until = "24.00" if last.time() == time.min else f"{last.hour}.{last:%M}"
    return f"{first.hour}.{first:%M}–{until}"
