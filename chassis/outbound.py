"""Calls to other deployables: time limits, retries of safe calls, a circuit breaker, trace headers."""

import asyncio
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import httpx2

from chassis.telemetry import trace_headers

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NeighbourUnavailable(Exception):
    """A neighbour did not answer in time; ``reason`` is timeout, unreachable or circuit_open."""

    def __init__(self, neighbour: str, reason: str) -> None:
        super().__init__(f"{neighbour}: {reason}")
        self.neighbour = neighbour
        self.reason = reason


class CircuitBreaker:
    """Stops asking a neighbour that failed ``threshold`` times in a row, for ``rest`` seconds."""

    def __init__(
        self, *, threshold: int = 5, rest: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._threshold = threshold
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0

    def allows(self) -> bool:
        """Tell whether to ask; after the rest one caller tries while the others still rest."""
        now = self._clock()
        if now < self._open_until:
            return False
        if self._failures >= self._threshold:
            self._open_until = now + self._rest
        return True

    def succeeded(self) -> None:
        """The neighbour answered."""
        self._failures = 0
        self._open_until = 0.0

    def failed(self) -> None:
        """The neighbour did not answer."""
        self._failures += 1
        if self._failures >= self._threshold:
            self._open_until = self._clock() + self._rest


class Neighbour:
    """Another deployable: its name, address and how patiently it is asked.

    ``transport`` replaces the network, e.g. by an ASGI transport when all parts live in one process.
    ``timeout`` bounds a whole call in seconds, retries included.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        timeout: float = 1.2,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self.name = name
        self.timeout = timeout
        self._breaker = breaker or CircuitBreaker()
        limits = httpx2.Limits(max_connections=100, max_keepalive_connections=20)
        self._client = httpx2.AsyncClient(
            base_url=base_url, transport=transport, timeout=timeout, limits=limits, trust_env=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def request(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        params: Mapping[str, Any] | None = None,  # Any: query values
        headers: Mapping[str, str] | None = None,
        json: object | None = None,
        content: bytes | None = None,
        timeout: float | None = None,
    ) -> httpx2.Response:
        """Return the neighbour's answer, whatever its status.

        A safe call is tried a second time when the connection broke; others never are, since the
        caller's Idempotency-Key decides that.

        Raises:
            NeighbourUnavailable: no answer within the time, or the circuit is open.
        """
        if not self._breaker.allows():
            raise NeighbourUnavailable(self.name, "circuit_open")
        sent = {**trace_headers(), **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        limit = timeout or self.timeout
        try:
            async with asyncio.timeout(limit):
                response = await self._attempt(method, path, params, sent, json, content, limit)
        except TimeoutError as error:
            self._breaker.failed()
            raise NeighbourUnavailable(self.name, "timeout") from error
        except httpx2.RequestError as error:
            self._breaker.failed()
            reason = "timeout" if isinstance(error, httpx2.TimeoutException) else "unreachable"
            raise NeighbourUnavailable(self.name, reason) from error
        self._breaker.succeeded()
        return response

    async def _attempt(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        json: object | None,
        content: bytes | None,
        limit: float,
    ) -> httpx2.Response:
        async def send() -> httpx2.Response:
            return await self._client.request(
                method, path, params=params, headers=headers, json=json, content=content, timeout=limit
            )

        try:
            return await send()
        except (httpx2.NetworkError, httpx2.RemoteProtocolError):
            if method not in SAFE:
                raise
            return await send()
