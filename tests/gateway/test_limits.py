"""Fairness at the door: who asks too much is told when to come again, and nobody else notices."""

import asyncio
import contextlib
from collections.abc import Coroutine
from uuid import UUID

import httpx2
import pytest
from fastapi.testclient import TestClient

from chassis.database import Database
from chassis.in_process import inward
from gateway.app import create_app
from gateway.limits.callers import QUEUE, Callers, TooMany
from gateway.limits.rules import Allowance, Usage, place_of
from gateway.limits.sharing import REFRESH, Sharing
from tests.conftest import DatabaseMaker
from tests.gateway.house import House, person
from tests.support.waiting import until

HEAD = person("school-head", "site_head", everything=True)
HANDLER = person("handler", "complaint_handler", everything=True)
FEW = Allowance("session", rate=2.0, burst=4, requests=2, waits=1)


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_taken_and_then_the_rate() -> None:
    usage = Usage(FEW)

    assert [usage.spend(0.0) for _ in range(5)] == [0, 0, 0, 0, 0.5]
    assert usage.spend(0.25) == 0.25
    assert usage.spend(0.5) == 0
    assert usage.remaining(10.0) == 4


def test_what_other_processes_told_counts() -> None:
    usage = Usage(FEW)
    usage.spend(0.0)
    usage.untold = 0.0

    usage.shared(4.0, 0.0)

    assert usage.spend(0.0) > 0


def test_little_use_is_not_worth_telling() -> None:
    usage = Usage(Allowance("session", rate=1.0, burst=8, requests=4, waits=2))
    usage.spend(0.0)
    usage.begin("request")
    assert not usage.telling_rate()
    assert not usage.telling_in_flight(0.0, 5.0)

    usage.spend(0.0)
    usage.begin("wait")

    assert usage.telling_rate()
    assert usage.telling_in_flight(0.0, 5.0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
    ],
)
def test_a_network_of_ipv6_is_one_place(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) is same


def run(what: Coroutine[object, object, None]) -> None:
    asyncio.run(what)


def test_a_request_too_many_in_flight_waits_for_its_turn() -> None:
    async def scenario() -> None:
        callers = Callers()
        order: list[str] = []

        async def third() -> None:
            async with callers.turn("a", FEW, "request"):
                order.append("third")

        async with callers.turn("a", FEW, "request"):
            async with callers.turn("a", FEW, "request"):
                waiting = asyncio.create_task(third())
                await asyncio.sleep(0)
                async with callers.turn("b", FEW, "request"):
                    order.append("another")
            await waiting
        assert order == ["another", "third"]

    run(scenario())


def test_more_than_a_queue_of_them_are_sent_away() -> None:
    async def scenario() -> None:
        many = Allowance("session", rate=1000.0, burst=1000, requests=2, waits=1)
        callers = Callers()
        done = asyncio.Event()

        async def hold() -> None:
            async with callers.turn("a", many, "request"):
                await done.wait()

        held = [asyncio.create_task(hold()) for _ in range(2 + QUEUE * 2)]
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            async with callers.turn("a", many, "request"):
                pass
        done.set()
        await asyncio.gather(*held)

    run(scenario())


def test_a_wait_too_many_is_sent_away_at_once() -> None:
    async def scenario() -> None:
        callers = Callers()
        async with callers.turn("a", FEW, "wait"):
            with pytest.raises(TooMany):
                async with callers.turn("a", FEW, "wait"):
                    pass
            async with callers.turn("a", FEW, "request"):
                pass
            async with callers.turn("b", FEW, "wait"):
                pass

    run(scenario())


def test_who_uses_nothing_any_more_is_forgotten() -> None:
    async def scenario() -> None:
        clock = Clock()
        callers = Callers(clock)
        for number in range(10):
            async with callers.turn(f"caller {number}", FEW, "request"):
                pass
        clock.now += 60
        for number in range(10):
            async with callers.turn(f"newcomer {number}", FEW, "request"):
                pass
        assert not any(name.startswith("caller") for name in callers.usages)

    run(scenario())


