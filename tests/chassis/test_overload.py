"""The door of a process: what meets it, what it reads before, and how it refuses."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.types import Message, Scope

from chassis.admission import Rank
from chassis.in_process import inward
from chassis.overload import rank_of
from chassis.places import Places
from tests.chassis.crowd import app_with

router = APIRouter()


@router.get("/thing")
async def thing() -> str:
    """Cost little."""
    return "here"


@router.post("/word")
async def word(request: Request) -> int:
    """Say how long what came was."""
    return len(await request.body())


@router.get("/events")
async def events(wait: int = 0) -> int:
    """Pretend to wait."""
    return wait


@pytest.fixture
def app() -> FastAPI:
    return app_with(1, router)


@contextmanager
def full(app: FastAPI) -> Generator[None]:
    """Have all places taken for the block."""
    places, app.state.places = app.state.places, Places(0, line=0)
    yield
    app.state.places = places


@asynccontextmanager
async def asking(app: FastAPI) -> AsyncGenerator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://a") as client:
        yield client


def a_scope(target: str, method: str = "GET") -> Scope:
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [],
        "client": ("127.0.0.1", 1),
        "server": ("a", 80),
    }


@pytest.mark.parametrize(
    ("method", "target", "rank"),
    [
        ("POST", "/word", Rank.WORD),
        ("GET", "/word", Rank.PERSON),
        ("GET", "/cases?view=open", Rank.PERSON),
        ("POST", "/cases/1/answer", Rank.PERSON),
        ("GET", "/api/v1/events?after=x", Rank.REST),
        ("GET", "/api/v1/events?wait=00", Rank.REST),
        ("GET", "/v1/events?after=x&wait=25", None),
        ("GET", "/calendars/1.ics", Rank.REST),
        ("GET", "/health/ready", None),
        ("GET", "/metrics", None),
        ("GET", "/static/1/pages.css", None),
    ],
)
def test_a_word_goes_before_a_person_and_a_person_before_programs(
    method: str, target: str, rank: Rank | None
) -> None:
    assert rank_of(a_scope(target, method), {"/word"}) is rank


def test_a_refusal_is_a_problem_with_when_to_come_again_and_the_headers_of_every_answer(app: FastAPI) -> None:
    async def scenario() -> tuple[httpx2.Response, ...]:
        async with asking(app) as client:
            with full(app):
                refused = await client.get("/thing")
                health, wait = await client.get("/health/live"), await client.get("/events?wait=5")
            return refused, health, wait, await client.get("/thing")

    refused, health, wait, answered = asyncio.run(scenario())
    assert refused.status_code == 503
    assert refused.json()["code"] == "busy"
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["cache-control"] == "no-store"
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert refused.headers["strict-transport-security"]
    assert [each.status_code for each in (health, wait, answered)] == [200, 200, 200]


def test_refusals_are_counted_by_rank(app: FastAPI) -> None:
    async def scenario() -> None:
        async with asking(app) as client:
            with full(app):
                await client.get("/thing")
                await client.post("/word", content="x")

    asyncio.run(scenario())
    counted = app.state.metrics.get_sample_value
    assert counted("kumppani_refused_total", {"rank": "person"}) == 1
    assert counted("kumppani_refused_total", {"rank": "word"}) == 1


def test_a_call_from_inside_the_process_has_the_place_of_its_request(app: FastAPI) -> None:
    with full(app):
        answer = asyncio.run(inward(app).ask("GET", "/thing", []))
    assert answer.status_code == 200


class Sending:
    """A body that comes in pieces, when it is told to; then the caller hangs up or reads."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces: Iterator[bytes] = iter(pieces)
        self.left = len(pieces)
        self.next = asyncio.Event()
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        await self.next.wait()
        self.next.clear()
        if not self.left:
            return {"type": "http.disconnect"}
        self.left -= 1
        return {"type": "http.request", "body": next(self.pieces), "more_body": self.left > 0}

    async def send(self, message: Message) -> None:
        self.sent.append(message)


def test_who_sends_slowly_holds_no_place(app: FastAPI) -> None:
    async def scenario() -> None:
        scope = a_scope("/word", "POST") | {"headers": [(b"content-length", b"6")]}
        slow = Sending([b"abc", b"def"])
        call = asyncio.create_task(app(scope, slow.receive, slow.send))
        slow.next.set()
        await _settle()
        assert app.state.places.at_work == 0
        slow.next.set()
        await call
        assert slow.sent[0]["status"] == 200
        assert slow.sent[1]["body"] == b"6"

    asyncio.run(scenario())


def test_a_large_body_is_left_to_those_who_know_whether_it_may_be(app: FastAPI) -> None:
    async def scenario() -> None:
        scope = a_scope("/word", "POST") | {"headers": [(b"content-length", b"2000000")]}
        large = Sending([b"never asked for"])
        await app(scope, large.receive, large.send)
        assert large.sent[0]["status"] == 413
        assert large.left == 1

    asyncio.run(scenario())


def test_who_reads_slowly_holds_no_place(app: FastAPI) -> None:
    async def scenario() -> None:
        reading = asyncio.Event()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                await reading.wait()

        call = asyncio.create_task(app(a_scope("/thing"), Sending([b""]).receive, send))
        async with asking(app) as client:
            await _settle()
            assert (await client.get("/thing")).status_code == 200
        reading.set()
        await call

    asyncio.run(scenario())


def test_who_hangs_up_in_the_line_is_not_worked_for(app: FastAPI) -> None:
    async def scenario() -> None:
        places = app.state.places = Places(1, line=5)
        gone = Sending([b""])
        async with places.taken(Rank.PERSON):
            call = asyncio.create_task(app(a_scope("/thing"), gone.receive, gone.send))
            await _settle()
            assert places.waiting == 1
            for _ in range(2):  # the empty body of a GET, then its end
                gone.next.set()
                await _settle()
            assert places.waiting == 0
            await call
        assert gone.sent == []

    asyncio.run(scenario())


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)
