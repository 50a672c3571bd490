"""What a calendar is, and which ones are refused."""

from datetime import UTC, date, datetime
from typing import cast

import pytest

from services.feedback.sla.calendars import Calendar, CalendarRefused, NoOpenTime
from services.feedback.sla.documents import CalendarDocument, calendar_document, calendar_of
from services.feedback.sla.rules import open_intervals
from tests.services.feedback.sla.times import WORKDAYS, a_calendar, at


def opened(calendar: Calendar, start: datetime, end: datetime) -> list[str]:
    zone = start.tzinfo
    return [
        f"{begin.astimezone(zone):%d.%m. %H:%M}–{finish.astimezone(zone):%H:%M}"
        for begin, finish in open_intervals(calendar, start, end)
    ]


def test_a_day_may_have_several_frames() -> None:
    calendar = a_calendar({"tue": [("08:00", "11:30"), ("12:00", "16:00")]})
    assert opened(calendar, at("2026-03-10 00:00"), at("2026-03-11 00:00")) == [
        "10.03. 08:00–11:30",
        "10.03. 12:00–16:00",
    ]


def test_frames_that_touch_are_one_interval() -> None:
    calendar = a_calendar({"tue": [("08:00", "12:00"), ("12:00", "24:00")], "wed": [("00:00", "06:00")]})
    assert opened(calendar, at("2026-03-10 00:00"), at("2026-03-12 00:00")) == ["10.03. 08:00–06:00"]


def test_intervals_are_cut_to_what_was_asked() -> None:
    assert opened(a_calendar(), at("2026-03-10 09:15"), at("2026-03-11 10:00")) == [
        "10.03. 09:15–16:00",
        "11.03. 08:00–10:00",
    ]


def test_intervals_come_lazily_and_in_utc() -> None:
    first = next(open_intervals(a_calendar(), at("2026-03-10 00:00"), at("2030-01-01 00:00")))
    assert first[0] == datetime(2026, 3, 10, 6, tzinfo=UTC)
    assert first[0].tzinfo is UTC


def test_finnish_holidays_are_closed_only_when_the_calendar_says_so() -> None:
    day = at("2026-01-06 00:00"), at("2026-01-07 00:00")
    assert opened(a_calendar(), *day) == []
    assert opened(a_calendar(holidays=None), *day) == ["06.01. 08:00–16:00"]


def test_a_half_day_replaces_the_weekday_and_the_holiday() -> None:
    half_days = {date(2026, 12, 31): [("08:00", "12:00")], date(2026, 12, 24): [("09:00", "10:00")]}
    calendar = a_calendar(half_days=half_days)
    assert opened(calendar, at("2026-12-31 00:00"), at("2027-01-01 00:00")) == ["31.12. 08:00–12:00"]
    assert opened(calendar, at("2026-12-24 00:00"), at("2026-12-25 00:00")) == ["24.12. 09:00–10:00"]


def test_a_closure_covers_both_its_days_and_wins_over_a_half_day() -> None:
    calendar = a_calendar(
        closures=[(date(2026, 7, 1), date(2026, 7, 31))], half_days={date(2026, 7, 1): [("08:00", "12:00")]}
    )
    assert opened(calendar, at("2026-06-30 15:00"), at("2026-08-03 09:00")) == [
        "30.06. 15:00–16:00",
        "03.08. 08:00–09:00",
    ]


def test_a_calendar_without_open_time_is_refused() -> None:
    for never in ({}, {"mon": []}):
        with pytest.raises(NoOpenTime):
            Calendar.of(never)


def test_a_half_day_inside_a_closure_is_no_open_time() -> None:
    day = date(2026, 5, 4)
    with pytest.raises(NoOpenTime):
        Calendar.of({}, half_days={day: [("08:00", "12:00")]}, closures=[(day, day)])


def test_one_half_day_alone_is_open_time() -> None:
    calendar = Calendar.of({}, half_days={date(2026, 5, 4): [("08:00", "12:00")]})
    assert opened(calendar, at("2026-05-01 00:00"), at("2026-06-01 00:00")) == ["04.05. 08:00–12:00"]


