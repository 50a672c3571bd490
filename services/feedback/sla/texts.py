"""The ledger in words a customer understands: why an interval counted, rested or was closed."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from chassis.dates import day, time_of_day, weekdays
from chassis.languages import Language
from chassis.words import Words
from services.feedback.sla.calendars import MINUTES_A_DAY, Calendar, Frame, holiday_names
from services.feedback.sla.ledger import Entry
from services.feedback.sla.timetable import Reason, ReasonCode

_WORDS = Words.beside(__file__)
_REASONS = _WORDS.of("reason", ReasonCode)
_HOLIDAY_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
_DATED = frozenset({ReasonCode.HOLIDAY, ReasonCode.HALF_DAY, ReasonCode.CLOSURE})


def entry_text(entry: Entry, time_zone: str, language: Language) -> str:
    """Why the interval is what it is: `Ti 6.1. loppiainen, suljettu`; days are those of the time zone."""
    text = reason_text(entry.reason, language)
    if entry.reason.code not in _DATED:
        return text
    zone = ZoneInfo(time_zone)
    first = entry.starts.astimezone(zone).date()
    last = (entry.ends - timedelta(microseconds=1)).astimezone(zone).date()
    return f"{days_text(first, last, language)} {text}"


_QUESTION_TOLD = 200
"""So many characters of a question stand in the account of a clock."""


def reason_text(reason: Reason, language: Language) -> str:
    """The reason alone: `loppiainen, suljettu`."""
    words = _REASONS[reason.code]
    if reason.code is ReasonCode.HOLIDAY:
        return words.say(language, {"name": holiday_name(reason, language)})
    if reason.code is ReasonCode.WAITING and reason.name:
        asked = reason.name
        if len(asked) > _QUESTION_TOLD:  # a line of an account; the question itself is in the conversation
            asked = f"{asked[: _QUESTION_TOLD - 1]}…"
        return _WORDS["waiting"]["question"].say(language, {"text": words[language], "name": asked})
    return words[language]


def holiday_name(reason: Reason, language: Language) -> str:
    """The holiday's name, inside a sentence; in the country's own language when it has no other."""
    name = reason.name or ""
    if reason.country == "FI" and reason.day is not None:
        names = holiday_names(reason.country, reason.day.year, _HOLIDAY_LANGUAGES[language])
        name = names.get(reason.day, name)
    keeps_capital = language == "en" or reason.country != "FI" or name.startswith("Kristi")
    return name if keeps_capital else name[:1].lower() + name[1:]


def calendar_text(calendar: Calendar, language: Language) -> str:
    """The ordinary week in a line: `Ma–pe 8.00–16.00, ei pyhäpäivinä`."""
    names = weekdays(language)
    parts: list[str] = []
    for frames, group in groupby(range(len(names)), key=calendar.week.__getitem__):
        days = list(group)
        if frames:
            last = f"–{names[days[-1]]}" if len(days) > 1 else ""
            parts.append(f"{names[days[0]]}{last} {_hours(frames, language)}")
    if calendar.holidays is not None:
        parts.append(_WORDS["calendar"]["no_holidays"][language])
    return _begun(", ".join(parts))


def days_text(first: date, last: date, language: Language) -> str:
    """`Ti 6.1.` or `Ke 1.7.–pe 31.7.`, in Swedish and English likewise."""
    end = f"–{day(last, language)}" if last > first else ""
    return _begun(f"{day(first, language)}{end}")


def _begun(words: str) -> str:
    """Words as they begin a line."""
    return words[:1].upper() + words[1:]


def _hours(frames: tuple[Frame, ...], language: Language) -> str:
    return " ".join(
        f"{_hour(frame.opens, language)}–{_hour(frame.closes, language, end=True)}" for frame in frames
    )


def _hour(minutes: int, language: Language, *, end: bool = False) -> str:
    hour, minute = divmod(minutes % MINUTES_A_DAY, 60)
    return time_of_day(time(hour, minute), language, end=end)
