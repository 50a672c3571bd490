"""One deployable or one worker as a process of its own, with its settings from the environment."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator

from kumppani.parts import make_part, make_worker
from kumppani.serving import loading, run_until_signal, serve, take_port


def serve_part(name: str, host: str, port: int) -> None:
    """Serve a part until it is told to stop."""
    with take_port(host, port) as listening:
        with loading():
            app = make_part(name)

        @contextlib.asynccontextmanager
        async def running(_: asyncio.Event) -> AsyncGenerator[None]:
            async with app.router.lifespan_context(app):
                yield

        def announce() -> None:
            sys.stderr.write(f"kumppani {name} is at http://{host}:{port}\n")

        asyncio.run(serve(app, listening, running=running, announce=announce))


def run_worker(name: str) -> None:
    """Run a service's worker until it is told to stop."""
    made = make_worker(name)
    asyncio.run(run_until_signal(made.run))
