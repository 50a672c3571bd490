"""A change of severity, policy or calendar keeps what has been counted and touches no closed result."""

from services.feedback.sla.rules import (
    CalendarChanged,
    FirstResponse,
    Policy,
    PolicyChanged,
    Received,
    Reopened,
    Resolved,
    SeverityChanged,
    WaitingEnded,
    WaitingStarted,
    run,
)
from tests.services.feedback.sla.times import (
    WORKDAYS,
    a_calendar,
    a_policy,
    at,
    business,
    calendar_time,
    resolution_clock,
)

RECEIVED = at("2026-03-10 08:00")
LONG = a_policy(resolution=business("PT16H"))


def test_a_longer_target_keeps_the_elapsed_time() -> None:
    change = PolicyChanged(at("2026-03-10 12:00"), a_policy(resolution=business("PT6H")), LONG)
    assert resolution_clock(RECEIVED, business("PT6H"), [change]).due_at == at("2026-03-11 16:00")


def test_a_shorter_target_leaves_the_rest_only() -> None:
    change = PolicyChanged(at("2026-03-10 12:00"), LONG, a_policy(resolution=business("PT6H")))
    assert resolution_clock(RECEIVED, business("PT16H"), [change]).due_at == at("2026-03-10 14:00")


def test_a_target_already_used_up_is_due_at_the_change() -> None:
    change = PolicyChanged(at("2026-03-10 12:00"), LONG, a_policy(resolution=business("PT2H")))
    clock = resolution_clock(RECEIVED, business("PT16H"), [change])
    assert clock.due_at == at("2026-03-10 12:00")
    assert clock.threshold_at(1) == clock.due_at


def test_what_was_due_before_a_shortening_stays_due_then() -> None:
    change = PolicyChanged(at("2026-03-10 14:00"), a_policy(), a_policy(resolution=business("PT2H")))
    assert resolution_clock(RECEIVED, business("PT4H"), [change]).due_at == at("2026-03-10 12:00")


def test_an_overdue_clock_may_get_more_time() -> None:
    change = PolicyChanged(at("2026-03-10 14:00"), a_policy(), a_policy(resolution=business("PT7H")))
    clock = resolution_clock(RECEIVED, business("PT4H"), [change], now=at("2026-03-10 14:30"))
    assert clock.due_at == at("2026-03-10 15:00")
    assert not clock.breached


