"""A neighbour that is dead or hangs: required, it is 503; optional, it is missing. Both in 1.5 seconds."""

import asyncio
import socket
from collections.abc import Coroutine, Iterator
from contextlib import closing
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chassis.outbound import Neighbour
from gateway.app import create_app
from gateway.settings import GatewaySettings
from tests.gateway.examples import card_parts, overview_parts
from tests.gateway.house import House, StandIn, person

STAFF = person("handler", "complaint_handler", everything=True)
IN_TIME = 1.5
SHORT = {"patience": 0.15, "write_patience": 0.15}
"""Of tests that want to see what a gateway does when its patience ends, not when."""
SITE, CUSTOMER = "01930000-0000-7000-8000-00000000000a", "01930000-0000-7000-8000-00000000000b"


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a port that takes a call and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield address_of(server)


@pytest.fixture(params=["dead", "hanging"])
def broken(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a port where nobody is, or of one that takes a call and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        address = address_of(server)
        if request.param == "dead":
            server.close()
        yield address


def address_of(server: socket.socket) -> str:
    host, port = server.getsockname()
    return f"http://{host}:{port}"


class Breaking(httpx2.AsyncBaseTransport):
    """Reaches a stand-in; once broken, the address itself."""

    def __init__(self, service: StandIn) -> None:
        self._now: httpx2.AsyncBaseTransport = httpx2.MockTransport(service)

    def breaks(self) -> None:
        self._now = httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self._now.handle_async_request(request)


def without(house: House, name: str, address: str, settings: GatewaySettings | None = None) -> FastAPI:
    """Return a gateway that has this address for one of its neighbours, and little patience unless told."""
    return gateway_with(house, Neighbour(name, address), settings or hurried(house))


def gateway_with(house: House, neighbour: Neighbour, settings: GatewaySettings) -> FastAPI:
    neighbours = {**house.neighbours, neighbour.name: neighbour}
    database = house.app.state.database
    return create_app(settings, neighbours=neighbours, clock=house.clock, database=database)


def hurried(house: House, **more: float) -> GatewaySettings:
    return house.settings.model_copy(update={**SHORT, **more})


@pytest.fixture
def full_house(house: House) -> House:
    """Stand-ins that answer every part of a site's card and a customer's overview."""
    for service, answers in {**card_parts(SITE), **overview_parts(CUSTOMER, 2026)}.items():
        name, what = service
        getattr(house, name).says(f"GET {what}", answers)
    return house


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v1/cases", "feedback"),
        ("/api/v1/contracts", "contracts"),
        (f"/api/v1/sites/{SITE}/card", "customers"),
        (f"/api/v1/customers/{CUSTOMER}/overview", "customers"),
        ("/api/v1/clock.ics", "contracts"),
    ],
)
def test_a_required_neighbour_that_is_broken_is_503(
    full_house: House, broken: str, path: str, name: str
) -> None:
    bearer = full_house.signed_in(STAFF)
    gateway = without(full_house, name, broken)
    gateway.state.directory = full_house.app.state.directory

    answer = TestClient(gateway).get(path, headers=bearer)

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert answer.json()["code"] == "unavailable"


def test_a_write_to_a_broken_neighbour_is_503(house: House, broken: str) -> None:
    bearer = house.signed_in(STAFF)
    gateway = without(house, "feedback", broken)

    answer = TestClient(gateway).post("/api/v1/cases", json={}, headers=bearer)

    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"


def test_a_write_is_waited_for_longer_than_a_read(house: House, hanging: str) -> None:
    bearer = house.signed_in(STAFF)
    gateway = without(house, "feedback", hanging, hurried(house, write_patience=60))
    read = ask(gateway, "GET", "/api/v1/cases", bearer)
    write = ask(gateway, "POST", "/api/v1/cases", bearer)

    assert asyncio.run(ends_first(read, before=write)).status_code == 503
    assert house.settings.write_patience > house.settings.patience


@pytest.mark.parametrize(
    ("path", "name", "status"),
    [("/api/v1/cases", "feedback", 503), (f"/api/v1/sites/{SITE}/card", "contracts", 200)],
    ids=["required", "optional"],
)
def test_a_gateway_as_it_is_ends_before_who_gives_a_hanging_neighbour_the_time_that_is_promised(
    full_house: House, hanging: str, path: str, name: str, status: int
) -> None:
    bearer = full_house.signed_in(STAFF)
    gateway = without(full_house, name, hanging, full_house.settings)

    answer = asyncio.run(ends_first(ask(gateway, "GET", path, bearer), before=give_up(hanging, IN_TIME)))

    assert answer.status_code == status


async def ask(gateway: FastAPI, method: str, path: str, headers: dict[str, str]) -> httpx2.Response:
    transport = httpx2.ASGITransport(gateway)
    async with httpx2.AsyncClient(transport=transport, base_url="http://gateway") as client:
        return await client.request(method, path, headers=headers, json={} if method == "POST" else None)


async def give_up(address: str, seconds: float) -> None:
    """Ask an address that hangs, for so long."""
    async with httpx2.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.get(address, timeout=seconds)


async def ends_first(
    one: Coroutine[Any, Any, httpx2.Response], *, before: Coroutine[Any, Any, object]
) -> httpx2.Response:
    """Return what one gives, which ended before the other, though the other began first."""
    async with asyncio.TaskGroup() as group:
        other = group.create_task(before)
        await asyncio.sleep(0)
        given = await one
        assert not other.done()
        other.cancel()
    return given


def test_nobody_known_and_customers_broken_is_503(house: House, broken: str) -> None:
    bearer = house.signed_in(STAFF)
    gateway = without(house, "customers", broken)

    answer = TestClient(gateway).get("/api/v1/cases", headers=bearer)

    assert answer.status_code == 503


@pytest.mark.parametrize(
    ("path", "name", "parts"),
    [
        (f"/api/v1/sites/{SITE}/card", "contracts", {"agreed"}),
        (f"/api/v1/sites/{SITE}/card", "feedback", {"open_cases"}),
        (f"/api/v1/customers/{CUSTOMER}/overview", "contracts", {"contract_year", "milestones"}),
        (f"/api/v1/customers/{CUSTOMER}/overview", "feedback", {"open_cases"}),
        ("/api/v1/search?q=koulu", "feedback", {"cases"}),
        ("/api/v1/events", "feedback", {"feedback"}),
    ],
)
def test_an_optional_neighbour_that_is_broken_is_missing(
    full_house: House, broken: str, path: str, name: str, parts: set[str]
) -> None:
    bearer = full_house.signed_in(STAFF)
    gateway = without(full_house, name, broken)

    answer = TestClient(gateway).get(path, headers=bearer)

    assert answer.status_code == 200
    body = answer.json()
    assert {each["part"] for each in body["degraded"]} == parts
    assert {each["reason"] for each in body["degraded"]} <= {"unavailable", "timed_out"}
    assert all(each["detail"] for each in body["degraded"])
    if "items" not in body:
        assert {name for name, value in body.items() if value is None} == parts


def test_the_last_known_person_still_gets_the_other_parts(full_house: House, broken: str) -> None:
    bearer = full_house.signed_in(STAFF)
    full_house.feedback.says("GET /v1/cases", {"items": [], "next": None})
    transport = Breaking(full_house.customers)
    customers = Neighbour("customers", broken, transport=transport)
    client = TestClient(gateway_with(full_house, customers, hurried(full_house)))
    client.get("/api/v1/cases", headers=bearer)
    transport.breaks()
    full_house.clock.move(minutes=1)

    answer = client.get("/api/v1/cases", headers=bearer)

    assert answer.status_code == 200
