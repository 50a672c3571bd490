"""One deployable or one worker as a process of its own, with its settings from the environment."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncGenerator, Callable

from fastapi import FastAPI

from chassis.settings import LOOPBACK, Settings
from chassis.telemetry import configure_logging
from kumppani.errors import SetupError
from kumppani.hosts import guarded
from kumppani.parts import make_part, make_worker, settings_of
from kumppani.processes import keep, orderly_end
from kumppani.serving import loading, run_until_signal, serve, take_port


def serve_part(name: str, host: str, port: int, *, processes: int) -> None:
    """Serve a part by so many processes until it is told to stop; in demo mode only on loopback."""
    if settings_of(name).demo and host not in LOOPBACK - {""}:
        raise SetupError(
            f"Demo mode is for this machine only: serve {name} at 127.0.0.1 instead of {host}, or without "
            f"KUMPPANI_{name.upper()}_DEMO."
        )

    def announce() -> None:
        sys.stderr.write(f"kumppani {name} is at http://{host}:{port}\n")

    with take_port(host, port) as listening:
        with loading():
            app = make_part(name)  # before any fork: so processes share most of their memory
        if processes == 1:
            _serve(app, listening, host, announce)
            return
        listening.listen()
        with orderly_end():
            keep(processes, lambda _, ready: _serve(app, listening, host, ready), announce=announce)


def _serve(app: FastAPI, listening: socket.socket, host: str, announce: Callable[[], None]) -> None:
    configure_logging(app.state.settings.log_level)  # the keeper of several says what it does otherwise

    @contextlib.asynccontextmanager
    async def running(_: asyncio.Event) -> AsyncGenerator[None]:
        async with app.router.lifespan_context(app):
            yield

    settings: Settings = app.state.settings
    served = guarded(app, host, settings.public_url)
    asyncio.run(
        serve(
            served,
            listening,
            running=running,
            announce=announce,
            busy=lambda: app.state.places.busy,
            full=lambda: app.state.places.full,
            refuse=app.state.door.refuse,
        )
    )


def run_worker(name: str) -> None:
    """Run a service's worker until it is told to stop."""
    made = make_worker(name)
    asyncio.run(run_until_signal(made.run))
