"""The demo city for tests: its filled databases cloned for whoever asks, and served inside this process."""

import contextlib
import re
from collections.abc import Coroutine, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI

from chassis.actors import Actor
from chassis.in_process import inward
from gateway.sessions.directory import Directory
from kumppani.all_in_one import AllInOne
from kumppani.parts import OWNERS, SERVICES
from kumppani.postgres import PrivatePostgres
from tests.actors import private_jwk, trusted_keys

NOW = datetime(2026, 10, 6, 7, 0, tzinfo=UTC)
"""10:00 in Oulu on the city's day, a Tuesday in a school week."""
NOBODY = "nobody"
PATIENCE = 60.0
"""Seconds that the parts wait for each other here."""
Json = dict[str, Any]  # Any: JSON
Given = TypeVar("Given")
_FORM_TOKEN = re.compile(r'name="form_token"\s+value="([^"]+)"')


@contextlib.contextmanager
def clones_of(postgres: PrivatePostgres, name: str) -> Iterator[dict[str, str]]:
    """Copies of the filled city's databases on its server for the block: their addresses by part."""
    made = {part: f"{name}_{part}" for part in OWNERS}
    try:
        for part, database in made.items():
            postgres.create_database(database, template=part)
        yield {part: postgres.url(database) for part, database in made.items()}
    finally:
        for database in made.values():
            postgres.drop_database(database)


class Runs(Protocol):
    """Runs a coroutine where the parts live and returns what it gives."""

    def __call__(self, what: Coroutine[Any, Any, Given], /) -> Given: ...  # Any: of no concern to us


class RunningCity:
    """The five apps of the product over a filled city, whose clocks all stand at ``NOW``; no workers run."""

    def __init__(self, parts: Mapping[str, FastAPI], run: Runs) -> None:
        self.parts = parts
        self._ways = {name: inward(app) for name, app in parts.items()}
        self._run = run
        self._sessions: dict[str, str] = {}
        self._forms: dict[str, tuple[dict[str, str], dict[str, str]]] = {}

    def ask(
        self,
        part: str,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
        text: str | None = None,
    ) -> httpx2.Response:
        """Send one request to a part and return its answer; redirects are not followed."""

        # No client is made for a request: it would take longer than most of what is asked for.
        request = httpx2.Request(
            method, f"http://{part}{path}", headers=dict(headers or {}), json=json, data=form, content=text
        )

        async def send() -> httpx2.Response:
            answer = await self._ways[part].handle_async_request(request)
            answer.request = request
            return answer

        return self._run(send())

    def session(self, username: str, *, fresh: bool = False) -> str:
        """Return the token of a gateway session of a demo person."""
        if fresh or username not in self._sessions:
            opened = self.ask("gateway", "POST", "/api/v1/sessions", json={"username": username})
            assert opened.status_code == 201, opened.text
            token: str = opened.json()["token"]
            if fresh:
                return token
            self._sessions[username] = token
        return self._sessions[username]

    def actor(self, username: str) -> Actor:
        """Return the actor that the gateway makes of a demo person."""
        directory: Directory = self.parts["gateway"].state.directory
        return self._run(directory.username(username, NOW)).actor

    def credentials(self, part: str, username: str, *, fresh: bool = False) -> dict[str, str]:
        """Return the headers by which a part knows a demo person; none for ``nobody``."""
        if username == NOBODY:
            return {}
        if part in SERVICES:
            directory: Directory = self.parts["gateway"].state.directory
            known = self._run(directory.username(username, NOW))
            return {"Authorization": f"Bearer {directory.token(known, part)}"}
        token = self.session(username, fresh=fresh)
        if part == "web":
            return {"Cookie": f"kumppani_session={token}"}
        return {"Authorization": f"Bearer {token}"}

    def form_of(self, cookie: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the headers and the hidden field with which a browser posts a form of the pages."""
        known = cookie.get("Cookie", "")
        if known not in self._forms:
            shown = self.ask("web", "GET", "/sign-in", headers=cookie)
            found = _FORM_TOKEN.search(shown.text)
            assert found, shown.text
            visitor = known or f"kumppani_visitor={shown.cookies['kumppani_visitor']}"
            self._forms[known] = {"Cookie": visitor}, {"form_token": found[1]}
        return self._forms[known]

    def read(self, username: str, path: str) -> Json:
        """Return the JSON of a good answer of the gateway."""
        answer = self.ask("gateway", "GET", f"/api/v1{path}", headers=self.credentials("gateway", username))
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        body: Json = answer.json()
        return body

    def read_all(self, username: str, path: str) -> list[Json]:
        """Return the items of every page of a list of the gateway."""
        items: list[Json] = []
        mark = "&" if "?" in path else "?"
        following: str | None = ""
        while following is not None:
            onward = f"&cursor={following}" if following else ""
            page = self.read(username, f"{path}{mark}limit=200{onward}")
            items += page["items"]
            following = page["next"]
        return items

    def do(self, username: str, method: str, path: str, body: object = None, **headers: str) -> Json:
        """Return the JSON of something done through the gateway."""
        known = self.credentials("gateway", username)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.ask("gateway", method, f"/api/v1{path}", headers=known | named, json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        done: Json = answer.json()
        return done


@contextlib.contextmanager
def run_city(urls: Mapping[str, str], folder: Path) -> Iterator[RunningCity]:
    """Serve the filled databases in this process while the block runs; ``folder`` holds what is written."""
    with _running(make_parts(urls, folder)) as running:
        yield running


def make_product(urls: Mapping[str, str], folder: Path) -> AllInOne:
    """Return the five apps in one, with the tests' keys; nothing is connected before lifespans begin."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KUMPPANI_GATEWAY_PATIENCE", str(PATIENCE))
        environment.setenv("KUMPPANI_GATEWAY_WRITE_PATIENCE", str(PATIENCE))
        environment.setenv("KUMPPANI_WEB_GATEWAY_TIMEOUT", str(PATIENCE))
        environment.setenv("KUMPPANI_WEB_DEMO", "true")
        for name, url in urls.items():
            prefix = f"KUMPPANI_{name.upper()}_"
            environment.setenv(f"{prefix}DEMO", "true")
            environment.setenv(f"{prefix}LOG_LEVEL", "WARNING")
            environment.setenv(f"{prefix}DATABASE_URL", url)
            environment.setenv(f"{prefix}SIGNING_KEY", private_jwk(name))
            if name in SERVICES:
                environment.setenv(f"{prefix}TRUSTED_KEYS", trusted_keys())
        environment.setenv("KUMPPANI_WEB_LOG_LEVEL", "ERROR")
        product = AllInOne()
    for app in product.parts.values():
        app.state.clock = lambda: NOW
    return product


def make_parts(urls: Mapping[str, str], folder: Path) -> Mapping[str, FastAPI]:
    """Return the five apps of the product."""
    return make_product(urls, folder).parts


@contextlib.contextmanager
def _running(parts: Mapping[str, FastAPI]) -> Iterator[RunningCity]:
    with start_blocking_portal() as portal, contextlib.ExitStack() as lifespans:
        for app in parts.values():
            lifespans.enter_context(portal.wrap_async_context_manager(app.router.lifespan_context(app)))

        def run(what: Coroutine[Any, Any, Given]) -> Given:  # Any: of no concern to us
            async def give() -> Given:
                return await what

            return portal.call(give)

        yield RunningCity(parts, run)
