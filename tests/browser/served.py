"""The whole product over a filled city, served at a port of this machine by a thread of this process."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import uvicorn

from chassis.outbound import Neighbour
from kumppani.all_in_one import AllInOne
from tests.access.routes import routes_of
from tests.city import PATIENCE, Given, RunningCity, make_product


class ServedCity(RunningCity):
    """A running city with an address. What is asked of its parts is asked in the serving thread."""

    def __init__(self, product: AllInOne, loop: asyncio.AbstractEventLoop, address: str) -> None:
        def run(what: Coroutine[Any, Any, Given]) -> Given:  # Any: of no concern to us
            return asyncio.run_coroutine_threadsafe(what, loop).result(PATIENCE)

        super().__init__(product.parts, run)
        self.address = address

    def routes(self, part: str) -> set[tuple[str, str]]:
        """Return method and path of each route of a part.

        FastAPI looks at a route when it is first needed, and quiets warnings meanwhile for all threads.
        """

        async def look() -> set[tuple[str, str]]:
            return set(routes_of(self.parts[part]))

        return self._run(look())

    @contextlib.contextmanager
    def without(self, part: str) -> Iterator[None]:
        """Let the gateway find nobody where a part was while the block runs."""
        neighbours: dict[str, Neighbour] = self.parts["gateway"].state.neighbours
        with socket.socket() as nobody:  # bound, so that nobody else is there either
            nobody.bind(("127.0.0.1", 0))
            kept = neighbours[part]
            neighbours[part] = Neighbour(part, f"http://127.0.0.1:{nobody.getsockname()[1]}")
            try:
                yield
            finally:
                neighbours[part] = kept


@contextlib.contextmanager
def serve_city(urls: Mapping[str, str], folder: Path) -> Iterator[ServedCity]:
    """Serve the filled databases at a free port while the block runs; ``folder`` holds what is written."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        product = make_product(urls, folder)
        server = uvicorn.Server(
            uvicorn.Config(
                product, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1
            )
        )
        ready: Future[asyncio.AbstractEventLoop] = Future()
        thread = threading.Thread(target=_serve, args=(product, server, listening, ready), daemon=True)
        thread.start()
        try:
            loop = ready.result(PATIENCE)
            yield ServedCity(product, loop, f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def _serve(
    product: AllInOne,
    server: uvicorn.Server,
    listening: socket.socket,
    ready: "Future[asyncio.AbstractEventLoop]",
) -> None:
    async def live() -> None:
        async with contextlib.AsyncExitStack() as lifespans:
            for app in product.parts.values():
                await lifespans.enter_async_context(app.router.lifespan_context(app))
            listening.listen()  # from now on who connects is served, if not this very moment
            ready.set_result(asyncio.get_running_loop())
            await server.serve(sockets=[listening])

    try:
        asyncio.run(live())
    except BaseException as error:
        if ready.done():
            raise
        ready.set_exception(error)
