"""The ledger in words a customer understands: why an interval counted, rested or was closed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from chassis.languages import LANGUAGES, Language
from services.feedback.sla.calendars import Calendar, Frame, holiday_names
from services.feedback.sla.ledger import Entry
from services.feedback.sla.timetable import Reason, ReasonCode

_REASONS: dict[ReasonCode, tuple[str, str, str]] = {
    ReasonCode.OPEN_HOURS: ("Työaika, aika kuluu", "Arbetstid, tiden går", "Working hours, time counts"),
    ReasonCode.CALENDAR_TIME: (
        "Aika kuluu yötä päivää",
        "Tiden går dygnet runt",
        "Time counts day and night",
    ),
    ReasonCode.OVERDUE: ("Määräaika ylitetty", "Tidsfristen överskriden", "Past the due time"),
    ReasonCode.WAITING: (
        "Odotetaan asiakkaan vastausta",
        "Väntar på kundens svar",
        "Waiting for the customer's answer",
    ),
    ReasonCode.OUTSIDE_HOURS: ("Työajan ulkopuolella", "Utanför arbetstid", "Outside working hours"),
    ReasonCode.HALF_DAY: ("lyhennetty päivä", "förkortad dag", "short day"),
    ReasonCode.CLOSURE: ("suljettu", "stängt", "closed"),
    ReasonCode.HOLIDAY: ("{name}, suljettu", "{name}, stängt", "{name}, closed"),
}
_QUESTION = ("{text}: ”{name}”", "{text}: ”{name}”", "{text}: “{name}”")
_NO_HOLIDAYS = ("ei pyhäpäivinä", "ej på helgdagar", "not on public holidays")
_WEEKDAYS = (
    ("Ma", "Ti", "Ke", "To", "Pe", "La", "Su"),
    ("Mån", "Tis", "Ons", "Tors", "Fre", "Lör", "Sön"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
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


def reason_text(reason: Reason, language: Language) -> str:
    """The reason alone: `loppiainen, suljettu`."""
    index = LANGUAGES.index(language)
    text = _REASONS[reason.code][index]
    if reason.code is ReasonCode.HOLIDAY:
        return text.format(name=holiday_name(reason, language))
    if reason.code is ReasonCode.WAITING and reason.name:
        return _QUESTION[index].format(text=text, name=reason.name)
    return text


def holiday_name(reason: Reason, language: Language) -> str:
    """The holiday's name, inside a sentence; in the country's own language when it has no other."""
    name = reason.name or ""
    if reason.country == "FI" and reason.day is not None:
        names = holiday_names(reason.country, reason.day.year, _HOLIDAY_LANGUAGES[language])
        name = names.get(reason.day, name)
    keeps_capital = language == "en" or reason.country != "FI" or name.startswith("Kristi")
    return name if keeps_capital else name[:1].lower() + name[1:]


def calendar_text(calendar: Calendar, language: Language) -> str:
    """The ordinary week in a line: `Ma–pe 8.00–16.00, ei arkipyhinä`."""
    index = LANGUAGES.index(language)
    names = _WEEKDAYS[index]
    parts: list[str] = []
    for frames, group in groupby(range(len(names)), key=calendar.week.__getitem__):
        days = list(group)
        if frames:
            first = names[days[0]] if not parts else _inside(names[days[0]], language)
            last = f"–{_inside(names[days[-1]], language)}" if len(days) > 1 else ""
            parts.append(f"{first}{last} {_hours(frames, language)}")
    if calendar.holidays is not None:
        parts.append(_NO_HOLIDAYS[index])
    return ", ".join(parts)


def days_text(first: date, last: date, language: Language) -> str:
    """`Ti 6.1.` or `Ke 1.7.–pe 31.7.`, in Swedish and English likewise."""
    begin = _day_text(first, language)
    if last <= first:
        return begin
    end = _day_text(last, language)
    return f"{begin}–{_inside(end, language)}"


def _day_text(day: date, language: Language) -> str:
    weekday = _WEEKDAYS[LANGUAGES.index(language)][day.weekday()]
    if language == "en":
        return f"{weekday} {day.day} {_MONTHS[day.month - 1]}"
    return f"{weekday} {day.day}.{day.month}{'.' if language == 'fi' else ''}"


def _inside(words: str, language: Language) -> str:
    """Days as they stand inside a sentence: small in Finnish and Swedish."""
    return words if language == "en" else words[:1].lower() + words[1:]


def _hours(frames: tuple[Frame, ...], language: Language) -> str:
    sign = ":" if language == "en" else "."
    return " ".join(f"{_hour(frame.opens, sign)}–{_hour(frame.closes, sign)}" for frame in frames)


def _hour(minutes: int, sign: str) -> str:
    return f"{minutes // 60}{sign}{minutes % 60:02d}"
