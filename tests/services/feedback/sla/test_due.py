"""When a case is due: opening hours, holidays, pauses, the turning of clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.feedback.sla.rules import (
    BeyondHorizon,
    FirstResponse,
    ImpossibleHistory,
    NoOpenTime,
    Policy,
    Received,
    Reopened,
    Resolved,
    WaitingEnded,
    WaitingStarted,
    run,
)
from tests.services.feedback.sla.times import (
    EIGHT_TO_FOUR,
    HELSINKI,
    a_calendar,
    a_policy,
    at,
    business,
    calendar_time,
    due,
    resolution_clock,
)


def test_four_hours_from_opening_end_at_noon() -> None:
    assert due(at("2026-03-10 08:00"), business("PT4H")) == at("2026-03-10 12:00")


def test_eight_hours_end_at_closing_the_same_day() -> None:
    assert due(at("2026-03-10 08:00"), business("PT8H")) == at("2026-03-10 16:00")


def test_one_second_more_ends_the_next_morning() -> None:
    assert due(at("2026-03-10 08:00"), business("PT8H1S")) == at("2026-03-11 08:00") + timedelta(seconds=1)


@pytest.mark.parametrize("received", ["2026-03-10 16:00", "2026-03-10 23:00", "2026-03-11 07:59"])
def test_received_outside_hours_starts_at_the_next_opening(received: str) -> None:
    assert due(at(received), business("PT1H")) == at("2026-03-11 09:00")


def test_received_on_friday_evening_starts_on_monday() -> None:
    assert due(at("2026-03-13 17:00"), business("PT4H")) == at("2026-03-16 12:00")


def test_nothing_is_rounded() -> None:
    received = at("2026-03-10 09:12") + timedelta(seconds=34, microseconds=567)
    assert due(received, business("PT1H")) == received + timedelta(hours=1)


def test_a_holiday_does_not_count() -> None:
    assert due(at("2026-01-05 15:00"), business("PT2H")) == at("2026-01-07 09:00")


def test_the_turn_of_the_year_skips_new_years_day() -> None:
    assert due(at("2026-12-31 12:00"), business("PT8H")) == at("2027-01-04 12:00")


def test_a_half_day_ends_at_noon() -> None:
    calendar = a_calendar(half_days={date(2026, 12, 31): [("08:00", "12:00")]})
    assert due(at("2026-12-31 11:00"), business("PT2H"), calendar) == at("2027-01-04 09:00")


def test_a_school_answers_after_july() -> None:
    calendar = a_calendar(closures=[(date(2026, 7, 1), date(2026, 7, 31))])
    assert due(at("2026-06-30 15:00"), business("PT2H"), calendar) == at("2026-08-03 09:00")


def test_two_working_days_are_two_full_days_of_open_time() -> None:
    assert due(at("2026-03-10 10:00"), business("P2D")) == at("2026-03-12 10:00")


def test_calendar_time_runs_through_night_and_holiday() -> None:
    assert due(at("2026-01-05 23:30"), calendar_time("PT1H")) == at("2026-01-06 00:30")


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-03-28 12:00", "2026-03-29 13:00"),
        ("2026-10-24 12:00", "2026-10-25 11:00"),
    ],
)
def test_a_calendar_day_is_24_hours_also_when_the_clocks_turn(received: str, expected: str) -> None:
    assert due(at(received), calendar_time("P1D")) == at(expected)


def test_open_hours_follow_the_wall_clock_when_the_clocks_turn() -> None:
    """Sunday 29 March 2026 has no hour from three to four, Sunday 25 October has it twice."""
    nights = a_calendar({"sun": [("00:00", "08:00")], "mon": EIGHT_TO_FOUR}, holidays=None)
    assert due(at("2026-03-29 00:00"), business("PT7H"), nights) == at("2026-03-29 08:00")
    assert due(at("2026-03-29 00:00"), business("PT8H"), nights) == at("2026-03-30 09:00")
    assert due(at("2026-10-25 00:00"), business("PT9H"), nights) == at("2026-10-25 08:00")


def test_a_due_time_falls_into_the_second_of_two_equal_hours() -> None:
    nights = a_calendar({"sun": [("00:00", "08:00")]}, holidays=None)
    answer = due(at("2026-10-25 00:00"), business("PT4H30M"), nights)
    assert answer.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (answer.hour, answer.minute, answer.fold) == (3, 30, 1)


def test_working_days_on_both_sides_of_the_turned_clocks_are_equally_long() -> None:
    assert due(at("2026-03-27 08:00"), business("PT16H")) == at("2026-03-30 16:00")
    assert due(at("2026-10-23 08:00"), business("PT16H")) == at("2026-10-26 16:00")


def test_waiting_rests_the_resolution_clock_only() -> None:
    waiting = [WaitingStarted(at("2026-03-10 09:00"), "Mikä luokka?"), WaitingEnded(at("2026-03-10 11:00"))]
    clocks = run(
        [Received(at("2026-03-10 08:00")), *waiting], a_policy(resolution=business("PT6H")), a_calendar()
    )
    assert clocks.response is not None
    assert clocks.resolution is not None
    assert clocks.response.due_at == at("2026-03-10 12:00")
    assert clocks.resolution.due_at == at("2026-03-10 16:00")


def test_only_open_time_inside_a_pause_is_credited() -> None:
    pause = [WaitingStarted(at("2026-03-10 15:00")), WaitingEnded(at("2026-03-11 09:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT8H"), pause)
    assert clock.due_at == at("2026-03-11 10:00")


def test_a_pause_at_night_adds_nothing() -> None:
    pause = [WaitingStarted(at("2026-03-10 16:00")), WaitingEnded(at("2026-03-11 08:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT12H"), pause)
    assert clock.due_at == at("2026-03-11 12:00")


def test_a_pause_in_calendar_time_is_credited_whole() -> None:
    pause = [WaitingStarted(at("2026-03-10 20:00")), WaitingEnded(at("2026-03-11 08:00"))]
    clock = resolution_clock(at("2026-03-10 19:00"), calendar_time("PT2H"), pause)
    assert clock.due_at == at("2026-03-11 09:00")


def test_a_pause_that_begins_when_due_comes_too_late() -> None:
    pause = [WaitingStarted(at("2026-03-10 12:00")), WaitingEnded(at("2026-03-10 14:00"))]
    assert resolution_clock(at("2026-03-10 08:00"), business("PT4H"), pause).due_at == at("2026-03-10 12:00")


def test_while_paused_due_is_as_if_the_customer_answered_now() -> None:
    received, waiting = at("2026-03-10 08:00"), [WaitingStarted(at("2026-03-10 10:00"), "Kuka?")]
    now = at("2026-03-10 13:00")
    clock = resolution_clock(received, business("PT4H"), waiting, now=now)
    assert clock.due_at == at("2026-03-10 15:00")
    assert clock.paused_since == at("2026-03-10 10:00")
    assert not clock.breached


def test_while_paused_and_without_now_due_is_the_earliest_possible() -> None:
    waiting = [WaitingStarted(at("2026-03-10 10:00"), "Kuka?")]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), waiting)
    assert clock.due_at == at("2026-03-10 12:00")


def test_met_exactly_at_due_is_in_time_and_later_is_not() -> None:
    received, target = at("2026-03-10 08:00"), business("PT4H")
    in_time = resolution_clock(received, target, [Resolved(at("2026-03-10 12:00"))])
    late = resolution_clock(received, target, [Resolved(at("2026-03-10 12:00") + timedelta(seconds=1))])
    assert (in_time.breached, late.breached) == (False, True)


def test_an_open_clock_is_breached_once_due_has_passed() -> None:
    received, target = at("2026-03-10 08:00"), business("PT4H")
    assert not resolution_clock(received, target, now=at("2026-03-10 12:00")).breached
    assert resolution_clock(received, target, now=at("2026-03-10 12:01")).breached


def test_the_first_response_meets_the_response_clock_once() -> None:
    answers = [FirstResponse(at("2026-03-10 09:00")), FirstResponse(at("2026-03-10 15:00"))]
    clocks = run([Received(at("2026-03-10 08:00")), *answers], a_policy(), a_calendar())
    assert clocks.response is not None
    assert clocks.response.met_at == at("2026-03-10 09:00")
    assert clocks.next_due_at == at("2026-03-12 16:00")


def test_resolving_answers_too() -> None:
    clocks = run(
        [Received(at("2026-03-10 08:00")), Resolved(at("2026-03-10 09:00"))], a_policy(), a_calendar()
    )
    assert clocks.response is not None
    assert clocks.response.met_at == at("2026-03-10 09:00")
    assert clocks.next_due_at is None


def test_resolved_while_waiting_is_met_then() -> None:
    events = [WaitingStarted(at("2026-03-10 09:00")), Resolved(at("2026-03-10 14:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), events, now=at("2026-03-12 09:00"))
    assert clock.met_at == at("2026-03-10 14:00")
    assert clock.paused_since is None
    assert not clock.breached


def test_praise_has_no_resolution_clock() -> None:
    clocks = run([Received(at("2026-03-10 08:00"))], a_policy().without_resolution(), a_calendar())
    assert clocks.resolution is None
    assert clocks.next_due_at == at("2026-03-10 12:00")


def test_reopening_starts_a_new_cycle_and_leaves_the_first_result() -> None:
    events = [
        Received(at("2026-03-10 08:00")),
        FirstResponse(at("2026-03-10 13:00")),
        Resolved(at("2026-03-11 09:00")),
        Reopened(at("2026-03-16 15:00")),
    ]
    clocks = run(events, a_policy(), a_calendar(), at("2026-03-16 15:00"))
    [first] = clocks.earlier
    assert clocks.cycle == 2
    assert clocks.response is not None
    assert clocks.response.due_at == at("2026-03-17 11:00")
    assert clocks.response.met_at is None
    assert first.response is not None
    assert first.resolution is not None
    assert first.response.breached
    assert first.resolution.met_at == at("2026-03-11 09:00")
    assert first == run(events[:-1], a_policy(), a_calendar())


def test_events_of_one_instant_keep_their_order() -> None:
    moment = at("2026-03-10 08:00")
    clocks = run(
        [Received(moment), FirstResponse(moment), Resolved(moment)], a_policy(), a_calendar(), moment
    )
    assert clocks.resolution is not None
    assert clocks.resolution.ledger == ()
    assert not clocks.resolution.breached


@pytest.mark.parametrize(
    "events",
    [
        [],
        [FirstResponse(at("2026-03-10 08:00"))],
        [Received(at("2026-03-10 08:00")), FirstResponse(at("2026-03-10 07:00"))],
        [Received(at("2026-03-10 08:00")), Received(at("2026-03-10 09:00"))],
        [Received(at("2026-03-10 08:00")), WaitingEnded(at("2026-03-10 09:00"))],
        [Received(at("2026-03-10 08:00")), Reopened(at("2026-03-10 09:00"))],
        [Received(at("2026-03-10 08:00")), *2 * [WaitingStarted(at("2026-03-10 09:00"))]],
        [Received(at("2026-03-10 08:00")), *2 * [Resolved(at("2026-03-10 09:00"))]],
    ],
)
def test_an_impossible_history_is_refused(events: list[Received]) -> None:
    with pytest.raises(ImpossibleHistory):
        run(events, a_policy(), a_calendar())


def test_naive_instants_are_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        run([Received(datetime(2026, 3, 10, 8))], a_policy(), a_calendar())  # noqa: DTZ001 - that is the point


def test_a_due_time_years_away_is_refused() -> None:
    with pytest.raises(BeyondHorizon):
        due(at("2026-03-10 08:00"), business("PT20000H"))
    with pytest.raises(BeyondHorizon):
        due(at("2026-03-10 08:00"), calendar_time("P1900D"))


def test_a_calendar_that_was_open_only_in_the_past_has_no_open_time() -> None:
    calendar = a_calendar({}, half_days={date(2020, 5, 4): [("08:00", "12:00")]})
    with pytest.raises(NoOpenTime):
        due(at("2026-03-10 08:00"), business("PT1H"), calendar)


def test_a_policy_without_targets_has_no_clocks() -> None:
    clocks = run([Received(at("2026-03-10 08:00"))], Policy(None, None), a_calendar())
    assert (clocks.response, clocks.resolution, clocks.next_due_at) == (None, None, None)


def test_due_is_given_in_utc() -> None:
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT1H"))
    assert clock.due_at.utcoffset() == timedelta(0)
    assert clock.due_at.astimezone(HELSINKI) == at("2026-03-10 09:00")
