"""The clock of a case: microseconds for both due instants, as every intake and every action computes them."""

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from services.feedback.sla.defaults import DEFAULT_CALENDAR, shipped_calendars
from services.feedback.sla.rules import Policy, Received, Target, run
from trade.vocabulary import Basis

POLICIES = {
    "normal: 4 h and 3 working days": Policy(
        response=Target.of(Basis.BUSINESS, "PT4H"), resolution=Target.of(Basis.BUSINESS, "P3D")
    ),
    "months away: 60 and 120 working days": Policy(
        response=Target.of(Basis.BUSINESS, "P60D"), resolution=Target.of(Basis.BUSINESS, "P120D")
    ),
}
_ROUNDS = 7


def measure(computations: int) -> dict[str, float]:
    """Return microseconds a computation, by policy: the median of some rounds, the days' frames warm."""
    calendar = shipped_calendars()[DEFAULT_CALENDAR]
    start = datetime(2026, 1, 5, 6, tzinfo=UTC)
    moments = [start + timedelta(minutes=211 * number) for number in range(computations)]
    found = {}
    for name, policy in POLICIES.items():
        rounds = []
        for _ in range(_ROUNDS + 1):
            begun = perf_counter()
            for moment in moments:
                run([Received(moment)], policy, calendar, moment)
            rounds.append((perf_counter() - begun) / computations * 1_000_000)
        found[name] = median(rounds[1:])
    return found
