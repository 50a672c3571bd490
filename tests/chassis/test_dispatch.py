"""A request finds its route by its address: the same that comparing one after the other would find."""

from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from chassis.app import create_app
from chassis.settings import Settings

MANY = 50


def client_of(*routers: APIRouter) -> TestClient:
    return TestClient(create_app(name="part", title="Part", settings=Settings(), routers=routers))


def things() -> APIRouter:
    router = APIRouter(prefix="/things")

    @router.get("/{name}")
    async def read(name: str) -> str:
        return f"read {name}"

    @router.post("/{name}")
    async def change(name: str) -> str:
        return f"change {name}"

    return router


def all_things() -> APIRouter:
    router = APIRouter(prefix="/things")

    @router.get("/all")
    async def every() -> str:
        return "all of them"

    @router.get("/{name}/{number:int}")
    async def numbered(name: str, number: int) -> str:
        return f"{name} {number * 2}"

    @router.get("/{rest:path}")
    async def deeper(rest: str) -> str:
        return f"deeper {rest}"

    return router


def test_a_request_is_compared_with_no_other_route(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()
    for number in range(MANY):
        router.add_api_route(f"/things/{number}", lambda: "named", methods=["GET"])
        router.add_api_route(f"/things/{number}/{{name}}", lambda name: name, methods=["GET"])
    compared: list[str] = []
    matches = APIRoute.matches

    def noted(self: APIRoute, scope: Scope) -> Any:
        compared.append(self.path)
        return matches(self, scope)

    monkeypatch.setattr(APIRoute, "matches", noted)
    with client_of(router) as client:
        assert client.get(f"/things/{MANY - 1}").json() == "named"
        assert client.get(f"/things/{MANY - 1}/ours").json() == "ours"
    assert compared == []


def test_of_several_routes_that_fit_the_first_answers() -> None:
    with client_of(all_things(), things()) as client:
        assert client.get("/things/all").json() == "all of them"
        assert client.get("/things/one").json() == "deeper one"
    with client_of(things(), all_things()) as client:
        assert client.get("/things/all").json() == "read all"
        assert client.get("/things/one").json() == "read one"


def test_parts_of_an_address_are_read_as_the_route_says() -> None:
    with client_of(things(), all_things()) as client:
        assert client.get("/things/one/21").json() == "one 42"
        assert client.get("/things/one/two").json() == "deeper one/two"
        assert client.get("/things/" + "a/" * 40).json() == "deeper " + "a/" * 40
        assert client.get("/things/k%C3%A4vij%C3%A4").json() == "read kävijä"
        assert client.head("/things/one").status_code == 200


def test_what_no_route_fits_is_refused_as_ever() -> None:
    with client_of(things()) as client:
        assert client.get("/nothing").status_code == 404
        assert client.get("/things/one/").status_code == 404
        refused = client.delete("/things/one")
        assert refused.status_code == 405
        assert refused.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_what_is_mounted_answers_below_its_address_and_only_there() -> None:
    async def files(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(f"a file below {scope['root_path']}")(scope, receive, send)

    app = create_app(name="part", title="Part", settings=Settings(), routers=[])
    app.mount("/static", files)
    app.include_router(things())
    with TestClient(app) as client:
        assert client.get("/static/things/one").text == "a file below /static"
        assert client.get("/things/one").json() == "read one"
