"""A dead or silent neighbour costs little and is named."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx2
import pytest

from chassis.outbound import Neighbour, NeighbourUnavailable, Unsendable
from tests.support import leaping

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


def test_one_callers_slow_calls_do_not_stop_anothers() -> None:
    """A caller whose own requests are slow (1.1 s at the gateway) used to shut the neighbour for everyone."""

    async def slow_for_one(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/slow":
            await asyncio.Event().wait()
        return httpx2.Response(200)

    async def scenario() -> int:
        async with answering(slow_for_one) as neighbour:
            for _ in range(30):
                with pytest.raises(NeighbourUnavailable):
                    await neighbour.request("GET", "/slow", token="slow", timeout=0.001)
            return (await neighbour.request("GET", "/", token="other")).status_code

    assert asyncio.run(scenario()) == 200


def test_waits_reads_and_writes_are_judged_apart() -> None:
    async def reads_fail(request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET":
            raise httpx2.ReadError("reset")
        return httpx2.Response(201)

    async def scenario() -> tuple[str, int]:
        async with answering(reads_fail) as neighbour:
            for _ in range(5):
                with pytest.raises(NeighbourUnavailable) as caught:
                    await neighbour.request("GET", "/")
            return caught.value.reason, (await neighbour.request("POST", "/")).status_code

    assert asyncio.run(scenario()) == ("circuit_open", 201)


@pytest.fixture
def listening() -> Iterator[str]:
    """The address of a server that answers 204 to everything."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(204)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the server's own names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refused_connection_is_tried_again_at_the_next_address(
    method: str, unused_port: int, listening: str
) -> None:
    async def scenario() -> list[int]:
        dead = f"http://127.0.0.1:{unused_port}"
        async with Neighbour("contracts", f"{dead}, {listening}") as neighbour:
            return [(await neighbour.request(method, "/")).status_code for _ in range(4)]

    assert asyncio.run(scenario()) == [204] * 4


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/" + "x" * 70_000, {}),
        ("/?q=\0", {}),
        ("/", {"Idempotency-Key": "ä"}),
        ("/", {"Idempotency-Key": "\ud800"}),
        ("/", {"Idempotency-Key": "a\nb: c"}),
    ],
    ids=["long", "nul", "not ascii", "surrogate", "two lines"],
)
def test_what_makes_no_request_is_refused_and_no_fault_of_the_neighbour(
    path: str, headers: dict[str, str], listening: str
) -> None:
    async def scenario() -> int:
        async with Neighbour("contracts", listening) as neighbour:
            for _ in range(6):
                with pytest.raises(Unsendable):
                    await neighbour.request("GET", path, headers=headers)
            return (await neighbour.request("GET", "/")).status_code

    assert asyncio.run(scenario()) == 204


class Seconds:
    """A neighbour that takes as many seconds as the path says."""

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(float(request.url.path[1:]))
        return httpx2.Response(200)


async def seconds_until_given_up(neighbour: Neighbour, method: str = "GET", **more: Any) -> float:
    """How long the neighbour is waited for that does not answer this call."""
    time = asyncio.get_running_loop().time
    sent = time()
    with pytest.raises(NeighbourUnavailable) as caught:
        await neighbour.request(method, "/1000", **more)
    assert caught.value.reason == "timeout"
    return time() - sent


async def answered_for(seconds: float, neighbour: Neighbour) -> None:
    """Let others be answered every half a second for so long."""
    for _ in range(int(seconds * 2)):
        await neighbour.request("GET", "/0.5", token="others")


def patient_for_the_busy(**more: Any) -> Neighbour:
    return answering(Seconds(), timeout=1.0, busy_timeout=4.0, **more)


def test_a_neighbour_that_answers_others_is_busy_and_waited_for_longer() -> None:
    """Sixty reads at once need three seconds: the last ones used to be told of a dead part."""

    async def scenario() -> None:
        async with patient_for_the_busy() as neighbour:
            _, answer = await asyncio.gather(answered_for(3, neighbour), neighbour.request("GET", "/3.4"))
            assert answer.status_code == 200

    leaping.run(scenario())


@pytest.mark.parametrize(("others", "given_up"), [(0, 1.0), (2, 3.0), (100, 4.0)])
def test_it_is_given_up_when_it_answers_nobody_any_more_and_at_the_latest_when_patience_ends(
    others: float, given_up: float
) -> None:
    async def scenario() -> float:
        async with patient_for_the_busy() as neighbour, asyncio.TaskGroup() as group:
            answering_others = group.create_task(answered_for(others, neighbour))
            seconds = await seconds_until_given_up(neighbour)
            answering_others.cancel()
            return seconds

    assert leaping.run(scenario()) == pytest.approx(given_up)


@pytest.mark.parametrize(("method", "more"), [("POST", {}), ("GET", {"kind": "wait"})])
def test_a_write_and_a_wait_have_their_own_time_whoever_is_answered(
    method: str, more: dict[str, object]
) -> None:
    async def scenario() -> float:
        async with patient_for_the_busy() as neighbour, asyncio.TaskGroup() as group:
            answering_others = group.create_task(answered_for(9, neighbour))
            seconds = await seconds_until_given_up(neighbour, method, **more)
            answering_others.cancel()
            return seconds

    assert leaping.run(scenario()) == pytest.approx(1.0)


def test_answers_to_waits_make_no_hanging_neighbour_busy() -> None:
    async def scenario() -> float:
        async with patient_for_the_busy() as neighbour:
            waiting = asyncio.create_task(neighbour.request("GET", "/0.5", kind="wait"))
            seconds = await seconds_until_given_up(neighbour)
            await waiting
            return seconds

    assert leaping.run(scenario()) == pytest.approx(1.0)


def test_calls_that_a_busy_neighbour_does_not_reach_open_no_circuit() -> None:
    async def scenario() -> int:
        async with patient_for_the_busy() as neighbour, asyncio.TaskGroup() as group:
            answering_others = group.create_task(answered_for(100, neighbour))
            given_up = [seconds_until_given_up(neighbour, token=str(caller)) for caller in range(60)]
            await asyncio.gather(*given_up)
            answering_others.cancel()
            return (await neighbour.request("GET", "/0")).status_code

    assert leaping.run(scenario()) == 200
