"""A queue of thousands of cases asks the clock; a due time months away must stay cheap."""

from time import perf_counter

from services.feedback.sla.rules import Received, run
from tests.services.feedback.sla.times import a_calendar, a_policy, at, business


def test_a_due_time_nine_months_away_costs_well_under_a_millisecond() -> None:
    policy, calendar, events = (
        a_policy(resolution=business("PT1600H")),
        a_calendar(),
        [Received(at("2026-01-05 08:00"))],
    )
    run(events, policy, calendar)
    best = float("inf")
    for _ in range(20):
        started = perf_counter()
        clocks = run(events, policy, calendar)
        best = min(best, perf_counter() - started)
    assert clocks.resolution is not None
    assert clocks.resolution.due_at.year == 2026
    assert best < 0.001
