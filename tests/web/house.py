"""A web front end for page tests: the gateway's answers are faked at the edge of the process."""

import json
import re
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from types import FunctionType
from typing import Any

import httpx2
from fastapi import APIRouter
from fastapi.testclient import TestClient

from tests.support.client import Client
from web.app import create_app
from web.settings import WebSettings

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # a Tuesday, 9.00 in Helsinki
HANDLER = {
    "person_id": "0190a000-0000-7000-8000-000000000001",
    "name": "Päivi Käsittelijä",
    "title": "Palautteiden käsittelijä",
    "roles": ["complaint_handler"],
    "everything": True,
    "language": "fi",
    "customers": [],
    "sites": [],
}
SITE = {"id": "0190a000-0000-7000-8000-00000000000a", "name": "Rajakylän koulu"}
SCHOOL_HEAD = HANDLER | {
    "name": "Raija Rehtori",
    "title": "Rehtori",
    "roles": ["site_head"],
    "everything": False,
    "sites": [SITE],
}
Answer = Callable[[httpx2.Request], httpx2.Response] | object


class Gateway:
    """Spec-shaped answers by ``"GET /me"``; unknown paths answer 404, everything asked is remembered."""

    def __init__(self, me: object = HANDLER, **answers: Answer) -> None:
        self.answers: dict[str, Answer] = {"GET /me": me, **answers}
        self.asked: list[httpx2.Request] = []

    def __setitem__(self, call: str, answer: Answer) -> None:
        self.answers[call] = answer

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a call as the gateway would."""
        self.asked.append(request)
        path = request.url.path.removeprefix("/api/v1")
        answer = self.answers.get(f"{request.method} {path}", problem(404, "not_found"))
        if isinstance(answer, httpx2.Response):
            return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return answer(request) if isinstance(answer, FunctionType) else httpx2.Response(200, json=answer)

    def sent(self, method: str, path: str) -> list[Any]:  # Any: bodies of JSON
        """Return the bodies sent to a path."""
        return [
            json.loads(request.content or b"null")
            for request in self.asked
            if request.method == method and request.url.path == f"/api/v1{path}"
        ]


def problem(status: int, code: str, detail: str = "", **more: object) -> httpx2.Response:
    """Return a problem document."""
    body = {"type": f"urn:kumppani:problem:{code}", "status": status, "code": code, "detail": detail, **more}
    return httpx2.Response(status, json=body, headers={"content-type": "application/problem+json"})


def gone(_: httpx2.Request) -> httpx2.Response:
    """Answer nothing: the gateway is not there."""
    raise httpx2.ConnectError("gateway is away")


@contextmanager
def browser(
    gateway: Gateway,
    *,
    signed_in: bool = True,
    language: str = "fi",
    rooms: Sequence[APIRouter] = (),
    demo: bool = True,
    raising: bool = True,
) -> Generator[TestClient]:
    """Yield a client of the web with the gateway behind it; ``rooms`` are further pages of a test.

    Outside the ``demo`` people come over TLS. Without ``raising``, what breaks is answered as people see it.
    """
    settings = WebSettings(demo=demo, gateway_url="http://127.0.0.1:1")
    app = create_app(settings, transport=httpx2.MockTransport(gateway), clock=lambda: NOW)
    for room in rooms:
        app.include_router(room)
    address = "http://kumppani.test" if demo else "https://kumppani.test"
    with Client(app, base_url=address, follow_redirects=False, raise_server_exceptions=raising) as client:
        prefix = "" if demo else "__Host-"
        client.cookies.set(f"{prefix}kumppani_language", language, domain="kumppani.test")
        if signed_in:
            client.cookies.set(f"{prefix}kumppani_session", "a-session", domain="kumppani.test")
        yield client


def hidden_of(html: str) -> dict[str, str]:
    """Return the hidden fields of a page's main part, as a browser would send them."""
    main = html.split("<main", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main)
    return {name: unescape(value) for name, value in found}
