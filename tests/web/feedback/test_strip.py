"""The clock strip: where time stands on the line."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from web.pages.feedback.reads import CaseClock
from web.pages.feedback.strip import MOST_STRETCHES, Strip, draw

MONDAY = datetime(2026, 3, 9, 6, tzinfo=UTC)  # 8.00 in Helsinki
Entry = tuple[datetime, datetime, str]


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def clock_of(
    *entries: Entry,
    now: datetime,
    response_due: datetime | None = None,
    response_met: datetime | None = None,
    resolution_due: datetime | None = None,
    resolution_met: datetime | None = None,
) -> CaseClock:
    def promise(due: datetime | None, met: datetime | None) -> dict[str, object] | None:
        return {"due_at": due, "met_at": met, "breached": bool(due and met and met > due)} if due else None

    return CaseClock.model_validate(
        {
            "case_id": "c",
            "calendar": {"name": "office", "time_zone": "Europe/Helsinki"},
            "clocks": {
                "response": promise(response_due, response_met),
                "resolution": promise(resolution_due, resolution_met),
            },
            "ledger": [
                {
                    "from": start,
                    "to": end,
                    "kind": kind,
                    "reason": {"code": kind, "text": kind},
                    "seconds": int((end - start).total_seconds()),
                }
                for start, end, kind in entries
            ],
            "now": now,
        }
    )


def drawn(*entries: Entry, **given: datetime) -> Strip:
    strip = draw(clock_of(*entries, **given))
    assert strip is not None
    return strip


DAY = (MONDAY, MONDAY + hours(8), "counted")
NIGHT = (MONDAY + hours(8), MONDAY + hours(24), "closed")
NEXT_DAY = (MONDAY + hours(24), MONDAY + hours(32), "counted")


def test_a_case_without_a_ledger_has_no_strip() -> None:
    assert draw(clock_of(now=MONDAY)) is None


def test_the_stretches_fill_the_line_from_end_to_end() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY + hours(4), resolution_due=MONDAY + hours(32))
    assert strip.stretches[0].left == 0
    for before, after in pairwise(strip.stretches):
        assert abs(before.left + before.width - after.left) < 0.02
    assert abs(strip.stretches[-1].left + strip.stretches[-1].width - 100) < 0.02


def test_a_night_takes_less_room_than_the_day_before_it() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY, resolution_due=MONDAY + hours(32))
    day, night, _ = strip.stretches
    assert 2 < night.width < day.width


def test_a_month_of_holiday_is_pressed_together() -> None:
    july = (MONDAY + hours(8), MONDAY + timedelta(days=31), "closed")
    after = (MONDAY + timedelta(days=31), MONDAY + timedelta(days=31, hours=8), "counted")
    strip = drawn(DAY, july, after, now=MONDAY, resolution_due=MONDAY + timedelta(days=31, hours=8))
    assert strip.stretches[1].width < strip.stretches[0].width


def test_the_now_line_cuts_the_stretch_it_stands_in() -> None:
    strip = drawn(DAY, now=MONDAY + hours(4), resolution_due=MONDAY + hours(8))
    assert [stretch.ahead for stretch in strip.stretches] == [False, True]
    assert strip.now_left == 50
    assert strip.counted_seconds == 4 * 3600


def test_a_flag_stands_where_its_instant_is() -> None:
    strip = drawn(DAY, now=MONDAY, response_due=MONDAY + hours(2), resolution_due=MONDAY + hours(8))
    response, resolution = strip.flags
    assert (response.clock, response.left, response.side) == ("response", 25, "start")
    assert (resolution.clock, resolution.left, resolution.side) == ("resolution", 100, "end")


def test_a_late_case_is_drawn_up_to_now() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY + hours(30), resolution_due=MONDAY + hours(8))
    assert strip.end >= MONDAY + hours(30)
    assert strip.flags[0].left < (strip.now_left or 0)


def test_a_resolved_case_has_no_now_line() -> None:
    strip = drawn(
        DAY,
        now=MONDAY + timedelta(days=90),
        resolution_due=MONDAY + hours(8),
        resolution_met=MONDAY + hours(5),
    )
    assert strip.now_left is None
    assert strip.end == MONDAY + hours(8)
    assert not any(stretch.ahead for stretch in strip.stretches)


def test_time_that_a_finished_case_left_unused_is_no_closed_time() -> None:
    strip = drawn(
        (MONDAY, MONDAY + hours(1), "counted"),
        now=MONDAY + hours(9),
        resolution_due=MONDAY + hours(8),
        resolution_met=MONDAY + hours(1),
    )
    assert [stretch.kind for stretch in strip.stretches] == ["counted", "unused"]
    assert strip.closed_seconds == 0


def test_neighbours_of_one_kind_are_one_stretch_but_two_lines() -> None:
    holiday = (MONDAY + hours(24), MONDAY + hours(48), "closed")
    strip = drawn(DAY, NIGHT, holiday, now=MONDAY, resolution_due=MONDAY + hours(8))
    assert [stretch.kind for stretch in strip.stretches] == ["counted", "closed"]
    assert [line.kind for line in strip.lines] == ["counted", "closed", "closed"]


def test_time_that_the_ledger_does_not_tell_did_not_count() -> None:
    strip = drawn(DAY, NEXT_DAY, now=MONDAY, resolution_due=MONDAY + hours(32))
    assert [stretch.kind for stretch in strip.stretches] == ["counted", "closed", "counted"]


def test_a_year_of_days_is_drawn_with_few_stretches() -> None:
    entries: list[Entry] = []
    for number in range(365):
        morning = MONDAY + timedelta(days=number)
        entries.append((morning, morning + hours(8), "counted"))
        entries.append((morning + hours(8), morning + hours(24), "closed"))
    strip = drawn(*entries, now=MONDAY + timedelta(days=365), resolution_due=MONDAY + timedelta(days=20))
    assert len(strip.stretches) <= MOST_STRETCHES + 1
    assert len(strip.lines) == 730


def test_pauses_stay_visible_when_the_nights_are_swallowed() -> None:
    entries: list[Entry] = []
    for number in range(60):
        morning = MONDAY + timedelta(days=number)
        entries.append((morning, morning + hours(8), "paused" if number == 30 else "counted"))
        entries.append((morning + hours(8), morning + hours(24), "closed"))
    strip = drawn(*entries, now=MONDAY + timedelta(days=60), resolution_due=MONDAY + timedelta(days=20))
    assert "paused" in [stretch.kind for stretch in strip.stretches]


def test_day_names_keep_their_distance() -> None:
    entries: list[Entry] = []
    for number in range(9):
        morning = MONDAY + timedelta(days=number)
        entries.append((morning, morning + hours(8), "counted"))
        entries.append((morning + hours(8), morning + hours(24), "closed"))
    strip = drawn(*entries, now=MONDAY, resolution_due=MONDAY + timedelta(days=8, hours=8))
    lefts = [mark.left for mark in strip.days]
    assert lefts[0] == 0
    assert all(after - before >= 19 for before, after in pairwise(lefts))


def test_a_day_of_the_clock_change_begins_at_its_own_midnight() -> None:
    start = datetime(2026, 3, 28, 10, tzinfo=UTC)
    strip = drawn((start, start + hours(60), "counted"), now=start, resolution_due=start + hours(60))
    sunday, monday = strip.days[1], strip.days[2]
    assert abs((monday.left - sunday.left) - 23 / 60 * 100) < 0.1
