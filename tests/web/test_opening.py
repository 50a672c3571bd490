"""The coming week of a site, read from the ledger of the clock."""

from datetime import UTC, datetime

from web.pages.registry.opening import week_of
from web.pages.registry.reads import Span

NOW = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)  # a Friday, 10.00 in Helsinki


def a_span(starts: str, ends: str, kind: str = "counted", why: str = "Avoinna") -> Span:
    return Span.model_validate({"from": starts, "to": ends, "kind": kind, "reason": {"text": why}})


def test_today_is_told_from_now_on_and_holidays_by_their_name():
    week = week_of(
        [
            a_span("2026-12-04T10:00:00+02:00", "2026-12-04T15:00:00+02:00"),
            a_span("2026-12-04T15:00:00+02:00", "2026-12-05T00:00:00+02:00", "closed", "Yö"),
            a_span("2026-12-05T00:00:00+02:00", "2026-12-06T00:00:00+02:00", "closed", "Viikonloppu"),
            a_span("2026-12-06T00:00:00+02:00", "2026-12-07T00:00:00+02:00", "closed", "Itsenäisyyspäivä"),
            a_span("2026-12-07T07:00:00+02:00", "2026-12-07T11:00:00+02:00"),
            a_span("2026-12-07T12:00:00+02:00", "2026-12-07T15:00:00+02:00"),
        ],
        NOW,
    )
    assert [(day.day.day, day.frames, day.why) for day in week] == [
        (4, ("10.00–15.00",), ""),
        (5, (), "Viikonloppu"),
        (6, (), "Itsenäisyyspäivä"),
        (7, ("7.00–11.00", "12.00–15.00"), ""),
    ]


def test_a_site_that_never_closes_is_open_the_whole_day():
    week = week_of([a_span("2026-12-04T08:00:00Z", "2026-12-11T08:00:00Z")], NOW)
    assert week[0].frames == ("10.00–24.00",)
    assert week[1].frames == ("0.00–24.00",)
    assert len(week) == 7


def test_a_site_without_a_ledger_has_no_days():
    assert week_of([], NOW) == []
