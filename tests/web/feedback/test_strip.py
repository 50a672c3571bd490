"""The clock strip: where time stands on the bands of its days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from web.pages.feedback.bands import MOST_BANDS, Mark, Stretch
from web.pages.feedback.reads import CaseClock
from web.pages.feedback.strip import Strip, draw

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


def stretches_of(strip: Strip) -> list[Stretch]:
    return [stretch for band in strip.bands for stretch in band.stretches]


def marks_of(strip: Strip) -> dict[str, Mark]:
    return {mark.what: mark for band in strip.bands for mark in band.marks}


DAY = (MONDAY, MONDAY + hours(8), "counted")
NIGHT = (MONDAY + hours(8), MONDAY + hours(24), "closed")
NEXT_DAY = (MONDAY + hours(24), MONDAY + hours(32), "counted")


def test_a_case_without_a_ledger_has_no_strip() -> None:
    assert draw(clock_of(now=MONDAY)) is None


def test_every_day_of_the_line_has_its_band() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY + hours(4), resolution_due=MONDAY + hours(32))
    assert [(band.first, band.last) for band in strip.bands] == [
        (date(2026, 3, 9), date(2026, 3, 9)),
        (date(2026, 3, 10), date(2026, 3, 10)),
    ]


def test_the_stretches_of_a_band_leave_no_gap() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY + hours(4), resolution_due=MONDAY + hours(32))
    monday, tuesday = strip.bands
    for band in strip.bands:
        for before, after in pairwise(band.stretches):
            assert abs(before.left + before.width - after.left) < 0.02
    assert abs(monday.stretches[-1].left + monday.stretches[-1].width - 100) < 0.02
    assert tuesday.stretches[0].left == 0


def test_a_night_takes_less_room_than_the_day_before_it_and_bears_a_break_mark() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY, resolution_due=MONDAY + hours(32))
    monday, tuesday = strip.bands
    day, night = monday.stretches
    assert 2 < night.width < day.width
    assert [night.left < place < 100 for place in monday.breaks] == [True]
    assert [0 < place < tuesday.stretches[1].left for place in tuesday.breaks] == [True]


def test_a_day_that_counts_round_the_clock_is_pressed_together_nowhere() -> None:
    start = MONDAY - hours(8)  # midnight in Helsinki
    strip = drawn((start, start + hours(48), "counted"), now=start, resolution_due=start + hours(48))
    assert [stretch.width for stretch in stretches_of(strip)] == [100, 100]
    assert not strip.is_pressed


def test_the_same_time_of_day_stands_at_one_place_in_every_band() -> None:
    noon = MONDAY + hours(4)
    strip = drawn(
        DAY,
        NIGHT,
        NEXT_DAY,
        now=MONDAY,
        response_due=noon,
        resolution_due=noon + hours(24),
    )
    marks = marks_of(strip)
    assert marks["response_due"].left == marks["resolution_due"].left == 50


def test_a_month_of_holiday_is_one_band() -> None:
    july = (MONDAY + hours(8), MONDAY + timedelta(days=31), "closed")
    after = (MONDAY + timedelta(days=31), MONDAY + timedelta(days=31, hours=8), "counted")
    strip = drawn(DAY, july, after, now=MONDAY, resolution_due=MONDAY + timedelta(days=31, hours=8))
    first, holiday, last = strip.bands
    assert first.last + timedelta(days=1) == holiday.first
    assert holiday.last + timedelta(days=1) == last.first
    assert holiday.is_closed
    assert holiday.ahead
    assert len(holiday.breaks) == 1


def test_the_present_cuts_the_stretch_it_stands_in() -> None:
    strip = drawn(DAY, now=MONDAY + hours(4), resolution_due=MONDAY + hours(8))
    behind, ahead = stretches_of(strip)
    assert (behind.ahead, ahead.ahead) == (False, True)
    assert marks_of(strip)["now"].left == ahead.left == 50
    assert strip.counted_seconds == 4 * 3600


def test_a_flag_stands_where_its_instant_is() -> None:
    strip = drawn(DAY, now=MONDAY, response_due=MONDAY + hours(2), resolution_due=MONDAY + hours(8))
    counted = stretches_of(strip)[0]
    marks = marks_of(strip)
    assert abs(marks["response_due"].left - (counted.left + counted.width / 4)) < 0.02
    assert abs(marks["resolution_due"].left - (counted.left + counted.width)) < 0.02


def test_the_answer_that_came_has_a_flag_of_its_own() -> None:
    strip = drawn(
        DAY,
        now=MONDAY + hours(8),
        response_due=MONDAY + hours(2),
        response_met=MONDAY + hours(4),
        resolution_due=MONDAY + hours(8),
        resolution_met=MONDAY + hours(6),
    )
    marks = marks_of(strip)
    assert (marks["response_met"].left, marks["response_met"].late) == (50, True)
    assert (marks["resolution_met"].left > 50, marks["resolution_met"].late) == (True, False)


def test_flags_are_told_in_the_order_of_time() -> None:
    strip = drawn(
        DAY,
        now=MONDAY + hours(3),
        response_due=MONDAY + hours(4),
        response_met=MONDAY + hours(1),
        resolution_due=MONDAY + hours(8),
    )
    told = [mark.what for mark in strip.bands[0].marks]
    assert told == ["start", "response_met", "now", "response_due", "resolution_due"]


def test_a_late_case_is_drawn_up_to_now() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY + hours(30), resolution_due=MONDAY + hours(8))
    assert strip.end >= MONDAY + hours(30)
    assert [[mark.what for mark in band.marks] for band in strip.bands] == [
        ["start", "resolution_due"],
        ["now"],
    ]


def test_a_resolved_case_has_no_now() -> None:
    strip = drawn(
        DAY,
        now=MONDAY + timedelta(days=90),
        resolution_due=MONDAY + hours(8),
        resolution_met=MONDAY + hours(5),
    )
    assert "now" not in marks_of(strip)
    assert strip.end == MONDAY + hours(8)
    assert not any(stretch.ahead for stretch in stretches_of(strip))


def test_time_that_a_finished_case_left_unused_is_no_closed_time() -> None:
    strip = drawn(
        (MONDAY, MONDAY + hours(1), "counted"),
        now=MONDAY + hours(9),
        resolution_due=MONDAY + hours(8),
        resolution_met=MONDAY + hours(1),
    )
    assert [stretch.kind for stretch in stretches_of(strip)] == ["counted", "unused"]
    assert strip.closed_seconds == 0


def test_neighbours_of_one_kind_are_one_band_but_two_lines() -> None:
    holiday = (MONDAY + hours(24), MONDAY + hours(72), "closed")
    strip = drawn(DAY, NIGHT, holiday, now=MONDAY, resolution_due=MONDAY + hours(8))
    assert [stretch.kind for stretch in strip.bands[0].stretches] == ["counted", "closed"]
    assert len(strip.bands) == 2
    assert [line.kind for line in strip.lines] == ["counted", "closed", "closed"]


def test_time_that_the_ledger_does_not_tell_did_not_count() -> None:
    strip = drawn(DAY, NEXT_DAY, now=MONDAY, resolution_due=MONDAY + hours(32))
    assert [stretch.kind for stretch in stretches_of(strip)] == ["counted", "closed", "closed", "counted"]


def test_the_key_tells_what_is_drawn_and_nothing_else() -> None:
    strip = drawn(DAY, NIGHT, NEXT_DAY, now=MONDAY + hours(4), resolution_due=MONDAY + hours(32))
    assert strip.drawn == (("counted", False), ("counted", True), ("closed", True))


def days_of(count: int, paused: int = -1) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(count):
        morning = MONDAY + timedelta(days=number)
        entries.append((morning, morning + hours(8), "paused" if number == paused else "counted"))
        entries.append((morning + hours(8), morning + hours(24), "closed"))
    return entries


def test_a_year_of_days_is_drawn_with_few_bands() -> None:
    strip = drawn(
        *days_of(365),
        now=MONDAY + timedelta(days=365),
        resolution_due=MONDAY + timedelta(days=20),
    )
    assert len(strip.bands) <= MOST_BANDS
    assert len(strip.lines) == 730
    for before, after in pairwise(strip.bands):
        assert before.last + timedelta(days=1) == after.first


def test_days_told_together_say_how_much_of_them_counts() -> None:
    strip = drawn(*days_of(30), now=MONDAY, resolution_due=MONDAY + timedelta(days=29, hours=8))
    together = strip.bands[1]
    assert (together.first, together.last) == (date(2026, 3, 10), date(2026, 4, 6))
    assert together.counted_seconds == 28 * 8 * 3600


def test_pauses_stay_visible_when_days_are_told_together() -> None:
    strip = drawn(
        *days_of(60, paused=30),
        now=MONDAY + timedelta(days=60),
        resolution_due=MONDAY + timedelta(days=20),
    )
    assert "paused" in [stretch.kind for stretch in stretches_of(strip)]


def test_pauses_every_other_day_make_no_endless_picture() -> None:
    entries: list[Entry] = []
    for number in range(60):
        morning = MONDAY + timedelta(days=number)
        entries.append((morning, morning + hours(8), "paused" if number % 2 else "counted"))
        entries.append((morning + hours(8), morning + hours(24), "closed"))
    strip = drawn(*entries, now=MONDAY, resolution_due=MONDAY + timedelta(days=59, hours=8))
    assert len(strip.bands) <= MOST_BANDS


def test_a_day_of_the_clock_change_begins_at_its_own_midnight() -> None:
    start = datetime(2026, 3, 28, 10, tzinfo=UTC)  # the next day has 23 hours
    strip = drawn((start, start + hours(60), "counted"), now=start, resolution_due=start + hours(60))
    assert [band.first.day for band in strip.bands] == [28, 29, 30, 31]
    sunday = strip.bands[1].stretches[0]
    assert (sunday.left, sunday.width) == (0, 100)
    assert sunday.end.timestamp() - sunday.start.timestamp() == 23 * 3600