@pytest.mark.parametrize(
    ("frames", "code", "path"),
    [
        ([("16:00", "08:00")], "frame_backwards", ("frames", "mon", 0)),
        ([("08:00", "08:00")], "frame_backwards", ("frames", "mon", 0)),
        ([("08:00", "12:00"), ("11:59", "16:00")], "frames_overlap", ("frames", "mon", 1)),
        ([("12:00", "16:00"), ("08:00", "12:00")], "frames_overlap", ("frames", "mon", 1)),
        ([("8:00", "16:00")], "wall_time_malformed", ("frames", "mon", 0)),
        ([("08:00", "24:01")], "wall_time_malformed", ("frames", "mon", 0)),
        ([("24:00", "24:00")], "frame_backwards", ("frames", "mon", 0)),
    ],
)
def test_bad_frames_are_refused_by_place(
    frames: list[tuple[str, str]], code: str, path: tuple[str | int, ...]
) -> None:
    with pytest.raises(CalendarRefused) as refused:
        Calendar.of({"mon": frames})
    assert (refused.value.code, refused.value.at) == (code, path)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"time_zone": "Europe/Oulu"}, "time_zone_unknown"),
        ({"time_zone": "../etc/passwd"}, "time_zone_unknown"),
        ({"time_zone": "Europe"}, "time_zone_unknown"),
        ({"holidays": "XX"}, "holidays_unknown"),
        ({"closures": [{"from": "2026-07-31", "to": "2026-07-01"}]}, "closure_backwards"),
        ({"closures": [{"from": "July", "to": "2026-07-01"}]}, "day_malformed"),
        ({"frames": {"monday": [["08:00", "16:00"]]}}, "weekday_unknown"),
        ({"frames": {"mon": [["08:00"]]}}, "frame_malformed"),
        (
            {"half_days": [{"date": "2026-12-31", "frames": []}, {"date": "2026-12-31", "frames": []}]},
            "half_day_twice",
        ),
    ],
)
def test_a_document_that_is_no_calendar_is_refused(changed: dict[str, object], code: str) -> None:
    document = cast("CalendarDocument", {**calendar_document(a_calendar()), **changed})
    with pytest.raises(CalendarRefused) as refused:
        calendar_of(document)
    assert refused.value.code == code


def test_a_calendar_survives_the_way_to_json_and_back() -> None:
    calendar = a_calendar(
        half_days={date(2026, 12, 31): [("08:00", "12:00")]},
        closures=[(date(2026, 7, 1), date(2026, 7, 31))],
    )
    assert calendar_of(calendar_document(calendar)) == calendar


def test_a_calendar_is_the_same_by_content_whatever_its_name_and_version() -> None:
    assert a_calendar(name="office", version=3) == a_calendar(name="kitchen", version=1)


def test_the_working_day_is_the_longest_ordinary_weekday() -> None:
    week = {day: [("08:00", "16:00")] for day in WORKDAYS} | {"fri": [("08:00", "14:00")]}
    assert a_calendar(week).working_day_minutes == 8 * 60


def test_every_instant_of_a_skipped_hour_is_closed() -> None:
    calendar = a_calendar({"sun": [("03:00", "04:00")]})
    assert opened(calendar, at("2026-03-29 00:00"), at("2026-03-30 00:00")) == []
    assert opened(calendar, at("2026-03-22 00:00"), at("2026-03-23 00:00")) == ["22.03. 03:00–04:00"]


def test_a_repeated_hour_is_open_twice() -> None:
    calendar = a_calendar({"sun": [("03:00", "04:00")]})
    [(begin, end)] = open_intervals(calendar, at("2026-10-25 00:00"), at("2026-10-26 00:00"))
    assert (end - begin).total_seconds() == 7200


def test_a_frame_that_opens_inside_the_repeated_hour_follows_the_wall_clock() -> None:
    calendar = a_calendar({"sun": [("03:30", "05:00")]})
    found = list(open_intervals(calendar, at("2026-10-25 00:00"), at("2026-10-26 00:00")))
    assert [(f"{begin:%H:%M}", f"{end:%H:%M}") for begin, end in found] == [
        ("00:30", "01:00"),
        ("01:30", "03:00"),
    ]


@pytest.mark.parametrize(
    "time_zone", ["Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo"]
)
def test_a_day_and_night_calendar_is_open_without_gaps_in_any_time_zone(time_zone: str) -> None:
    calendar = a_calendar(
        {day: [("00:00", "24:00")] for day in (*WORKDAYS, "sat", "sun")}, time_zone=time_zone, holidays=None
    )
    start, end = datetime(2006, 1, 1, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC)
    assert list(open_intervals(calendar, start, end)) == [(start, end)]
