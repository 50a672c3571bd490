"""The ledger's reasons in Finnish, Swedish and English."""

from datetime import date

import pytest

from chassis.languages import Language
from services.feedback.sla.calendars import WEEKDAYS
from services.feedback.sla.defaults import shipped_calendars
from services.feedback.sla.rules import Clock, ReasonCode, WaitingEnded, WaitingStarted
from services.feedback.sla.texts import calendar_text, entry_text, reason_text
from services.feedback.sla.timetable import Reason
from tests.services.feedback.sla.times import WORKDAYS, a_calendar, at, business, resolution_clock

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


def words(clock: Clock, code: ReasonCode) -> list[str]:
    entry = next(entry for entry in clock.ledger if entry.reason.code is code)
    return [entry_text(entry, "Europe/Helsinki", language) for language in LANGUAGES]


def test_a_holiday_is_named_with_its_day() -> None:
    clock = resolution_clock(at("2026-01-05 15:00"), business("PT2H"))
    assert words(clock, ReasonCode.HOLIDAY) == [
        "Ti 6.1. loppiainen, suljettu",
        "Tis 6 jan. trettondag, stängt",
        "Tue 6 Jan Epiphany, closed",
    ]


def test_ascension_day_keeps_its_capital_in_swedish() -> None:
    clock = resolution_clock(at("2026-05-13 15:00"), business("PT2H"))
    assert words(clock, ReasonCode.HOLIDAY)[:2] == [
        "To 14.5. helatorstai, suljettu",
        "Tors 14 maj Kristi himmelsfärdsdag, stängt",
    ]


def test_a_closure_is_told_from_first_to_last_day() -> None:
    calendar = a_calendar(closures=[(date(2026, 7, 1), date(2026, 7, 31))])
    clock = resolution_clock(at("2026-06-30 15:00"), business("PT2H"), (), calendar)
    assert words(clock, ReasonCode.CLOSURE) == [
        "Ke 1.7.–pe 31.7. suljettu",
        "Ons 1 juli–fre 31 juli stängt",
        "Wed 1 Jul–Fri 31 Jul closed",
    ]


def test_a_half_day_is_told_with_its_day() -> None:
    calendar = a_calendar(half_days={date(2026, 12, 31): [("08:00", "12:00")]})
    clock = resolution_clock(at("2026-12-31 10:00"), business("PT3H"), (), calendar)
    assert words(clock, ReasonCode.HALF_DAY) == [
        "To 31.12. lyhennetty päivä",
        "Tors 31 dec. förkortad dag",
        "Thu 31 Dec short day",
    ]


def test_waiting_tells_the_question() -> None:
    pause = [WaitingStarted(at("2026-03-10 09:00"), "Mikä luokka?"), WaitingEnded(at("2026-03-10 10:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), pause)
    assert words(clock, ReasonCode.WAITING) == [
        "Odotetaan asiakkaan vastausta: ”Mikä luokka?”",
        "Väntar på kundens svar: ”Mikä luokka?”",
        "Waiting for the customer's answer: “Mikä luokka?”",
    ]


@pytest.mark.parametrize("code", [code for code in ReasonCode if code is not ReasonCode.HOLIDAY])
def test_every_reason_has_its_own_words_in_each_language(code: ReasonCode) -> None:
    assert len({reason_text(Reason(code), language) for language in LANGUAGES}) == 3


def test_a_foreign_holiday_keeps_its_own_name() -> None:
    calendar = a_calendar(holidays="SE")
    clock = resolution_clock(at("2026-06-05 15:00"), business("PT2H"), (), calendar)
    assert words(clock, ReasonCode.HOLIDAY)[0] == "La 6.6. Nationaldagen, suljettu"


def test_a_calendar_is_told_in_a_line() -> None:
    week = {day: [("08:00", "20:00")] for day in WORKDAYS} | {"sat": [("10:00", "14:00"), ("15:00", "18:00")]}
    assert [calendar_text(a_calendar(week), language) for language in LANGUAGES] == [
        "Ma–pe 8.00–20.00, la 10.00–14.00 15.00–18.00, ei pyhäpäivinä",
        "Mån–fre 08.00–20.00, lör 10.00–14.00 15.00–18.00, ej på helgdagar",
        "Mon–Fri 08:00–20:00, Sat 10:00–14:00 15:00–18:00, not on public holidays",
    ]


def test_the_shipped_calendars_say_what_they_are() -> None:
    lines = {name: calendar_text(calendar, "fi") for name, calendar in shipped_calendars().items()}
    assert lines["around_the_clock"] == "Ma–su 0.00–24.00"
    assert lines["school"] == "Ma–pe 7.00–15.00, ei pyhäpäivinä"


def test_a_shipped_school_is_closed_in_july_of_each_coming_year() -> None:
    school = shipped_calendars()["school"]
    assert all(school.closed_on(date(year, 7, day)) for year in range(2024, 2036) for day in (1, 31))
    assert len(school.week) == len(WEEKDAYS)
