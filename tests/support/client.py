"""A client of an app in this process that crosses into the app's thread once for a request.

Starlette's own hands over an answer piece by piece as it comes, with eight crossings for each request: they
take longer than most of what the tests ask for. Here an answer is whole when it is given.
"""

import asyncio
from urllib.parse import unquote

import httpx2
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Scope

_PORTS = {"http": 80, "https": 443}


class Client(TestClient):
    """Starlette's client, also of its lifespans, with answers that are given whole."""

    def __init__(
        self,
        app: ASGIApp,
        base_url: str = "http://testserver",
        *,
        raise_server_exceptions: bool = True,
        follow_redirects: bool = True,
        client: tuple[str, int] = ("testclient", 50000),
    ) -> None:
        super().__init__(app, base_url, raise_server_exceptions, follow_redirects=follow_redirects)
        self._transport = _Whole(self, raises=raise_server_exceptions, client=client)


class _Whole(httpx2.BaseTransport):
    """Runs the app for one request until it has ended, where the lifespan runs or else right here."""

    def __init__(self, house: Client, *, raises: bool, client: tuple[str, int]) -> None:
        self._house = house
        self._raises = raises
        self._client = client

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        portal = self._house.portal
        exchange = _Exchange(self._scope_of(request), request.read())
        try:
            if portal is None:
                asyncio.run(exchange.run(self._house.app))
            else:
                portal.call(exchange.run, self._house.app)
        except Exception:
            if self._raises:
                raise
        return exchange.answer()

    def _scope_of(self, request: httpx2.Request) -> Scope:
        url = request.url
        return {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": self._client,
            "server": [url.host, url.port or _PORTS[url.scheme]],
            "extensions": {},
            "state": self._house.app_state.copy(),
        }


class _Exchange:
    """One request as the app receives it, and what it sends."""

    def __init__(self, scope: Scope, body: bytes) -> None:
        self._scope = scope
        self._body: bytes | None = body
        self._start: Message = {"status": 500}
        self._parts: list[bytes] = []
        self._over = asyncio.Event()

    async def run(self, app: ASGIApp) -> None:
        await app(self._scope, self._receive, self._send)

    def answer(self) -> httpx2.Response:
        is_head = self._scope["method"] == "HEAD"
        return httpx2.Response(
            self._start["status"],
            headers=list(self._start.get("headers", ())),
            stream=httpx2.ByteStream(b"" if is_head else b"".join(self._parts)),
        )

    async def _receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._over.set()
