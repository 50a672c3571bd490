"""Times as people say them, in three languages: ``ti 10.3. klo 12.00``, ``2 työpäivää 3 t``."""

import re
from datetime import date, datetime, timedelta

from chassis.languages import Language
from trade.days import HELSINKI

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
WEEKDAY_NAMES: dict[Language, tuple[str, ...]] = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS: dict[Language, tuple[str, ...]] = {
    "fi": (
        "tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu",
        "heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu",
    ),
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni",
        "juli", "augusti", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
# one and many of: working day, calendar day, hour, minute
UNITS: dict[Language, tuple[tuple[str, str], ...]] = {
    "fi": (("työpäivä", "työpäivää"), ("vrk", "vrk"), ("t", "t"), ("min", "min")),
    "sv": (("arbetsdag", "arbetsdagar"), ("dygn", "dygn"), ("h", "h"), ("min", "min")),
    "en": (("working day", "working days"), ("day", "days"), ("h", "h"), ("min", "min")),
}
DAY_MINUTES = 24 * 60
ISO_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def day(value: date, language: Language, today: date) -> str:
    """Say a day: ``ti 10.3.``, with the year when it is another year than today's."""
    year = value.year != today.year
    weekday = WEEKDAYS[language][value.weekday()]
    if language == "fi":
        return f"{weekday} {value.day}.{value.month}." + (str(value.year) if year else "")
    if language == "sv":
        return f"{weekday} {value.day}.{value.month}" + (f".{value.year}" if year else "")
    return f"{weekday} {value.day} {MONTHS['en'][value.month - 1][:3]}" + (f" {value.year}" if year else "")


def day_in_words(value: date, language: Language) -> str:
    """Say a day at length: ``tiistai 24. marraskuuta``."""
    weekday, month = WEEKDAY_NAMES[language][value.weekday()], MONTHS[language][value.month - 1]
    return f"{weekday} {value.day}. {month}ta" if language == "fi" else f"{weekday} {value.day} {month}"


def clock(value: datetime, language: Language) -> str:
    """Say a time of day in Helsinki: ``klo 12.00``."""
    local = value.astimezone(HELSINKI)
    if language == "en":
        return f"{local:%H:%M}"
    return f"{'klo' if language == 'fi' else 'kl.'} {local:%H.%M}"


def moment(value: datetime, language: Language, today: date) -> str:
    """Say an instant in Helsinki time: ``ti 10.3. klo 12.00``."""
    local = value.astimezone(HELSINKI)
    return f"{day(local.date(), language, today)}{',' if language == 'en' else ''} {clock(local, language)}"


def seconds_of(duration: str) -> float:
    """Return the seconds of an ISO 8601 duration of days or less, such as ``PT4H``; ValueError otherwise."""
    match = ISO_DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(f"not a duration: {duration}")
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds()


def span(value: timedelta | float | str, language: Language) -> str:
    """Say a length of time: ``2 vrk 3 t``.

    Takes a timedelta, seconds or an ISO 8601 duration. Says at most two units; less than a minute is 0 min.
    """
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
    else:
        seconds = seconds_of(value) if isinstance(value, str) else value
    days, minutes = divmod(int(abs(seconds) // 60), DAY_MINUTES)
    return _said(days, UNITS[language][1], minutes, language)


def promised(duration: str, language: Language, basis: str, working_day: str | None = None) -> str:
    """Say a promised ISO 8601 length: ``2 työpäivää 3 t`` in business time, by the day of the calendar.

    Where no one calendar is meant, hours stay hours: a working day is as long as the place is open.
    """
    if basis != "business":
        return span(duration, language)
    agreed_days, _, rest = duration.removeprefix("P").partition("T")
    days = int(agreed_days.removesuffix("D") or 0)
    minutes = int(seconds_of(f"PT{rest}") // 60) if rest else 0
    if working_day is not None and (day_minutes := int(seconds_of(working_day) // 60)):
        whole, minutes = divmod(minutes, day_minutes)
        days += whole
    return _said(days, UNITS[language][0], minutes, language)


def _said(days: int, day_words: tuple[str, str], minutes: int, language: Language) -> str:
    hours, left = divmod(minutes, 60)
    _, _, hour, minute = UNITS[language]
    counted = [(days, day_words), (hours, hour), (left, minute)]
    said = [f"{number} {many if number != 1 else one}" for number, (one, many) in counted if number]
    return " ".join(said[:2]) or f"0 {minute[1]}"
