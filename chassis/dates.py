"""Days and times of day as each language writes them (Unicode CLDR, by Babel).

What was said once is kept: a page of a list says the same few days and minutes over and over.
"""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names, get_month_names
from babel.units import format_unit

from chassis.languages import Language

_LOCALES = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}
"""Swedish as in Finland, and English of Europe: the day before the month, hours to 24."""
_DAY_IN_WORDS = {"fi": "cccc d. MMMM", "sv": "EEEE d MMMM", "en": "EEEE d MMMM"}
"""CLDR has no form for a weekday and a month in full without the year."""
_PLAIN_DAY = {"fi": "medium", "sv": "long", "en": "long"}
"""Finnish writes a day in figures where the others name the month."""
_KEPT = 4096


@lru_cache
def locale_of(language: Language) -> Locale:
    """Return the locale that a language is written by here."""
    return Locale.parse(_LOCALES[language])


@lru_cache(_KEPT)
def day(value: date, language: Language, *, year: bool = False) -> str:
    """Say a day with its weekday: ``ti 10.3.`` or ``ti 10.3.2026``, ``Tue 10 Mar``."""
    return format_skeleton("yMMMEd" if year else "MMMEd", _noon(value), locale=locale_of(language))


@lru_cache(_KEPT)
def plain_day(value: date, language: Language) -> str:
    """Say a day with its year and no weekday, as in a sentence: ``10.3.2026``, ``10 March 2026``."""
    return format_date(value, _PLAIN_DAY[language], locale=locale_of(language))


def day_in_words(value: date, language: Language) -> str:
    """Say a day at length: ``tiistai 24. marraskuuta``."""
    return format_date(value, _DAY_IN_WORDS[language], locale=locale_of(language))


def time_of_day(value: datetime | time, language: Language, *, end: bool = False) -> str:
    """Say a time as the clock on the wall shows it: ``8.05``; midnight as an ``end`` is 24.00."""
    return _time_of_day(value.hour, value.minute, language, end)


@lru_cache(_KEPT)
def _time_of_day(hour: int, minute: int, language: Language, end: bool) -> str:
    locale = locale_of(language)
    pattern = locale.datetime_skeletons["Hm"].pattern
    return format_time(time(hour, minute), pattern.replace("H", "k") if end else pattern, locale=locale)


@lru_cache(_KEPT)
def hours(number: int, language: Language) -> str:
    """Say a length of time in hours: ``3 t``."""
    return format_unit(number, "duration-hour", "short", locale=locale_of(language))


@lru_cache(_KEPT)
def minutes(number: int, language: Language) -> str:
    """Say a length of time in minutes: ``30 min``."""
    return format_unit(number, "duration-minute", "short", locale=locale_of(language))


@lru_cache
def weekdays(language: Language) -> tuple[str, ...]:
    """Return the short names of the days from Monday on: ``ma``."""
    names = get_day_names("abbreviated", "stand-alone", locale_of(language))
    return tuple(names[number] for number in range(7))


@lru_cache
def weekday_names(language: Language) -> tuple[str, ...]:
    """Return the names of the days from Monday on: ``maanantai``."""
    names = get_day_names("wide", "stand-alone", locale_of(language))
    return tuple(names[number] for number in range(7))


@lru_cache
def months(language: Language) -> tuple[str, ...]:
    """Return the names of the months from January on: ``tammikuu``."""
    return tuple(get_month_names("wide", "stand-alone", locale_of(language)).values())


@lru_cache
def short_months(language: Language) -> tuple[str, ...]:
    """Return the short names of the months from January on: ``tammi``."""
    return tuple(get_month_names("abbreviated", "stand-alone", locale_of(language)).values())


def _noon(value: date) -> datetime:
    return datetime(value.year, value.month, value.day, 12)  # noqa: DTZ001 - a day, in no zone
