"""Times and lengths of time as people say them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chassis.dates import day_in_words, time_of_day
from web.times import day, moment, promised, seconds_of, span

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "ti 10.3. klo 12.00"), ("sv", "tis 10 mars kl. 12.00"), ("en", "Tue 10 Mar, 12:00")],
)
def test_an_instant_is_said_in_helsinki_time(language, said):
    assert moment(datetime(2026, 3, 10, 10, 0, tzinfo=UTC), language, TODAY) == said


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "ti 5.1.2027"), ("sv", "tis 5 jan. 2027"), ("en", "Tue, 5 Jan 2027")]
)
def test_another_year_is_told(language, said):
    assert day(date(2027, 1, 5), language, TODAY) == said


def test_an_instant_after_midnight_in_helsinki_belongs_to_the_next_day():
    assert moment(datetime(2026, 3, 9, 22, 30, tzinfo=UTC), "fi", TODAY) == "ti 10.3. klo 0.30"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "tiistai 24. marraskuuta"), ("sv", "tisdag 24 november"), ("en", "Tuesday 24 November")],
)
def test_a_day_is_said_at_length(language, said):
    assert day_in_words(TODAY, language) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ("PT24H", "1 vrk"),
        ("P1DT30M", "1 vrk 30 min"),
        (timedelta(hours=8), "8 t"),
        (90 * 60, "1 t 30 min"),
        (12, "0 min"),
    ],
)
def test_a_length_of_time_is_said_in_two_units_at_most(length, said):
    assert span(length, "fi") == said


@pytest.mark.parametrize(
    ("duration", "working_day", "said"),
    [
        ("PT4H", "PT8H", "4 t"),
        ("PT16H", "PT8H", "2 työpäivää"),
        ("PT19H", "PT8H", "2 työpäivää 3 t"),
        ("PT8H", "PT12H", "8 t työaikaa"),
        ("PT40H", "PT12H", "40 t työaikaa"),
        ("PT24H", "PT10H30M", "24 t työaikaa"),
        ("P1DT4H", "PT12H", "1 työpäivä 4 t"),
        ("P2D", None, "2 työpäivää"),
        ("PT40H", None, "40 t"),
    ],
)
def test_hours_are_told_as_working_days_only_where_the_calendars_day_has_eight(duration, working_day, said):
    assert promised(duration, "fi", "business", working_day) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "3 työpäivää 4 t"), ("sv", "3 arbetsdagar 4 tim"), ("en", "3 working days 4 hrs")],
)
def test_a_promise_is_said_in_each_language(language, said):
    assert promised("PT28H", language, "business", "PT8H") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "40 t työaikaa"), ("sv", "40 tim arbetstid"), ("en", "40 hrs of working time")],
)
def test_hours_of_working_time_are_said_in_each_language(language, said):
    assert promised("PT40H", language, "business", "PT12H") == said


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "0.00 24.00"), ("sv", "00.00 24.00"), ("en", "00:00 24:00")]
)
def test_midnight_that_ends_a_day_is_its_24th_hour(language, said):
    midnight = time(0, 0)
    assert f"{time_of_day(midnight, language)} {time_of_day(midnight, language, end=True)}" == said


def test_a_promise_in_calendar_time_has_days_of_24_hours():
    assert promised("PT24H", "fi", "calendar", "PT12H") == "1 vrk"


def test_what_is_not_a_duration_is_refused():
    with pytest.raises(ValueError, match="not a duration"):
        seconds_of("four hours")
