"""Serves an ASGI app until Ctrl-C or SIGTERM, and stops within three seconds even with open streams."""

import asyncio
import contextlib
import errno
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager
from typing import Final, cast

import uvicorn
from starlette.types import ASGIApp

from kumppani.errors import SetupError
from kumppani.heaps import share_heaps
from kumppani.shedding import Refuse, protocol

_BACKLOG: Final = 2048
_TAKEN_WHEN_BUSY: Final = 64
_PATIENCE: Final = 1
"""Seconds that open requests get to end by themselves."""
Running = Callable[[asyncio.Event], AbstractAsyncContextManager[None]]


def take_port(host: str, port: int) -> socket.socket:
    """Bind a port, so that a taken one is known before anything else starts; `SetupError` tells the mend."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only to a socket that says it is TCP does asyncio give TCP_NODELAY; without it answers wait 40 ms.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except (OSError, OverflowError) as error:
        taken.close()
        number = error.errno if isinstance(error, OSError) else None
        if number == errno.EADDRINUSE:
            raise SetupError(
                f"Port {port} is taken by another program: stop that one, or choose another port, "
                f"for example PORT={port + 1 if port < 65535 else 8123}."
            ) from error
        raise SetupError(
            f"Port {port} at {host} cannot be opened ({error}): choose another, for example PORT=8123."
        ) from error
    return taken


@contextlib.contextmanager
def loading() -> Generator[None]:
    """Load code without looking for garbage in it: a start is a sixth quicker, each later look too."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def serve(
    app: ASGIApp,
    listening: socket.socket,
    *,
    running: Running,
    announce: Callable[[], None],
    busy: Callable[[], bool] = lambda: False,
    full: Callable[[], bool] = lambda: False,
    refuse: Refuse = lambda _scope, _headers: None,
) -> None:
    """Serve the app on a bound socket; `announce` is called when it answers.

    While it is `busy` it takes many new connections at a time; while it is `full` it asks `refuse` about each
    request before anything is made of it.

    `running(stop)` is entered around the serving; `stop` is set at the first signal.
    """
    share_heaps()
    server = _Server(
        uvicorn.Config(
            app,
            http=protocol(full, refuse),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
            backlog=cast("int", TakenAtOnce(busy)),  # asyncio needs no more than an index
        )
    )
    stop = asyncio.Event()

    def end() -> None:
        server.force_exit = server.should_exit
        server.should_exit = True
        stop.set()

    with _on_signals(end):
        async with running(stop):
            if stop.is_set():
                return
            task = asyncio.create_task(server.serve(sockets=[listening]))
            while not server.started and not task.done():
                await asyncio.sleep(0.01)
            if server.started and not server.should_exit:
                listening.listen(_BACKLOG)  # the queue itself is as long as ever
                announce()
            await task


async def run_until_signal(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run something that ends when the event is set, and set it at Ctrl-C or SIGTERM (a worker alone)."""
    stop = asyncio.Event()
    with _on_signals(stop.set):
        await run(stop)


class TakenAtOnce:
    """How many connections asyncio takes each time round: one, or a process would take those of its siblings.

    Of a busy process each time round is long, and what its siblings left waiting until then they will not
    take either: by one each time, hundreds that come at once would wait for seconds before they are told.
    """

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy = busy

    def __index__(self) -> int:
        return _TAKEN_WHEN_BUSY if self._busy() else 1


class _Server(uvicorn.Server):
    """Leaves the signals to us: uvicorn raises them again when it has stopped, before we have."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@contextlib.contextmanager
def _on_signals(call: Callable[[], None]) -> Generator[None]:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for each in signals:
        loop.add_signal_handler(each, call)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
