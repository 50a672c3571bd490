"""Refusals that are ready: the same answers as made in the ordinary way, for next to nothing."""

import asyncio

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response
from starlette.types import Scope

from chassis.app import create_app
from chassis.places import Places
from chassis.settings import Settings
from tests.chassis.crowd import app_with

router = APIRouter()


@router.get("/thing/{name}")
async def thing(name: str) -> str:
    """Cost little."""
    return name


@pytest.fixture
def app() -> FastAPI:
    return app_with(0, router)


def a_request(path: str, method: str = "GET", query: str = "", language: str = "fi") -> Scope:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"a"), (b"accept-language", language.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("a", 80),
    }


async def refused_early(app: FastAPI, scope: Scope) -> bytes:
    """Return the answer once it is ready; whoever comes before that is refused in the ordinary way."""
    assert app.state.door.refuse(scope, []) is None
    for _ in range(1000):
        await asyncio.sleep(0)
        if answer := app.state.door.refuse(scope, [(b"date", b"today")]):
            return bytes(answer)
    raise AssertionError("it is never ready")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", ["/thing/1", "/thing/Åbo says “no”", '/thing/"\\\n'])
def test_an_early_refusal_says_what_the_ordinary_one_says(app: FastAPI, language: str, path: str) -> None:
    async def scenario() -> tuple[bytes, httpx2.Response]:
        early = await refused_early(app, a_request(path, language=language))
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://a") as client:
            return early, await client.get("/thing/1", headers={"Accept-Language": language})

    early, ordinary = asyncio.run(scenario())
    head, _, content = early.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    told = dict(line.split(": ", 1) for line in lines)
    answer = httpx2.Response(503, content=content)
    assert status == "HTTP/1.1 503 Service Unavailable"
    assert told.pop("date") == "today"
    assert int(told.pop("content-length")) == len(content)
    assert told == {name: value for name, value in ordinary.headers.items() if name != "content-length"}
    assert answer.json() == ordinary.json() | {"instance": path}


def test_early_refusals_are_counted_and_keep_the_line_short(app: FastAPI) -> None:
    async def scenario() -> None:
        await refused_early(app, a_request("/thing/1"))
        await refused_early(app, a_request("/word", "POST", language="en"))

    asyncio.run(scenario())
    counted = app.state.metrics.get_sample_value
    assert counted("kumppani_refused_total", {"rank": "person"}) == 1
    assert counted("kumppani_refused_total", {"rank": "word"}) == 1
    assert app.state.places.strained


def test_who_needs_no_place_or_finds_one_is_not_refused_early(app: FastAPI) -> None:
    async def scenario() -> None:
        await refused_early(app, a_request("/thing/1"))
        for path, query in (("/health/live", ""), ("/events", "wait=5"), ("/static/house.css", "")):
            assert app.state.door.refuse(a_request(path, query=query), []) is None
        app.state.places = Places(1, line=0)
        assert app.state.door.refuse(a_request("/thing/1"), []) is None

    asyncio.run(scenario())


def test_a_refusal_of_the_requests_own_is_made_in_the_ordinary_way() -> None:
    class Own:
        async def __call__(self, request: Request) -> Response:
            return Response(request.method, 503)

        def kind(self, _: Request) -> None:
            return None

    app = create_app(name="things", title="Things", settings=Settings(), routers=[], busy=Own())
    app.state.places = Places(0, line=0)

    async def scenario() -> None:
        for _ in range(20):
            assert app.state.door.refuse(a_request("/thing/1"), []) is None
            await asyncio.sleep(0)

    asyncio.run(scenario())
