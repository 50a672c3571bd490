"""Calls to an app in the same process, as calm as over a network: who gives up tears nothing down."""

import asyncio

import httpx2
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()


class Apart:
    """Runs each request in a task of its own.

    The stock transport awaits the app in the caller's task, so a caller's time limit would cancel a handler
    in the middle of its transaction while a thread still works on it. Here the caller leaves alone, and the
    app hears ``http.disconnect``, as a server would tell it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._running: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless the caller leaves before."""
        left = False

        async def hear() -> Message:
            return {"type": "http.disconnect"} if left else await receive()

        async def tell(message: Message) -> None:
            if not left:
                await send(message)

        async def run() -> None:
            await self._app(scope, hear, tell)

        task = asyncio.create_task(run())
        self._running.add(task)
        task.add_done_callback(self._finished)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            left = True
            raise

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.info("inward.failed", error=repr(error))


def inward(app: ASGIApp) -> httpx2.ASGITransport:
    """Return a transport to an app in this process; a crash in it is a 500, as over the network."""
    return httpx2.ASGITransport(app=Apart(app), raise_app_exceptions=False)
