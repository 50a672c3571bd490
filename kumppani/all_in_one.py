"""All parts in one process: the same apps, joined by calls inside instead of over the network."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Collection, Iterator, Mapping
from typing import Final

import httpx2
import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chassis.database import Database
from chassis.early import RawHeaders
from chassis.errors import Unauthenticated
from chassis.in_process import inward
from chassis.outbound import Neighbour
from chassis.overload import Door
from chassis.places import Places
from chassis.problem_table import STANDARD
from chassis.problems import problem_response
from chassis.settings import Settings
from chassis.telemetry import names_token
from chassis.worker import Worker
from kumppani.parts import SERVICES, make_gateway, make_service, make_web, make_worker

log = structlog.get_logger()
API: Final = "/api/v1"
_OWN_PATHS: Final = frozenset({"/health/live", "/health/ready", "/metrics"})
_PART_SECONDS: Final = 3.0
_WORKER_SECONDS: Final = 0.7


class AllInOne:
    """The five apps of one process and the ASGI app that stands before them; in one process also the workers.

    The pages answer at `/`, the gateway at `/api/v1`; the services are reached from inside only.
    """

    def __init__(self, *, with_workers: bool = True) -> None:
        self._services = services = {name: make_service(name) for name in SERVICES}
        gateway = make_gateway({name: _neighbour(name, app) for name, app in services.items()})
        web = make_web(inward(gateway))
        self.parts: dict[str, FastAPI] = {**services, "gateway": gateway, "web": web}
        self.places: Places = web.state.places
        for each in self.parts.values():
            each.state.places = self.places  # one process, one door
        self.workers: dict[str, Worker] = {}
        if with_workers:
            self.add_workers()
        self._own = Starlette(
            routes=[
                Route("/health/live", _live),
                Route("/health/ready", self._ready),
                Route("/metrics", self._metrics),
            ]
        )
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def add_workers(self) -> None:
        """Have this process do the work of the workers too."""
        for name, service in self._services.items():
            database: Database = service.state.database
            neighbours = {
                other: _neighbour(other, app) for other, app in self._services.items() if other != name
            }
            self.workers[name] = make_worker(name, database=database, neighbours=neighbours)

    @property
    def log_level(self) -> str:
        """What is logged: as the pages' part was told."""
        settings: Settings = self.parts["web"].state.settings
        return settings.log_level

    @property
    def public_url(self) -> str | None:
        """The address people open the pages at, where it is not this machine's own."""
        settings: Settings = self.parts["web"].state.settings
        return settings.public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the part that answers for its path."""
        app = self._own if scope["path"] in _OWN_PATHS else self._part_of(scope)
        await app(scope, receive, send)

    def refuse(self, scope: Scope, more: RawHeaders) -> bytes | None:
        """Return the refusal of a request that would not even wait for a place, if it is ready."""
        door: Door = self._part_of(scope).state.door
        return door.refuse(scope, more)

    def _part_of(self, scope: Scope) -> FastAPI:
        path: str = scope["path"]
        return self.parts["gateway" if path == API or path.startswith(f"{API}/") else "web"]

    @contextlib.asynccontextmanager
    async def running(self, stop: asyncio.Event) -> AsyncGenerator[None]:
        """Run the apps' lifespans and the workers; `stop` ends the workers, leaving the block the rest."""
        async with contextlib.AsyncExitStack() as stack:
            for app in self.parts.values():
                await stack.enter_async_context(app.router.lifespan_context(app))
            self._tasks = {
                name: asyncio.create_task(worker.run(stop), name=f"worker {name}")
                for name, worker in self.workers.items()
            }
            try:
                yield
            finally:
                stop.set()
                await _end(self._tasks.values())

    async def _ready(self, request: Request) -> JSONResponse:
        """Ask every part whether it is ready: 200 when all are, else 503 with what fails."""
        del request
        asked = await asyncio.gather(*(_ask_ready(app) for app in self.parts.values()))
        parts = dict(zip(self.parts, asked, strict=True))
        for name, task in self._tasks.items():
            parts[f"{name}-worker"] = {"status": "failing" if task.done() else "ok"}
        good = all(part["status"] == "ok" for part in parts.values())
        body = {"name": "kumppani", "status": "ok" if good else "failing", "parts": parts}
        return JSONResponse(body, 200 if good else 503)

    async def _metrics(self, request: Request) -> Response:
        """Return the metrics of all parts to whoever bears the token of the pages' part."""
        settings: Settings = self.parts["web"].state.settings
        if not names_token(request, settings.metrics_token):
            return problem_response(request, STANDARD[Unauthenticated])
        told = await asyncio.to_thread(generate_latest, _Parts(self.parts))
        return Response(told, media_type=CONTENT_TYPE_LATEST)


class _Parts:
    """The registries of all parts as one, each series with the label `part`."""

    def __init__(self, parts: Mapping[str, FastAPI]) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for name, app in self._parts.items():
            registry: CollectorRegistry = app.state.metrics
            for family in registry.collect():
                merged = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type)
                )
                merged.samples += [
                    sample._replace(labels={**sample.labels, "part": name}) for sample in family.samples
                ]
        return iter(families.values())


async def _end(tasks: Collection[asyncio.Task[None]]) -> None:
    """Wait a moment for the workers; then end those that wait for a job."""
    if not tasks:  # another process has them
        return
    _, busy = await asyncio.wait(tasks, timeout=_WORKER_SECONDS)
    for task in busy:
        task.cancel()
    if busy:
        await asyncio.wait(busy, timeout=_WORKER_SECONDS)


def _neighbour(name: str, app: FastAPI) -> Neighbour:
    return Neighbour(name, f"http://{name}", transport=inward(app))


async def _live(request: Request) -> JSONResponse:
    del request
    return JSONResponse({"name": "kumppani", "status": "ok"})


async def _ask(app: FastAPI, path: str) -> httpx2.Response:
    async with httpx2.AsyncClient(transport=inward(app), base_url="http://part") as client:
        return await client.get(path)


async def _ask_ready(app: FastAPI) -> dict[str, object]:
    try:
        async with asyncio.timeout(_PART_SECONDS):
            answer = await _ask(app, "/health/ready")
    except TimeoutError:
        return {"status": "failing", "checks": {"answer": "too late"}}
    said = answer.json()
    return {"status": "ok" if answer.is_success else "failing", "checks": said.get("checks", {})}