def test_a_session_that_asks_too_often_is_told_when_to_come_again(database_url_for: DatabaseMaker) -> None:
    house = House(database_url_for("gateway"), session_burst=3, session_rate=0.1)
    eager, calm = house.signed_in(HEAD), house.signed_in(HANDLER)

    answers = [house.client.get("/api/v1/me", headers={**eager, "Accept-Language": "en"}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 10
    assert refused.headers["ratelimit-policy"] == '"session";q=3;w=30'
    assert refused.headers["ratelimit"].startswith('"session";r=0;t=')
    assert answers[0].headers["ratelimit"].startswith('"session";r=2;t=')
    assert house.client.get("/api/v1/me", headers=calm).status_code == 200
    house.app.state.database.close()


def test_three_hundred_calendars_of_strangers_are_refused_at_their_address_only(house: House) -> None:
    """Without a token such calls used to shut the contracts service for everybody."""
    house.contracts.says("GET /v1/contracts", {"items": [], "next": None})
    address = TestClient(house.app, client=("203.0.113.9", 1))
    bearer = house.signed_in(HANDLER)

    answers = [address.get(f"/api/v1/clock.ics?token=x{number}").status_code for number in range(300)]

    assert set(answers) == {404, 429}
    assert answers.count(404) < 200
    assert house.client.get("/api/v1/contracts", headers=bearer).status_code == 200
    assert address.get("/api/v1/contracts", headers=bearer).status_code == 200
    elsewhere = TestClient(house.app, client=("203.0.113.10", 1))
    assert elsewhere.get("/api/v1/clock.ics?token=x").status_code == 404


def test_guessed_tokens_count_for_the_address(database_url_for: DatabaseMaker) -> None:
    house = House(database_url_for("gateway"), address_burst=3, address_rate=0.1)

    guesses = [
        house.client.get("/api/v1/me", headers={"Authorization": f"Bearer {number}"}).status_code
        for number in range(4)
    ]

    assert guesses == [401, 401, 401, 429]
    house.app.state.database.close()


@pytest.mark.parametrize(("peer", "believed"), [("127.0.0.1", True), ("203.0.113.7", False)])
def test_only_a_trusted_proxy_names_the_callers_address(
    database_url_for: DatabaseMaker, peer: str, believed: bool
) -> None:
    house = House(database_url_for("gateway"), address_burst=1, address_rate=0.1)
    client = TestClient(house.app, client=(peer, 1))

    answers = [
        client.get("/api/v1/me", headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(2)
    ]

    assert answers == [401, 401 if believed else 429]
    house.app.state.database.close()


def test_two_processes_share_a_limit(database_url_for: DatabaseMaker) -> None:
    house = House(database_url_for("gateway"), session_burst=8, session_rate=0.01, session_waits=1)
    bearer = house.signed_in(HEAD)
    with house.client as one:
        app = create_app(house.settings, neighbours=house.neighbours, clock=house.clock)
        with TestClient(app) as other:
            assert [one.get("/api/v1/me", headers=bearer).status_code for _ in range(8)] == [200] * 8

            def refused() -> bool:
                return other.get("/api/v1/me", headers=bearer).status_code == 429

            until(refused, "the other process to refuse")
            spent = sum(each.level for each in app.state.callers.usages.values())
            assert spent <= 2 * 8


def test_processes_that_were_made_as_one_before_a_fork_are_told_apart(
    database_url_for: DatabaseMaker,
) -> None:
    async def scenario() -> set[UUID]:
        database = Database(database_url_for("gateway"), pool_size=1)
        made = Sharing(Callers(), database)
        told = {made.process}
        for _ in range(2):
            async with made.running():
                told.add(made.process)
        database.close()
        return told

    assert len(asyncio.run(scenario())) == 3


def test_what_is_in_flight_at_one_process_takes_room_at_the_other(database_url_for: DatabaseMaker) -> None:
    three = Allowance("session", rate=1000.0, burst=1000, requests=3, waits=1)
    url = database_url_for("gateway")

    async def hold(callers: Callers, count: int, stack: contextlib.AsyncExitStack) -> None:
        for _ in range(count):
            await stack.enter_async_context(callers.turn("a", three, "request"))

    async def scenario() -> None:
        clock = Clock()
        one, other = Callers(), Callers(clock, patience=0.01)

        async def until_told(elsewhere: int) -> None:
            while other.usages["a"].requests_elsewhere != elsewhere:  # else the runner's time limit ends it
                clock.now += REFRESH
                other.used.set()
                await asyncio.sleep(0)

        databases = [Database(url, pool_size=1) for _ in range(2)]
        async with (
            Sharing(one, databases[0]).running(),
            Sharing(other, databases[1]).running(),
            contextlib.AsyncExitStack() as there,
            contextlib.AsyncExitStack() as here,
        ):
            await hold(one, 3, there)
            await hold(other, 2, here)
            await until_told(3)
            with pytest.raises(TooMany):
                await hold(other, 1, here)

            await there.aclose()
            await until_told(0)
            await hold(other, 1, here)
        for database in databases:
            database.close()

    run(scenario())


def test_the_queue_waits_as_long_as_those_before_it_may_take(house: House) -> None:
    assert house.app.state.callers.patience == house.settings.busy_patience


def test_requests_of_one_session_never_fill_the_gateway(house: House) -> None:
    """More at once than a session may: its own wait or are refused, another session is served."""

    async def scenario() -> None:
        go_on = asyncio.Event()
        began: list[str] = []

        async def slow(request: httpx2.Request) -> httpx2.Response:
            began.append(request.url.path)
            await go_on.wait()
            return httpx2.Response(200, json={"items": [], "next": None})

        house.neighbours["feedback"]._transport = httpx2.MockTransport(slow)
        eager, calm = house.signed_in(HEAD), house.signed_in(HANDLER)
        async with httpx2.AsyncClient(transport=inward(house.app), base_url="http://localhost") as client:
            calls = [asyncio.create_task(client.get("/api/v1/cases", headers=eager)) for _ in range(100)]
            refused = [answer for call in calls[60:] if (answer := (await call)).status_code == 429]
            assert len(refused) == 40
            assert len(began) <= 8
            assert (await client.get("/api/v1/me", headers=calm)).status_code == 200
            go_on.set()
            for call in calls:
                await call

    asyncio.run(scenario())
