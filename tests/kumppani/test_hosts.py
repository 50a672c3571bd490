"""Who may call a process that listens for this machine alone, and by which name."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from kumppani.hosts import guarded

OWN = ["127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]:8000"]
FOREIGN = [
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "[::1",
    "@",
    "10.0.0.1",
    "",
]


async def _answer(_: Request) -> PlainTextResponse:
    return PlainTextResponse("secret")


def asked(app: ASGIApp, host: str, **headers: str) -> int:
    with TestClient(app) as client:
        return client.get("/", headers={"Host": host, **headers}).status_code


@pytest.fixture
def app() -> ASGIApp:
    return Starlette(routes=[Route("/", _answer)])


@pytest.mark.parametrize("host", OWN)
def test_this_machines_own_names_are_answered(app: ASGIApp, host: str) -> None:
    assert asked(guarded(app, "127.0.0.1", None), host) == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_another_name_for_this_machine_is_misdirected(app: ASGIApp, host: str) -> None:
    with TestClient(guarded(app, "127.0.0.1", None)) as client:
        answer = client.get("/", headers={"Host": host, "Accept-Language": "sv"})

    assert answer.status_code == 421
    assert answer.json()["code"] == "misdirected"
    assert answer.headers["content-language"] == "sv"


def test_a_name_that_a_proxy_claims_to_forward_changes_nothing(app: ASGIApp) -> None:
    named = {"X-Forwarded-Host": "localhost", "Forwarded": "host=localhost"}

    assert asked(guarded(app, "127.0.0.1", None), "evil.example", **named) == 421


def test_the_public_address_is_answered_where_one_is_set(app: ASGIApp) -> None:
    public = guarded(app, "127.0.0.1", "https://kumppani.example:8443/")

    assert asked(public, "kumppani.example:8443") == 200
    assert asked(public, "evil.example") == 421


def test_what_listens_on_a_network_of_its_own_is_called_by_any_name(app: ASGIApp) -> None:
    assert asked(guarded(app, "0.0.0.0", None), "gateway.internal") == 200
