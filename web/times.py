"""Times as people say them, in three languages: ``ti 10.3. klo 12.00``, ``2 työpäivää 3 t``."""

import re
from datetime import date, datetime, timedelta

from chassis import dates
from chassis.languages import Language
from trade.days import HELSINKI
from web.texts import mark, mark_many, translations

MOMENT = mark("%(day)s klo %(time)s")
DAYS = mark_many("%(num)s vrk", "%(num)s vrk")
WORKING_DAYS = mark_many("%(num)s työpäivä", "%(num)s työpäivää")
WORKING_TIME = mark("%(time)s työaikaa")
WORKING_DAY = "PT8H"
DAY_MINUTES = 24 * 60
ISO_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def day(value: date, language: Language, today: date) -> str:
    """Say a day: ``ti 10.3.``, with the year when it is another year than today's."""
    return dates.day(value, language, year=value.year != today.year)


def moment(value: datetime, language: Language, today: date) -> str:
    """Say an instant in Helsinki time: ``ti 10.3. klo 12.00``."""
    local = value.astimezone(HELSINKI)
    return translations(language).gettext(MOMENT) % {
        "day": day(local.date(), language, today),
        "time": dates.time_of_day(local, language),
    }


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
    return _said(days, DAYS, minutes, language)


def promised(duration: str, language: Language, basis: str, working_day: str | None = None) -> str:
    """Say a promised ISO 8601 length: ``2 työpäivää 3 t`` in business time.

    Hours are told as days only where the calendar's day has the eight hours that people take a working day to
    have; elsewhere they are ``16 t työaikaa``. Where no one calendar is meant, hours stay hours.
    """
    if basis != "business":
        return span(duration, language)
    agreed_days, _, rest = duration.removeprefix("P").partition("T")
    days = int(agreed_days.removesuffix("D") or 0)
    minutes = int(seconds_of(f"PT{rest}") // 60) if rest else 0
    if working_day is not None and seconds_of(working_day) == seconds_of(WORKING_DAY):
        whole, minutes = divmod(minutes, int(seconds_of(WORKING_DAY) // 60))
        days += whole
    elif working_day is not None and minutes and not days:
        return translations(language).gettext(WORKING_TIME) % {"time": hours_and_minutes(minutes, language)}
    return _said(days, WORKING_DAYS, minutes, language)


def _said(days: int, day_words: tuple[str, str], minutes: int, language: Language) -> str:
    if not days:
        return hours_and_minutes(minutes, language)
    said = translations(language).ngettext(*day_words, days) % {"num": days}
    rest = dates.hours(minutes // 60, language) if minutes >= 60 else dates.minutes(minutes, language)
    return f"{said} {rest}" if minutes else said


def hours_and_minutes(minutes: int, language: Language) -> str:
    """Say a length of time in hours, however many, and minutes: ``28 t 15 min``."""
    hours, left = divmod(minutes, 60)
    said = [dates.hours(hours, language)] if hours else []
    return " ".join([*said, dates.minutes(left, language)] if left or not hours else said)
