"""The application factory: every deployable is made here, so all log, trace, measure and fail alike."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from inspect import isawaitable, iscoroutinefunction
from typing import Any

import structlog
from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from chassis import openapi as openapi_document
from chassis.bodies import MEDIUM, BodyLimit, Refusal, too_large_problem
from chassis.clock import Clock, utc_now
from chassis.compression import Compression
from chassis.dispatch import Dispatch
from chassis.early import BusyRefusal
from chassis.headers import AnswerHeaders
from chassis.methods import GeneralMethods
from chassis.overload import BusyProblem, Door, Overload
from chassis.places import Places
from chassis.problem_table import ProblemTable
from chassis.problems import install
from chassis.requests import Fitting
from chassis.settings import Settings
from chassis.telemetry import Telemetry, configure_logging
from chassis.tracing import App, Believed
from chassis.words import Phrase

log = structlog.get_logger()
Check = Callable[[], object | Awaitable[object]]
Lifespan = Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]
READY_WITHIN = 2.0
"""Seconds a readiness check may take."""


def create_app(
    *,
    name: str,
    title: str,
    settings: Settings,
    routers: Sequence[APIRouter],
    problems: ProblemTable | None = None,
    field_words: Mapping[str, Phrase] | None = None,
    checks: Mapping[str, Check] | None = None,
    lifespans: Sequence[Lifespan] = (),
    clock: Clock | None = None,
    openapi_url: str | None = "/openapi.json",
    description: str = "",
    tags: Mapping[str, str] | None = None,
    largest_body: int = MEDIUM,
    larger_bodies: Mapping[str, int] | None = None,
    fitting: bool = True,
    compressed: bool = False,
    outer: Sequence[Middleware] = (),
    traced_callers: Sequence[str] | None = None,
    words_at: Collection[str] = (),
    busy: BusyRefusal | None = None,
    too_large: Refusal = too_large_problem,
) -> FastAPI:
    """Return an app with logging, traces, ``/metrics``, ``/health/live``, ``/health/ready`` and problems.

    ``checks`` are tried by ``/health/ready``; one that raises is named in the 503. ``lifespans`` are
    entered in order and left in reverse. ``field_words`` words the codes of `FieldError`. ``tags`` tells in
    the document what the routes of each heading are about. Requests may have
    ``largest_body`` bytes, and below the paths of ``larger_bodies`` as many as stand there. ``fitting``
    refuses other media types and unknown query names. ``compressed`` is for parts that callers outside
    reach, who pay by the byte. ``outer`` goes around everything, the answer to an
    unexpected error included; the first is the outermost. Of strangers, who are all but ``traced_callers``,
    no trace goes on; without these all callers are parts of ours. When there is more to do than can be
    done, a POST to ``words_at`` goes first, and ``busy`` makes the refusal of the others,
    ``too_large`` that of a body that says it is beyond the limit.
    """
    configure_logging(settings.log_level)
    telemetry = Telemetry(name)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with contextlib.AsyncExitStack() as stack:
            telemetry.begin()
            stack.callback(telemetry.close)
            for each in lifespans:
                await stack.enter_async_context(each(app))
            yield

    app = App(
        title=title,
        description=description,
        version="1",
        lifespan=lifespan,
        openapi_url=openapi_url,
        openapi_tags=[{"name": name, "description": words} for name, words in (tags or {}).items()],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would name whatever Host the request names
        dependencies=[Depends(Fitting())] if fitting else None,
        telemetry=telemetry.config(),
    )
    app.durations, app.records_spans = telemetry.durations, telemetry.records_spans
    app.router.middleware_stack = Dispatch(app.router)
    app.add_middleware(BodyLimit, most=largest_body, larger=larger_bodies or {}, refusal=too_large)
    if compressed:
        app.add_middleware(Compression)
    app.add_middleware(GeneralMethods)
    app.state.places = Places(settings.places, line=settings.line)
    app.state.door = Door(app, words_at=words_at, refusal=busy or BusyProblem(), registry=telemetry.registry)
    app.believed = None if traced_callers is None else Believed(traced_callers)
    headers = Middleware(AnswerHeaders, transport_security=not settings.demo)
    _put_around(app, [*outer, headers, Middleware(Overload, door=app.state.door)])
    app.state.name = name
    app.state.settings = settings
    app.state.clock = clock or utc_now
    install(app, problems or {}, field_words or {})
    app.state.metrics = telemetry.registry
    app.include_router(telemetry.router(settings.metrics_token))
    app.include_router(_health(name, checks or {}))
    for router in routers:
        app.include_router(router)
    _complete_document(app)
    return app


def _put_around(app: FastAPI, layers: Sequence[Middleware]) -> None:
    """Put layers outside Starlette's own outermost one, which answers unexpected errors."""
    inside = app.build_middleware_stack

    def build() -> ASGIApp:
        stack = inside()
        for layer in reversed(layers):
            stack = layer.cls(stack, *layer.args, **layer.kwargs)
        return stack

    app.build_middleware_stack = build  # type: ignore[method-assign]  # Starlette offers no layer there


def _health(name: str, checks: Mapping[str, Check]) -> APIRouter:
    router = APIRouter(prefix="/health", include_in_schema=False)

    @router.get("/live")
    async def live() -> dict[str, str]:
        return {"name": name, "status": "ok"}

    async def try_one(check: Check) -> str:
        try:
            async with asyncio.timeout(READY_WITHIN):
                # One that is asynchronous waits for no thread.
                answer = check() if iscoroutinefunction(check) else await asyncio.to_thread(check)
                if isawaitable(answer):
                    await answer
        except Exception as error:  # noqa: BLE001 - whatever fails, the answer is "not ready" with its reason
            log.warning("health.not_ready", check=name, error=str(error))
            return type(error).__name__
        return "ok"

    @router.get("/ready")
    async def ready() -> JSONResponse:
        results = dict(zip(checks, await asyncio.gather(*map(try_one, checks.values())), strict=True))
        good = all(result == "ok" for result in results.values())
        body = {"name": name, "status": "ok" if good else "failing", "checks": results}
        return JSONResponse(body, 200 if good else 503)

    return router


def _complete_document(app: FastAPI) -> None:
    """Let the document say what FastAPI cannot know."""
    original = app.openapi

    def openapi() -> dict[str, Any]:  # Any: an OpenAPI document
        if app.openapi_schema is None:
            openapi_document.complete(original())
        return original()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI documents this way of extending it
