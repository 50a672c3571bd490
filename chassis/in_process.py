"""Calls to an app in the same process, as calm as over a network: who gives up tears nothing down."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote, unquote_to_bytes

import httpx2
import structlog
from starlette.types import ASGIApp, Message, Scope

from chassis.overload import INSIDE

log = structlog.get_logger()
MOST_ANSWERED: Final = 32_000_000
"""Bytes of the largest answer that is kept; a larger one is a fault of the app (500)."""
_IN_ADDRESSES: Final = "/?%:@!$&'()*+,;=~[]"
RawHeaders = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Answered:
    """What an app answered, without what an HTTP client's response could do besides."""

    status_code: int
    raw_headers: RawHeaders = ()
    content: bytes = b""

    @property
    def is_success(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status_code < 300

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """The headers by their names in lower case; what stands several times is one list."""
        named: dict[str, str] = {}
        for raw_name, raw_value in self.raw_headers:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            named[name] = f"{named[name]}, {value}" if name in named else value
        return named


class InProcess(httpx2.AsyncBaseTransport):
    """Answers requests by an app of this process, each in a task of its own.

    Were the app awaited in the caller's task, a caller's time limit would cancel a handler in the middle of
    its transaction while a thread still works on it. Here the caller leaves alone, and the app hears
    ``http.disconnect``, as a server would tell it. A crash of the app is a 500.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._running: set[asyncio.Task[None]] = set()

    async def ask(
        self, method: str, target: str, headers: RawHeaders, body: bytes = b"", *, host: str = "inside"
    ) -> Answered:
        """Return the answer; ``target`` is path and query, header names are in lower case.

        This is the short way: no client, no URL and no cookies are made for a call that leaves no process.
        """
        raw_path, _, query = quote(target, safe=_IN_ADDRESSES).encode().partition(b"?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "headers": headers,
            "scheme": "http",
            "path": unquote_to_bytes(raw_path).decode("utf-8", "replace"),
            "raw_path": raw_path,
            "query_string": query,
            "server": (host, None),
            "client": ("127.0.0.1", 0),
            "root_path": "",
            "extensions": {INSIDE: {}},
        }
        call = _Call(body, keeps_body=method != "HEAD")

        async def run() -> None:
            await self._app(scope, call.receive, call.send)

        task = asyncio.create_task(run())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            call.leave()
            task.add_done_callback(_tell_of_failure)
            raise
        except Exception as error:  # noqa: BLE001 - a crash is an answer, as over the network
            _tell(error)
            return Answered(500)
        return Answered(call.status, call.headers, b"".join(call.parts))

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer the request of an HTTP client."""
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        target = request.url.raw_path.decode("ascii")
        body = await request.aread()
        answer = await self.ask(request.method, target, headers, body, host=request.url.host)
        return httpx2.Response(answer.status_code, headers=answer.raw_headers, content=answer.content)


class _Call:
    """One request as the app sees it, and what the app sent so far."""

    def __init__(self, body: bytes, *, keeps_body: bool) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.parts: list[bytes] = []
        self._size = 0
        self._body: bytes | None = body
        self._keeps_body = keeps_body
        self._over = asyncio.Event()

    async def receive(self) -> Message:
        if self._body is not None and not self._over.is_set():
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            part = message.get("body", b"")
            if part and self._keeps_body and not self._over.is_set():
                self._size += len(part)
                if self._size > MOST_ANSWERED:
                    raise ValueError(f"an answer of more than {MOST_ANSWERED} bytes")
                self.parts.append(part)
            if not message.get("more_body", False):
                self._over.set()

    def leave(self) -> None:
        """The caller gave up: the app hears of it, and what it still sends is dropped."""
        self._over.set()


def _tell_of_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _tell(error)


def _tell(error: BaseException) -> None:
    log.info("inward.failed", error=repr(error))


def inward(app: ASGIApp) -> InProcess:
    """Return a transport to an app in this process."""
    return InProcess(app)
