"""The circuit opens for a neighbour that does not answer, never for one caller who asks too much of it."""

import pytest

from chassis.breaker import ENOUGH_CALLS, REFUSED_IN_A_ROW, REST, WINDOW, CircuitBreaker


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(clock=clock)


def time_outs(breaker: CircuitBreaker, callers: int, each: int = 1) -> None:
    for caller in range(callers):
        for _ in range(each):
            breaker.timed_out(f"caller {caller}")


def test_one_callers_time_outs_do_not_open_it_for_others(breaker: CircuitBreaker) -> None:
    time_outs(breaker, callers=1, each=500)

    assert breaker.allows()


def test_time_outs_of_many_callers_open_it(breaker: CircuitBreaker) -> None:
    time_outs(breaker, callers=ENOUGH_CALLS - 1)
    assert breaker.allows()

    breaker.timed_out("one more")

    assert not breaker.allows()


def test_it_stays_closed_while_most_calls_are_answered(breaker: CircuitBreaker) -> None:
    for _ in range(31):
        breaker.answered()

    time_outs(breaker, callers=30)

    assert breaker.allows()


def test_what_is_long_past_does_not_count(breaker: CircuitBreaker, clock: Clock) -> None:
    time_outs(breaker, callers=ENOUGH_CALLS - 1)
    clock.now += WINDOW + 1

    time_outs(breaker, callers=1)

    assert breaker.allows()


def test_broken_connections_in_a_row_open_it_at_once(breaker: CircuitBreaker) -> None:
    for _ in range(REFUSED_IN_A_ROW - 1):
        breaker.broke()
    assert breaker.allows()

    breaker.broke()

    assert not breaker.allows()


def test_after_the_rest_one_call_tries_and_its_answer_closes_it(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    time_outs(breaker, callers=ENOUGH_CALLS)
    clock.now += REST

    assert breaker.allows()
    assert not breaker.allows()
    breaker.answered()

    assert breaker.allows()
    assert breaker.allows()


def test_a_try_without_an_answer_rests_again(breaker: CircuitBreaker, clock: Clock) -> None:
    time_outs(breaker, callers=ENOUGH_CALLS)
    clock.now += REST
    assert breaker.allows()

    breaker.timed_out("who tried")

    assert not breaker.allows()


def test_who_leaves_before_the_answer_lets_another_try(breaker: CircuitBreaker, clock: Clock) -> None:
    time_outs(breaker, callers=ENOUGH_CALLS)
    clock.now += REST
    assert breaker.allows()

    breaker.left()

    assert breaker.allows()
