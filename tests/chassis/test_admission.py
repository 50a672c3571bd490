"""Who waits holds neither a thread nor a connection, and is told at once when there is no time for it."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager

import anyio.to_thread
import httpx2
import pytest
import sqlalchemy as sa
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from chassis.admission import CallerLeft, Gate, Rank
from chassis.database import Database, Transaction
from chassis.errors import Busy
from chassis.routing import ServiceRouter
from chassis.service import create_service
from chassis.settings import ServiceSettings
from tests.actors import actor, bearer, private_jwk, trusted_keys
from tests.chassis.conftest import router
from tests.chassis.crowd import LONG, Crowd, settle

ME = actor("complaint_handler")


class Held(Crowd):
    """Tasks inside and before a gate."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(gate.entered)
        self.gate = gate


def test_a_word_goes_before_a_person_and_a_person_before_the_rest() -> None:
    async def scenario() -> list[str]:
        held = Held(Gate(1, patience=LONG))
        await held.come("first")
        await held.come("rest", Rank.REST)
        await held.come("person")
        await held.come("another person")
        await held.come("word", Rank.WORD)
        for name in ("first", "word", "person", "another person", "rest"):
            await held.end(name)
        return held.begun

    assert asyncio.run(scenario()) == ["first", "word", "person", "another person", "rest"]


def test_a_queue_that_outlasts_the_patience_refuses_at_once() -> None:
    now = [0.0]

    async def scenario() -> None:
        held = Held(Gate(2, patience=LONG, clock=lambda: now[0]))
        for number in range(40):  # stays of forty seconds: three can wait before two places
            await held.come(f"past {number}")
            now[0] += 40
            await held.end(f"past {number}")
        for number in range(5):
            await held.come(f"{number}")
        with pytest.raises(Busy):
            async with held.gate.entered():
                raise AssertionError("let in")
        assert held.gate.waiting == 3
        await held.come("word", Rank.WORD)  # before which nobody waits
        assert held.gate.waiting == 4
        for name in ("0", "word", "1", "2", "3", "4"):
            await held.end(name)

    asyncio.run(scenario())


def test_nobody_waits_longer_than_the_patience() -> None:
    async def scenario() -> None:
        held = Held(Gate(1, patience=0.01))
        await held.come("first")
        await held.come("second")
        assert isinstance(await held.outcome("second"), Busy)
        assert held.gate.waiting == 0
        await held.end("first")
        await held.come("third")
        assert held.begun == ["first", "third"]
        await held.end("third")

    asyncio.run(scenario())


def test_who_hangs_up_or_is_cancelled_while_waiting_frees_the_place() -> None:
    async def scenario() -> None:
        held = Held(Gate(1, patience=LONG))
        left = asyncio.Event()
        await held.come("first")
        await held.come("leaves", hung_up=left)
        await held.come("cancelled")
        await held.come("last")
        left.set()
        held.cancel("cancelled")
        assert isinstance(await held.outcome("leaves"), CallerLeft)
        assert isinstance(await held.outcome("cancelled"), asyncio.CancelledError)
        assert held.gate.waiting == 1
        await held.end("first")
        assert held.begun == ["first", "last"]
        await held.end("last")
        assert held.gate.waiting == 0

    asyncio.run(scenario())


def test_a_place_given_to_one_just_cancelled_goes_on_to_the_next() -> None:
    async def scenario() -> None:
        held = Held(Gate(1, patience=LONG))
        await held.come("first")
        await held.come("unlucky")
        await held.come("next")
        held._ends["first"].set()
        await asyncio.sleep(0)
        held.cancel("unlucky")
        await settle()
        assert held.begun[-1] == "next"
        await held.end("next")

    asyncio.run(scenario())


# -- a service -----------------------------------------------------------------------------------------------

slow = ServiceRouter(prefix="/v1")


@slow.get("/slow")
def ask_slowly(session: Transaction) -> str:
    """Hold a connection for a moment."""
    session.execute(sa.text("select pg_sleep(0.02)"))
    return "slept"


@pytest.fixture
def patient(note_url: str) -> Iterator[FastAPI]:
    """The test service with a patience that no busy machine outlasts."""
    database = Database(note_url, patience=LONG)
    settings = ServiceSettings(
        database_url=note_url,
        trusted_keys=trusted_keys(),
        signing_key=private_jwk("feedback"),
        log_level="error",
    )
    yield create_service(
        name="notes", title="Notes", settings=settings, routers=[router, slow], database=database
    )
    database.close()


