"""The web front end's composition root."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module

import httpx2
from fastapi import FastAPI
from starlette.middleware import Middleware

from chassis.app import create_app as create_chassis_app
from chassis.clock import Clock
from chassis.outbound import Neighbour, NeighbourUnavailable
from web.busy import Busy
from web.failures import add_failure_pages, show_too_large
from web.files import Files
from web.pages.feedback.give import GIVE
from web.pages.feedback.quick import LOG
from web.recent import Recent
from web.rendering import Rendering
from web.security import SecurityHeaders
from web.settings import WebSettings
from web.viewer import Person

# Each area has its rooms in web/pages/<area>/routes.py with a `router`.
AREAS = ("feedback", "home", "registry", "contracts", "sign_in", "glossary", "search", "installed")


def create_app(
    settings: WebSettings | None = None,
    *,
    transport: httpx2.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """Return the web front end; ``transport`` reaches the gateway inside the same process."""
    settings = settings or WebSettings()
    neighbour = Neighbour(
        "gateway",
        settings.gateway_url,
        transport=transport,
        timeout=settings.gateway_timeout,
        busy_timeout=settings.gateway_timeout * 2,
    )

    @asynccontextmanager
    async def gateway(_: FastAPI) -> AsyncGenerator[None]:
        async with neighbour:
            yield

    async def gateway_answers() -> None:
        answer = await neighbour.request("GET", "/health/live")
        if not answer.is_success:
            raise NeighbourUnavailable(neighbour.name, f"answered {answer.status_code}")

    app = create_chassis_app(
        name="web",
        title="Kumppani",
        settings=settings,
        routers=[import_module(f"web.pages.{area}.routes").router for area in AREAS],
        checks={"gateway": gateway_answers},
        lifespans=[gateway],
        clock=clock,
        openapi_url=None,
        compressed=True,
        outer=[Middleware(SecurityHeaders)],
        traced_callers=[],
        words_at=[GIVE, LOG],
        busy=Busy(),
        too_large=show_too_large,
        fitting=False,  # a page ignores what other sites hang on its address
    )
    app.state.gateway = neighbour
    app.state.recent = Recent[Person]()
    files = Files()
    app.state.rendering = Rendering(lambda: app.state.clock(), files)
    app.mount("/static", files, name="static")
    app.include_router(files.router())
    add_failure_pages(app)
    return app
