"""Who waits for news is served from memory: each service is followed once, however many wait."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from chassis.in_process import inward
from gateway.app import create_app
from gateway.feed import followers as following
from tests.conftest import DatabaseMaker
from tests.gateway.house import House, Json
from tests.gateway.test_events import CONTACT, HEAD, STRANGER, case_event

MANY = 300
BOUND = 90.0
"""Seconds after which a test that waits for what never comes fails, instead of waiting for ever."""
Get = Callable[..., Awaitable[httpx2.Response]]


class Feed:
    """A service whose feed waits for news, and counts who asks for how long."""

    def __init__(self) -> None:
        self.events: list[Json] = []
        self.waiting = 0
        self.read = 0
        self.followings = 0
        self.came = asyncio.Event()
        self.followed = asyncio.Event()

    def publish(self, *events: Json) -> None:
        self.events += events
        self.came.set()
        self.came = asyncio.Event()

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        after, wait = request.url.params["after"], int(request.url.params["wait"])
        if after == "now":
            return self._page(len(self.events), 0)
        start = int(after.partition(".")[2] or 0)
        if not wait:
            self.read += 1
            return self._page(start, int(request.url.params["limit"]))
        self.followings += 1
        if start >= len(self.events):
            self.waiting += 1
            self.followed.set()
            with_news = self.came.wait()
            try:
                await asyncio.wait_for(with_news, wait)
            except TimeoutError:
                pass
            finally:
                self.waiting -= 1
        return self._page(start, int(request.url.params["limit"]))

    def _page(self, start: int, limit: int) -> httpx2.Response:
        page = self.events[start : start + limit]
        place = start + len(page)
        return httpx2.Response(200, json={"items": page, "next": f"1.{place}" if place else ""})


class Gateway:
    """A served gateway, its three feeds and a client."""

    def __init__(self, house: House, client: httpx2.AsyncClient, feeds: dict[str, Feed]) -> None:
        self.house = house
        self.client = client
        self.feeds = feeds

    async def events(self, who: Json, query: str) -> Json:
        answer = await self.client.get(f"/api/v1/events?{query}", headers=self.house.signed_in(who))
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body


@asynccontextmanager
async def served(url: str, **settings: Any) -> AsyncGenerator[Gateway]:  # Any: as they are
    house = House(url, **settings)
    feeds = {name: Feed() for name in house.neighbours}
    for name, neighbour in house.neighbours.items():
        known = getattr(house, name)

        async def answer(request: httpx2.Request, feed: Feed = feeds[name], known: Any = known) -> Any:
            return await feed(request) if request.url.path == "/v1/events" else known(request)

        neighbour._transport = httpx2.MockTransport(answer)
    app = house.app
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=inward(app), base_url="http://localhost") as client,
    ):
        for feed in feeds.values():
            await feed.followed.wait()
        yield Gateway(house, client, feeds)


def test_many_waits_and_reads_beside_each_other_and_none_is_refused(database_url_for: DatabaseMaker) -> None:
    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            now = (await gateway.events(HEAD, "after=now"))["next"]
            asked = sum(feed.read for feed in gateway.feeds.values())
            waits = [asyncio.create_task(gateway.events(HEAD, f"after={now}&wait=25")) for _ in range(MANY)]
            for _ in range(20):
                gateway.house.feedback.says("GET /v1/cases", {"items": [], "next": None})
                read = await gateway.client.get("/api/v1/cases", headers=gateway.house.signed_in(HEAD))
                assert read.status_code == 200
            assert [feed.waiting for feed in gateway.feeds.values()] == [1, 1, 1]
            assert sum(feed.read for feed in gateway.feeds.values()) == asked

            fresh = case_event()
            gateway.feeds["feedback"].publish(fresh)

            for body in await asyncio.gather(*waits):
                assert [each["id"] for each in body["items"]] == [fresh["id"]]
            assert sum(feed.read for feed in gateway.feeds.values()) == asked

    asyncio.run(asyncio.wait_for(scenario(), BOUND))


def test_a_hundred_waits_of_one_session_shut_nobody_out(database_url_for: DatabaseMaker) -> None:
    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            eager = gateway.house.signed_in(HEAD)
            waits = [
                asyncio.create_task(gateway.client.get("/api/v1/events?after=now&wait=25", headers=eager))
                for _ in range(100)
            ]
            refused = [await wait for wait in waits[2:]]
            assert {answer.status_code for answer in refused} == {429}
            calm = await gateway.client.get(
                "/api/v1/events?after=now&wait=0", headers=gateway.house.signed_in(CONTACT)
            )
            assert calm.status_code == 200
            gateway.feeds["feedback"].publish(case_event())
            assert {(await wait).status_code for wait in waits[:2]} == {200}

    asyncio.run(asyncio.wait_for(scenario(), BOUND))


def test_each_who_waits_sees_its_own_and_others_wait_on(database_url_for: DatabaseMaker) -> None:
    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            now = (await gateway.events(HEAD, "after=now"))["next"]
            mine = asyncio.create_task(gateway.events(HEAD, f"after={now}&wait=25"))
            anothers = asyncio.create_task(gateway.events(STRANGER, f"after={now}&wait=1"))

            for _ in range(15):
                gateway.feeds["feedback"].publish(case_event())
                await asyncio.sleep(0)

            assert (await mine)["items"]
            body = await anothers
            assert body["items"] == []
            assert (await gateway.events(STRANGER, f"after={body['next']}&wait=0"))["items"] == []

    asyncio.run(asyncio.wait_for(scenario(), BOUND))


def test_an_older_place_is_read_from_the_service_until_it_meets_what_is_kept(
    database_url_for: DatabaseMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_EVENTS", 5)
    monkeypatch.setattr(following, "GATHERING", 0.0)

    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            feedback = gateway.feeds["feedback"]
            place = (await gateway.events(HEAD, "after=now"))["next"]
            events = [case_event(time=f"2026-03-10T10:00:{second:02}Z") for second in range(12)]
            for event in events:
                feedback.followed.clear()
                feedback.publish(event)
                await feedback.followed.wait()

            seen: list[str] = []
            while len(seen) < len(events):
                body = await gateway.events(HEAD, f"after={place}&wait=25")
                seen += [each["id"] for each in body["items"]]
                place = body["next"]
            assert seen == [event["id"] for event in events]

            fresh = case_event()
            wait = asyncio.create_task(gateway.events(HEAD, f"after={place}&wait=25"))
            await asyncio.sleep(0)
            asked = feedback.read
            feedback.publish(fresh)
            assert [each["id"] for each in (await wait)["items"]] == [fresh["id"]]
            assert feedback.read == asked

    asyncio.run(asyncio.wait_for(scenario(), BOUND))


def test_a_stream_of_news_is_read_by_pages_and_not_event_by_event(
    database_url_for: DatabaseMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "GATHERING", 2 * BOUND)

    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            feedback = gateway.feeds["feedback"]
            now = (await gateway.events(HEAD, "after=now"))["next"]
            first = asyncio.create_task(gateway.events(HEAD, f"after={now}&wait=25"))
            before = feedback.followings
            for _ in range(20):
                feedback.publish(case_event())
                await asyncio.sleep(0)
            place = (await first)["next"]
            for _ in range(20):
                feedback.publish(case_event())
                # Who does not wait asks the service itself, and gives a follower time to ask as well.
                place = (await gateway.events(HEAD, f"after={place}&wait=0"))["next"]
            assert feedback.followings == before

    asyncio.run(asyncio.wait_for(scenario(), BOUND))


def test_a_wait_ends_when_its_caller_hangs_up(database_url_for: DatabaseMaker) -> None:
    async def scenario() -> None:
        async with served(database_url_for("gateway"), session_waits=1) as gateway:
            bearer = gateway.house.signed_in(HEAD)
            callers = gateway.house.app.state.callers
            wait = asyncio.create_task(gateway.client.get("/api/v1/events?after=now&wait=25", headers=bearer))
            while not any(usage.waits for usage in callers.usages.values()):
                await asyncio.sleep(0)

            wait.cancel()

            async with asyncio.timeout(10):
                while any(usage.waits for usage in callers.usages.values()):
                    await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(scenario(), BOUND))


def test_a_second_process_follows_for_itself(database_url_for: DatabaseMaker) -> None:
    async def scenario() -> None:
        async with served(database_url_for("gateway")) as gateway:
            house = gateway.house
            other = create_app(house.settings, neighbours=house.neighbours, clock=house.clock)
            async with (
                other.router.lifespan_context(other),
                httpx2.AsyncClient(transport=inward(other), base_url="http://localhost") as client,
            ):
                while gateway.feeds["feedback"].waiting < 2:
                    await asyncio.sleep(0)
                now = (await gateway.events(HEAD, "after=now"))["next"]
                wait = asyncio.create_task(
                    client.get(f"/api/v1/events?after={now}&wait=25", headers=house.signed_in(HEAD))
                )
                await asyncio.sleep(0)
                fresh = case_event()
                gateway.feeds["feedback"].publish(fresh)
                assert [each["id"] for each in (await wait).json()["items"]] == [fresh["id"]]

    asyncio.run(asyncio.wait_for(scenario(), BOUND))
