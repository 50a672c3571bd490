"""A call inside the process: the caller may leave, the app finishes what it began."""

import asyncio
import json

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from chassis.in_process import inward
from chassis.outbound import Neighbour, NeighbourUnavailable


class Slow:
    """An app that waits to be told to go on, and keeps what happened to it."""

    def __init__(self) -> None:
        self.begun, self.go_on, self.done = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.caller_left = False
        self.app = Starlette(routes=[Route("/", self._answer), Route("/crash", self._crash)])

    async def _answer(self, request: Request) -> PlainTextResponse:
        self.begun.set()
        await self.go_on.wait()
        self.caller_left = await request.is_disconnected()
        self.done.set()
        return PlainTextResponse("done")

    async def _crash(self, request: Request) -> PlainTextResponse:
        raise RuntimeError(request.url.path)


def client_of(slow: Slow) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=inward(slow.app), base_url="http://slow")


def test_an_answer_comes_as_over_the_network() -> None:
    async def scenario() -> None:
        slow = Slow()
        slow.go_on.set()
        async with client_of(slow) as client:
            assert (await client.get("/")).text == "done"
            assert (await client.get("/crash")).status_code == 500
        assert not slow.caller_left

    asyncio.run(scenario())


def test_the_short_way_is_the_same_as_a_clients() -> None:
    async def echo(request: Request) -> JSONResponse:
        seen = {
            "path": request.url.path,
            "query": request.query_params.multi_items(),
            "body": (await request.body()).decode(),
            "token": request.headers["authorization"],
            "language": request.headers["accept-language"],
        }
        return JSONResponse(seen, 201, {"ETag": '"7"'})

    app = Starlette(routes=[Route("/{rest:path}", echo, methods=["POST"])])

    async def through(transport: httpx2.AsyncBaseTransport) -> tuple[int, str, object]:
        async with Neighbour("echo", "http://echo", transport=transport) as neighbour:
            answer = await neighbour.request(
                "POST",
                "/sites/%C3%A4/ö?a=1",
                token="t",
                params={"q": "ruoka & ä", "a": 2},
                headers={"Accept-Language": "sv"},
                json={"text": "ä€"},
            )
            return answer.status_code, answer.headers["etag"], json.loads(answer.content)

    short = asyncio.run(through(inward(app)))

    assert short == (
        201,
        '"7"',
        {
            "path": "/sites/ä/ö",
            "query": [["a", "1"], ["q", "ruoka & ä"], ["a", "2"]],
            "body": '{"text":"ä€"}',
            "token": "Bearer t",
            "language": "sv",
        },
    )


def test_the_short_way_makes_no_response_of_an_http_client(monkeypatch: pytest.MonkeyPatch) -> None:
    async def twice(_: Request) -> PlainTextResponse:
        answer = PlainTextResponse("there")
        answer.headers.append("Vary", "Cookie")
        answer.headers.append("Vary", "Accept")
        return answer

    monkeypatch.delattr(httpx2, "Response")
    answer = asyncio.run(inward(Starlette(routes=[Route("/", twice)])).ask("GET", "/", []))

    assert (answer.is_success, answer.headers["vary"], answer.content) == (True, "Cookie, Accept", b"there")


def test_a_call_inside_has_a_time_limit_and_the_app_goes_on() -> None:
    async def scenario() -> None:
        slow = Slow()
        async with Neighbour("slow", "http://slow", transport=inward(slow.app)) as neighbour:
            with pytest.raises(NeighbourUnavailable):
                await neighbour.request("GET", "/", timeout=0.01)
            slow.go_on.set()
            await slow.done.wait()
        assert slow.caller_left

    asyncio.run(scenario())


def test_a_caller_who_gives_up_does_not_stop_the_app() -> None:
    async def scenario() -> None:
        slow = Slow()
        async with client_of(slow) as client:
            call = asyncio.create_task(client.get("/"))
            await slow.begun.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            slow.go_on.set()
            await slow.done.wait()
        assert slow.caller_left

    asyncio.run(scenario())