@asynccontextmanager
async def asking(app: FastAPI) -> AsyncGenerator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://notes", timeout=LONG) as client,
    ):
        yield client


def test_four_times_as_many_reads_as_threads_are_all_answered(patient: FastAPI) -> None:
    async def scenario() -> set[int]:
        async with asking(patient) as client:
            threads = int(anyio.to_thread.current_default_thread_limiter().total_tokens)
            answers = await asyncio.gather(*(client.get("/v1/slow") for _ in range(4 * threads)))
        return {answer.status_code for answer in answers}

    assert asyncio.run(scenario()) == {200}


def test_who_waits_holds_no_thread_and_no_connection(patient: FastAPI) -> None:
    database: Database = patient.state.database

    async def scenario() -> tuple[int, int]:
        async with asking(patient) as client, _full(database):
            asked = [asyncio.create_task(client.get("/v1/slow")) for _ in range(20)]
            await until(lambda: database.gate.waiting == 20)
            busy = threading.active_count(), database.engine.pool.checkedout()  # type: ignore[attr-defined]
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        return busy

    before = threading.active_count()
    threads, connections = asyncio.run(scenario())
    assert threads <= before + 1  # the test client's own lookups may start one
    assert connections == 0


def test_a_full_gate_is_a_503_with_its_time_and_stores_nothing(
    client: TestClient, app: FastAPI, database: Database
) -> None:
    app.state.database.gate = Gate(0, patience=0)
    answer = client.post("/v1/notes", json={"text": "too many"}, headers=bearer(ME, "notes"))
    assert answer.status_code == 503
    assert answer.json()["code"] == "busy"
    assert int(answer.headers["retry-after"]) > 0
    with database.session() as session:
        assert session.execute(sa.text("select count(*) from note")).scalar() == 0


def test_what_can_be_refused_without_the_database_does_not_wait_for_it(
    client: TestClient, app: FastAPI
) -> None:
    app.state.database.gate = Gate(0, patience=0)
    assert client.post("/v1/notes", json={"text": "no token"}).status_code == 401
    assert client.post("/v1/notes", json={}, headers=bearer(ME, "notes")).status_code == 422


def test_a_service_whose_pool_is_exhausted_is_ready(client: TestClient, database: Database) -> None:
    size = database.engine.pool.size()  # type: ignore[attr-defined]
    taken = [database.engine.connect() for _ in range(size)]
    try:
        assert client.get("/health/ready").status_code == 200
    finally:
        for connection in taken:
            connection.close()


def test_a_caller_who_hangs_up_while_waiting_is_not_worked_for(patient: FastAPI) -> None:
    database: Database = patient.state.database

    async def scenario() -> None:
        async with patient.router.lifespan_context(patient), _full(database):
            call = asyncio.create_task(patient(*_call("/v1/slow", left := asyncio.Event())))
            await until(lambda: database.gate.waiting == 1)
            left.set()
            await call
            assert database.gate.waiting == 0

    asyncio.run(scenario())


def test_a_dependency_that_would_cost_a_thread_of_its_own_is_refused() -> None:
    def plain() -> str:
        return ""

    with pytest.raises(TypeError, match="make it async"):
        ServiceRouter().get("/x", dependencies=[Depends(plain)])(lambda: "")


def test_an_asynchronous_endpoint_with_a_transaction_is_refused() -> None:
    async def endpoint(session: Transaction) -> None:
        del session

    with pytest.raises(TypeError, match="keep its transaction"):
        ServiceRouter().get("/x")(endpoint)


@asynccontextmanager
async def _full(database: Database) -> AsyncGenerator[None]:
    """Take every place of the gate for the block."""
    held = Held(database.gate)
    for number in range(database.gate.places):
        await held.come(str(number))
    try:
        yield
    finally:
        for number in range(database.gate.places):
            await held.end(str(number))


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until something is so."""
    async with asyncio.timeout(LONG):
        while not condition():
            await asyncio.sleep(0)


def _call(path: str, left: asyncio.Event) -> tuple[Scope, Receive, Send]:
    """Return scope, receive and send of a request whose caller hangs up at the event."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "server": ("notes", 80),
        "client": ("127.0.0.1", 1),
    }

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        del message

    return scope, receive, send