def test_becoming_critical_goes_on_in_calendar_time() -> None:
    critical = Policy(calendar_time("PT1H"), calendar_time("PT24H"))
    change = SeverityChanged(at("2026-03-10 12:00"), "normal", "critical", critical)
    clock = resolution_clock(RECEIVED, business("PT24H"), [change])
    assert clock.due_at == at("2026-03-11 08:00")
    assert [(entry.reason.code, entry.seconds // 3600) for entry in clock.ledger] == [
        ("open_hours", 4),
        ("calendar_time", 20),
    ]


def test_the_night_before_a_change_to_calendar_time_has_not_elapsed() -> None:
    change = SeverityChanged(
        at("2026-03-11 08:00"), "normal", "critical", a_policy(resolution=calendar_time("PT24H"))
    )
    clock = resolution_clock(at("2026-03-10 12:00"), business("PT24H"), [change])
    assert clock.due_at == at("2026-03-12 04:00")


def test_another_calendar_holds_from_the_change_on() -> None:
    longer = a_calendar({day: [("06:00", "20:00")] for day in WORKDAYS})
    change = CalendarChanged(at("2026-03-10 12:00"), a_calendar(), longer)
    assert resolution_clock(RECEIVED, business("PT12H"), [change]).due_at == at("2026-03-10 20:00")


def test_a_change_after_the_answer_leaves_the_response_as_it_was() -> None:
    stricter = Policy(business("PT1H"), business("PT8H"))
    events = [
        Received(RECEIVED),
        FirstResponse(at("2026-03-10 11:00")),
        PolicyChanged(at("2026-03-10 12:00"), a_policy(), stricter),
    ]
    clocks = run(events, a_policy(), a_calendar())
    assert clocks.response is not None
    assert clocks.resolution is not None
    assert (clocks.response.due_at, clocks.response.breached) == (at("2026-03-10 12:00"), False)
    assert clocks.response.changes == ()
    assert clocks.resolution.due_at == at("2026-03-10 16:00")


def test_a_change_after_resolving_holds_for_the_next_cycle_only() -> None:
    stricter = Policy(business("PT1H"), business("PT2H"))
    events = [
        Received(RECEIVED),
        Resolved(at("2026-03-10 15:00")),
        PolicyChanged(at("2026-03-11 09:00"), a_policy(), stricter),
        Reopened(at("2026-03-12 08:00")),
    ]
    clocks = run(events, a_policy(), a_calendar())
    assert clocks.resolution is not None
    assert clocks.resolution.due_at == at("2026-03-12 10:00")
    assert clocks.earlier[0].resolution is not None
    assert clocks.earlier[0].resolution.due_at == at("2026-03-12 16:00")


def test_a_resolution_target_that_comes_later_counts_from_the_receipt() -> None:
    change = SeverityChanged(at("2026-03-10 12:00"), "low", "normal", a_policy(resolution=business("PT6H")))
    clocks = run([Received(RECEIVED), change], a_policy().without_resolution(), a_calendar())
    assert clocks.resolution is not None
    assert clocks.resolution.due_at == at("2026-03-10 14:00")


def test_a_resolution_target_that_goes_away_takes_the_clock_along() -> None:
    change = PolicyChanged(at("2026-03-10 12:00"), a_policy(), a_policy().without_resolution())
    assert run([Received(RECEIVED), change], a_policy(), a_calendar()).resolution is None


def test_a_change_is_noted_with_before_and_after() -> None:
    change = SeverityChanged(at("2026-03-10 12:00"), "normal", "high", a_policy(resolution=business("PT8H")))
    [note] = resolution_clock(RECEIVED, business("PT24H"), [change]).changes
    assert (note.at, note.what, note.before, note.after) == (
        at("2026-03-10 12:00"),
        "severity",
        "normal",
        "high",
    )
    assert (note.due_before, note.due_after) == (at("2026-03-12 16:00"), at("2026-03-10 16:00"))


def test_each_kind_of_change_is_named() -> None:
    old, new = a_calendar(name="school", version=1), a_calendar(name="school", version=2)
    changes = [
        PolicyChanged(at("2026-03-10 09:00"), a_policy(), LONG),
        CalendarChanged(at("2026-03-10 10:00"), old, new),
    ]
    notes = resolution_clock(RECEIVED, business("PT24H"), changes).changes
    assert [(note.what, note.before, note.after) for note in notes] == [
        ("policy", "business PT24H", "business PT16H"),
        ("calendar", "school 1", "school 2"),
    ]


def test_the_ledger_is_cut_where_a_change_fell() -> None:
    change = PolicyChanged(at("2026-03-10 10:00"), a_policy(), LONG)
    clock = resolution_clock(RECEIVED, business("PT4H"), [change], now=at("2026-03-10 10:00"))
    assert [entry.ends for entry in clock.ledger][:2] == [at("2026-03-10 10:00"), at("2026-03-10 16:00")]


def test_a_change_inside_a_pause_keeps_the_pause() -> None:
    events = [
        WaitingStarted(at("2026-03-10 10:00"), "Kuka?"),
        PolicyChanged(at("2026-03-10 11:00"), a_policy(), LONG),
    ]
    open_ended = resolution_clock(RECEIVED, business("PT4H"), events, now=at("2026-03-10 12:00"))
    assert open_ended.paused_since == at("2026-03-10 10:00")
    assert open_ended.changes[0].due_before == at("2026-03-10 13:00")
    ended = resolution_clock(RECEIVED, business("PT4H"), [*events, WaitingEnded(at("2026-03-10 12:00"))])
    assert ended.due_at == at("2026-03-12 10:00")
