"""A gateway whose three neighbours are stand-ins: what they answer is said, what they were asked is kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2

from chassis.outbound import Neighbour
from chassis.tables import new_id
from gateway.app import create_app
from gateway.settings import GatewaySettings
from tests.actors import private_jwk
from tests.support.client import Client

START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
Json = dict[str, Any]
Answer = httpx2.Response | Callable[[httpx2.Request], httpx2.Response]


class Clock:
    """The time of the gateway, moved by the test."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


def problem(status: int, code: str, **more: object) -> httpx2.Response:
    """Return a service's problem."""
    body = {
        "type": f"urn:kumppani:problem:{code}",
        "title": code,
        "status": status,
        "detail": code,
        "code": code,
        "instance": "/v1/somewhere",
        **more,
    }
    text = json.dumps(body, separators=(",", ":"))
    return httpx2.Response(status, text=text, headers={"content-type": "application/problem+json"})


@dataclass
class StandIn:
    """A service at the edge: answers as told, 404 to all else.

    What the gateway asks of itself, to follow the feed, is not kept: it comes at any time.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[httpx2.Request] = field(default_factory=list)
    down: bool = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.params.get("wait", "0") == "0":
            self.asked.append(request)
        if self.down:
            raise httpx2.ConnectError("nobody is there", request=request)
        answer = self.answers.get(f"{request.method} {request.url.path}", problem(404, "not_found"))
        return answer if isinstance(answer, httpx2.Response) else answer(request)

    def says(self, what: str, body: object = None, status: int = 200, **headers: str) -> None:
        """Answer ``GET /v1/…`` with this JSON from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[what] = lambda _: httpx2.Response(status, json=body, headers=named)

    @property
    def last(self) -> httpx2.Request:
        """The latest request."""
        return self.asked[-1]


def person(username: str, *roles: str, **more: object) -> Json:
    """Return a resolved person."""
    return {
        "person_id": str(new_id()),
        "username": username,
        "name": username.title(),
        "title": "rehtori",
        "email": f"{username}@example.test",
        "phone": "044 1",
        "language": "fi",
        "roles": list(roles),
        "everything": False,
        "customer_ids": [],
        "site_ids": [],
        "site_customer_ids": [],
        "producer_ids": [],
        "scopes": [],
        "assignments": [],
        **more,
    }


class House:
    """The gateway with its stand-ins, its clock and its people."""

    def __init__(self, database_url: str, *, demo: bool = True, **settings: Any) -> None:  # Any: as they are
        self.clock = Clock()
        self.customers, self.contracts, self.feedback = StandIn(), StandIn(), StandIn()
        services = {"customers": self.customers, "contracts": self.contracts, "feedback": self.feedback}
        self.neighbours = {
            name: Neighbour(name, f"http://{name}", transport=httpx2.MockTransport(service))
            for name, service in services.items()
        }
        self.settings = GatewaySettings(
            demo=demo, database_url=database_url, signing_key=private_jwk("gateway"), **settings
        )
        self.app = create_app(self.settings, neighbours=self.neighbours, clock=self.clock)
        self.client = Client(self.app)

    def knows(self, who: Json) -> Json:
        """Let the customers service resolve a person."""
        self.customers.says(f"GET /v1/actors/{who['person_id']}", who)
        self.customers.says(f"GET /v1/actors/by-username/{who['username']}", who)
        return who

    def forgets(self, who: Json) -> None:
        """Let the customers service know the person no more."""
        self.customers.answers.pop(f"GET /v1/actors/{who['person_id']}")

    def signed_in(self, who: Json) -> dict[str, str]:
        """Return the headers of a new session of a known person."""
        self.knows(who)
        token, _ = self.app.state.sessions.issue(UUID(who["person_id"]), self.clock())
        return {"Authorization": f"Bearer {token}"}
