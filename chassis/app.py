"""The application factory: every deployable is made here, so all log, trace, measure and fail alike."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from inspect import isawaitable, iscoroutinefunction
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import openapi as openapi_document
from chassis.clock import Clock, utc_now
from chassis.problems import (
    HTTP_ERRORS,
    Problem,
    ProblemTable,
    install,
    problem_response,
)
from chassis.settings import Settings
from chassis.telemetry import Telemetry, configure_logging

log = structlog.get_logger()
Check = Callable[[], object | Awaitable[object]]
Lifespan = Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]
MOST_BYTES = 8_000_000
"""Size of the largest request that is read; the registry's files are the largest. Beyond it: 413."""
READY_WITHIN = 2.0
"""Seconds a readiness check may take."""


def create_app(
    *,
    name: str,
    title: str,
    settings: Settings,
    routers: Sequence[APIRouter],
    problems: ProblemTable | None = None,
    field_words: Mapping[str, Problem] | None = None,
    checks: Mapping[str, Check] | None = None,
    lifespans: Sequence[Lifespan] = (),
    clock: Clock | None = None,
    openapi_url: str | None = "/openapi.json",
    description: str = "",
    tags: Mapping[str, str] | None = None,
) -> FastAPI:
    """Return an app with logging, traces, ``/metrics``, ``/health/live``, ``/health/ready`` and problems.

    ``checks`` are tried by ``/health/ready``; one that raises is named in the 503. ``lifespans`` are
    entered in order and left in reverse. ``field_words`` words the codes of `FieldError`. ``tags`` tells in
    the document what the routes of each heading are about.
    """
    configure_logging(settings.log_level)
    telemetry = Telemetry(name)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(telemetry.close)
            for each in lifespans:
                await stack.enter_async_context(each(app))
            yield

    app = FastAPI(
        title=title,
        description=description,
        version="1",
        lifespan=lifespan,
        openapi_url=openapi_url,
        openapi_tags=[{"name": name, "description": words} for name, words in (tags or {}).items()],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would name whatever Host the request names
        telemetry=telemetry.config(),
    )
    app.add_middleware(_SizeLimit)
    app.state.name = name
    app.state.settings = settings
    app.state.clock = clock or utc_now
    install(app, problems or {}, field_words or {})
    app.include_router(telemetry.router())
    app.include_router(_health(name, checks or {}))
    for router in routers:
        app.include_router(router)
    _complete_document(app)
    return app


class _SizeLimit:
    """Answers 413, as a problem, to a request that says it is too large or turns out to be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count what is read of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and int(said) > MOST_BYTES:
            await problem_response(Request(scope), HTTP_ERRORS[413])(scope, receive, send)
            return
        left = MOST_BYTES

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


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
