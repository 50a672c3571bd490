"""Refusals of a full process that cost next to nothing: known from a request's head, and ready to be sent.

What is made of a request in the ordinary way (spans, headers, languages, a task) costs ten times as much as
telling somebody to come later; of ten times too many requests that alone would fill the process.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Protocol
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Scope

log = structlog.get_logger()
REFUSED: Final = "kumppani.refused"
"""ASGI extension of a request that is to be refused as a full process would."""
RawHeaders = Sequence[tuple[bytes, bytes]]


class BusyRefusal(Protocol):
    """Makes the answers to requests that come while there is too much to do."""

    async def __call__(self, request: Request) -> Response:
        """Return the answer."""
        ...

    def kind(self, request: Request) -> str | None:
        """Return which of a few answers it is, alike but for the path; None when it is the request's own."""
        ...


class EarlyRefusals:
    """The answers of one part, kept as they go over the wire; each is made once, by the part itself."""

    def __init__(self, part: FastAPI, refusal: BusyRefusal) -> None:
        self._part = part
        self._refusal = refusal
        self._ready: dict[str, _Ready] = {}
        self._making: dict[str, asyncio.Task[None]] = {}

    def answer(self, scope: Scope, more: RawHeaders) -> bytes | None:
        """Return the answer with some more headers; None when it is not ready, or is the request's own."""
        kind = self._refusal.kind(Request({**scope, "app": self._part}))
        if kind is None:
            return None
        ready = self._ready.get(kind)
        if ready is None and kind not in self._making:
            self._making[kind] = asyncio.create_task(self._make(kind, scope))
        return ready.to(scope["path"], more) if ready else None

    async def _make(self, kind: str, scope: Scope) -> None:
        try:
            self._ready[kind] = await _refused(self._part, scope)
        except Exception:  # the request that asked for it is refused in the ordinary way
            log.exception("early.not_made", kind=kind)
        finally:
            del self._making[kind]


@dataclass(frozen=True)
class _Ready:
    """An answer; where its content names the path stands ``asked``."""

    start: bytes
    content: bytes
    asked: bytes

    def to(self, path: str, more: RawHeaders) -> bytes:
        content = self.content.replace(self.asked, json.dumps(path, ensure_ascii=False)[1:-1].encode())
        length = (b"content-length", b"%d" % len(content))
        return b"".join([self.start, *map(_line, (*more, length)), b"\r\n", content])


def _line(header: tuple[bytes, bytes]) -> bytes:
    return b"%s: %s\r\n" % header


async def _refused(app: ASGIApp, scope: Scope) -> _Ready:
    """Have the app refuse such a request, and keep what it sends."""
    asked = f"/{uuid4().hex}"
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    told = {**scope, "path": asked, "raw_path": asked.encode(), "extensions": {REFUSED: {}}}
    await app(told, receive, send)
    status = HTTPStatus(sent[0]["status"])
    headers: RawHeaders = [each for each in sent[0]["headers"] if each[0].lower() != b"content-length"]
    start = b"HTTP/1.1 %d %s\r\n" % (status, status.phrase.encode())
    content = b"".join(each.get("body", b"") for each in sent[1:])
    return _Ready(start + b"".join(map(_line, headers)), content, asked.encode())
