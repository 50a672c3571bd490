"""Answers compressed for callers outside (RFC 9110 §8.4.1); parts speak plainly among themselves."""

import sys
from typing import Final

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SMALLEST: Final = 1_000
"""Bytes of an answer from which compressing it saves a caller a packet."""
GZIP_LEVEL: Final = 4
ZSTD_LEVEL: Final = 3
"""Higher levels of either cost twice the time for a few per cent (decision 016)."""
_THREAD_FROM: Final = 128 * 1024
"""Bytes from which compressing would hold up the event loop."""


class Compression:
    """Compresses answers in the coding that the caller takes, zstd before gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and compress its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell_apart(MutableHeaders(scope=message), message["status"])
            await send(message)

        await _responder(self._app, Headers(scope=scope))(scope, receive, complete)


def takes(accept_encoding: str, coding: str) -> bool:
    """Tell whether Accept-Encoding (RFC 9110 §12.5.3) names the coding, not with the quality 0."""
    codings = (each.partition(";") for each in accept_encoding.lower().split(","))
    return any(
        name.strip() == coding and quality.replace(" ", "").rstrip("0.") != "q="
        for name, _, quality in codings
    )


def _responder(app: ASGIApp, asked: Headers) -> IdentityResponder:
    accepted = asked.get("accept-encoding", "")
    if takes(accepted, "zstd"):
        return _Zstd(app, SMALLEST)
    if takes(accepted, "gzip"):
        return _Gzip(app, SMALLEST, GZIP_LEVEL, thread_minimum_size=_THREAD_FROM)
    return _Plain(app, SMALLEST)


def _tell_apart(headers: MutableHeaders, status: int) -> None:
    """A strong tag names bytes, so of two codings it is weak; what is unmodified varies as what was kept."""
    tag = headers.get("etag", "")
    if "content-encoding" in headers and tag.startswith('"'):
        headers["ETag"] = f"W/{tag}"
    if status == 304:
        headers.add_vary_header("Accept-Encoding")
    if "vary" in headers:  # the route may have said so itself
        headers["Vary"] = ", ".join(dict.fromkeys(headers["vary"].split(", ")))


class _Plain(IdentityResponder):
    """Leaves alone what must not be stored, since it may hold a secret.

    The compressed length would tell of the secret beside what a stranger chose (BREACH). Pages mask theirs
    anew in each answer.
    """

    _secret = False

    async def send_with_compression(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            page = headers.get("content-type", "").startswith("text/html")
            self._secret = "no-store" in headers.get("cache-control", "") and not page
        await (self.send(message) if self._secret else super().send_with_compression(message))


class _Gzip(_Plain, GZipResponder):
    pass


class _Zstd(_Plain):
    content_encoding = "zstd"
    _compressor: zstd.ZstdCompressor | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        if len(body) >= _THREAD_FROM:
            return await anyio.to_thread.run_sync(self._compress, body, more_body)
        return self._compress(body, more_body)

    def _compress(self, body: bytes, more_body: bool) -> bytes:
        self._compressor = self._compressor or zstd.ZstdCompressor(level=ZSTD_LEVEL)
        return self._compressor.compress(
            body, zstd.ZstdCompressor.FLUSH_BLOCK if more_body else zstd.ZstdCompressor.FLUSH_FRAME
        )
