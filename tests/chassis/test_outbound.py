"""A dead or silent neighbour costs little and is named."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx2
import pytest

from chassis.outbound import CircuitBreaker, Neighbour, NeighbourUnavailable

Answer = Callable[[httpx2.Request], Awaitable[httpx2.Response]]


def ask(neighbour: Neighbour, method: str = "GET") -> httpx2.Response:
    async def scenario() -> httpx2.Response:
        async with neighbour:
            return await neighbour.request(method, "/")

    return asyncio.run(scenario())


def answering(answer: Answer, **options: object) -> Neighbour:
    return Neighbour("contracts", "http://127.0.0.1", transport=httpx2.MockTransport(answer), **options)


def test_a_dead_neighbour_is_unreachable(unused_port: int) -> None:
    with pytest.raises(NeighbourUnavailable) as caught:
        ask(Neighbour("contracts", f"http://127.0.0.1:{unused_port}"))
    assert caught.value.reason == "unreachable"
    assert caught.value.neighbour == "contracts"


def test_a_silent_neighbour_is_a_timeout() -> None:
    async def never(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(NeighbourUnavailable) as caught:
        ask(answering(never, timeout=0.01))
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize(("method", "attempts"), [("GET", 2), ("POST", 1)])
def test_only_safe_calls_are_tried_again(method: str, attempts: int) -> None:
    seen: list[str] = []

    async def broken(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.method)
        raise httpx2.ReadError("reset")

    with pytest.raises(NeighbourUnavailable):
        ask(answering(broken), method)
    assert len(seen) == attempts


def test_an_error_answer_is_an_answer() -> None:
    async def refuse(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(409)

    assert ask(answering(refuse)).status_code == 409


def test_the_circuit_opens_rests_and_lets_one_through() -> None:
    now = [0.0]
    breaker = CircuitBreaker(threshold=2, rest=5, clock=lambda: now[0])
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    now[0] = 5.1
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()
