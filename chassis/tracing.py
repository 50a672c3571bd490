"""Whose trace a request belongs to: at the doors a stranger's is left outside, and one of our own begins."""

import os
import re
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from time import perf_counter
from typing import Final

from fastapi import FastAPI
from opentelemetry import context, trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceState
from starlette.types import Message, Receive, Scope, Send

from chassis.durations import Durations
from chassis.overload import INSIDE

_HEADERS = frozenset({b"traceparent", b"tracestate", b"baggage"})
_PARENT: Final = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


class Believed:
    """The callers whose traces go on: of the same process, and of the named addresses or networks.

    Trace ids stand in logs and in events; a stranger could give the same one to everything.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self._networks = [ip_network(each, strict=False) for each in addresses]

    def include(self, scope: Scope) -> bool:
        """Tell whether the caller is one of them."""
        if INSIDE in scope.get("extensions", ()):
            return True
        client = scope.get("client")
        if client is None or not self._networks:
            return False
        try:
            address = ip_address(client[0])
        except ValueError:
            return False
        return any(address in network for network in self._networks)


class App(FastAPI):
    """An app at a door, which knows the trace of each request and measures how long it takes.

    FastAPI begins a request's span before any middleware could look at its headers, and has spans for those
    who collect them. Where nobody does, a request has only the ids of one: for its logs, and its neighbours.
    """

    believed: Believed | None = None
    """None where only parts of ours call, with a token."""
    durations: Durations
    records_spans: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, as a part of the caller's trace only where that is believed."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if self.believed is not None and not self.believed.include(scope):
            scope["headers"] = [each for each in scope["headers"] if each[0].lower() not in _HEADERS]
        if self.records_spans:
            await self._measured(scope, receive, send)
            return
        token = context.attach(trace.set_span_in_context(NonRecordingSpan(_ids_for(scope))))
        try:
            await self._measured(scope, receive, send)
        finally:
            context.detach(token)

    async def _measured(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status = perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.durations.begin(scope["method"])
        try:
            await super().__call__(scope, receive, noted)
        finally:
            self.durations.end(scope, status, perf_counter() - begun)


def _ids_for(scope: Scope) -> SpanContext:
    """Return the ids of a span that nobody records: of the caller's trace, or of a new one.

    Drawn by the system: processes of one fork would draw the same numbers from ``random``.
    """
    parent, state = None, None
    for name, value in scope["headers"]:
        if name == b"traceparent":
            parent = _PARENT.fullmatch(value)
        elif name == b"tracestate":
            state = value.decode("latin-1")
    drawn = os.urandom(24)
    trace_id = int(parent[1], 16) if parent else int.from_bytes(drawn[:16])
    return SpanContext(
        trace_id or 1,
        int.from_bytes(drawn[16:]) or 1,
        is_remote=False,
        trace_state=TraceState.from_header([state]) if parent and state else None,
    )
