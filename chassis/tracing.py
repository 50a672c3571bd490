"""Whose trace a request belongs to: at the doors a stranger's is left outside, and one of our own begins."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from chassis.overload import INSIDE

_HEADERS = frozenset({b"traceparent", b"tracestate", b"baggage"})


class Believed:
    """The callers whose traces go on: of the same process, and of the named addresses or networks.

    Trace ids stand in logs and in events; a stranger could give the same one to everything.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self._networks = [ip_network(each, strict=False) for each in addresses]

    def without_strange(self, scope: Scope) -> Scope:
        """Return the request without the trace headers of somebody who is not believed."""
        if scope["type"] != "http" or self._includes(scope):
            return scope
        return {**scope, "headers": [each for each in scope["headers"] if each[0].lower() not in _HEADERS]}

    def _includes(self, scope: Scope) -> bool:
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
    """An app at a door; FastAPI begins a request's span before any middleware could look at its headers."""

    believed: Believed | None = None
    """None where only parts of ours call, with a token."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, as a part of the caller's trace only where that is believed."""
        await super().__call__(
            self.believed.without_strange(scope) if self.believed else scope, receive, send
        )
