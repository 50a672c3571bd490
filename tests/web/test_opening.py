"""The coming week of a site, read from the ledger of the clock."""

from datetime import date

from web.pages.registry.opening import week_of
from web.pages.registry.reads import Span

FRIDAY = date(2026, 12, 4)


def a_span(starts: str, ends: str, kind: str = "counted", code: str = "open_hours", why: str = "") -> Span:
    body = {"from": f"{starts}:00+02:00", "to": f"{ends}:00+02:00", "kind": kind}
    return Span.model_validate({**body, "reason": {"code": code, "text": why}})


def closed(starts: str, ends: str, code: str = "outside_hours", why: str = "Työajan ulkopuolella") -> Span:
    return a_span(starts, ends, "closed", code, why)


def test_each_day_tells_its_frames_and_a_holiday_its_name():
    week = week_of(
        [
            closed("2026-12-04T00:00", "2026-12-04T07:00"),
            a_span("2026-12-04T07:00", "2026-12-04T15:00"),
            closed("2026-12-04T15:00", "2026-12-06T00:00"),
            closed("2026-12-06T00:00", "2026-12-07T00:00", "holiday", "Itsenäisyyspäivä"),
            closed("2026-12-07T00:00", "2026-12-07T07:00"),
            a_span("2026-12-07T07:00", "2026-12-07T11:00"),
            closed("2026-12-07T11:00", "2026-12-07T12:00"),
            a_span("2026-12-07T12:00", "2026-12-07T15:00"),
        ],
        FRIDAY,
        "fi",
    )
    assert [(day.day.day, day.frames, day.why) for day in week] == [
        (4, ("7.00–15.00",), ""),
        (5, (), ""),
        (6, (), "Itsenäisyyspäivä"),
        (7, ("7.00–11.00", "12.00–15.00"), ""),
    ]


def test_a_due_instant_within_the_day_does_not_cut_the_day():
    week = week_of(
        [a_span("2026-12-04T07:00", "2026-12-04T09:32"), a_span("2026-12-04T09:32", "2026-12-04T15:00")],
        FRIDAY,
        "fi",
    )
    assert week[0].frames == ("7.00–15.00",)


def test_a_site_that_never_closes_is_open_the_whole_day():
    week = week_of([a_span("2026-12-04T00:00", "2026-12-11T00:00")], FRIDAY, "fi")
    assert {day.frames for day in week} == {("0.00–24.00",)}
    assert len(week) == 7


def test_a_site_without_a_ledger_has_no_days():
    assert week_of([], FRIDAY, "fi") == []
