"""Calls to other deployables: time limits, retries of safe calls, a circuit breaker, trace headers."""

import asyncio
import contextlib
import functools
import itertools
import json as json_format
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Literal, Protocol, Self

import httpx2

from chassis.breaker import CircuitBreaker
from chassis.in_process import InProcess
from chassis.telemetry import trace_headers

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Kind = Literal["read", "write", "wait"]
"""Kinds of calls that are judged apart: slow reads say nothing about intake, and a wait is slow by nature."""
ON_BEHALF_OF: ContextVar[str] = ContextVar("on_behalf_of", default="")
"""Who is served just now, e.g. a session: time-outs of one caller alone never stop the calls of others."""
MOST_CONNECTIONS = 100
"""Connections to one neighbour, for waits and for everything else each."""

BUSY_TIMEOUT = 4.0
"""Seconds that a read may take while others are answered."""


class Answer(Protocol):
    """What is read of a neighbour's answer, from wherever it came; headers by names in lower case."""

    @property
    def status_code(self) -> int: ...
    @property
    def is_success(self) -> bool: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def content(self) -> bytes: ...


class NeighbourUnavailable(Exception):
    """A neighbour did not answer in time; ``reason`` is timeout, unreachable or circuit_open."""

    def __init__(self, neighbour: str, reason: str) -> None:
        super().__init__(f"{neighbour}: {reason}")
        self.neighbour = neighbour
        self.reason = reason


class Unsendable(Exception):
    """No request can be made of what was given: an address too long, a header of other than ASCII."""


class Neighbour:
    """Another deployable: its name, addresses and how patiently it is asked.

    ``base_url`` may name several addresses, separated by commas: they take turns, and when a connection is
    refused the next is tried, whatever the method, since nothing was sent. ``transport`` replaces the
    network; `InProcess` reaches an app of this process. ``timeout`` bounds a whole call in seconds, retries
    included. A read may take up to ``busy_timeout`` while its address answers others: that one is busy, not
    dead, and silent for ``timeout`` it is given up as ever.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        timeout: float = 1.2,
        busy_timeout: float = BUSY_TIMEOUT,
    ) -> None:
        self.name = name
        self.timeout = timeout
        self.busy_timeout = busy_timeout
        self._addresses = [_Address(each.strip()) for each in base_url.split(",") if each.strip()]
        self._turns = itertools.count()
        self._transport = transport
        self._inside = transport if isinstance(transport, InProcess) else None
        self._clients: dict[bool, httpx2.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

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
        busy_timeout: float | None = None,
        kind: Kind | None = None,
    ) -> Answer:
        """Return the neighbour's answer, whatever its status.

        The time limits are the neighbour's unless they are given. A safe call is tried a second time when
        the connection broke; others never are, since the caller's Idempotency-Key decides that. ``kind`` is
        told by the method, except for a wait.

        Raises:
            NeighbourUnavailable: no answer within the time, or the circuit is open.
            Unsendable: what was given makes no request.
        """
        # Compressing pays for callers outside only, whose lines are slow.
        sent = {"Accept-Encoding": "identity", **trace_headers(), **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if json is not None:
            sent["Content-Type"] = "application/json"
            content = json_format.dumps(json, ensure_ascii=False, separators=(",", ":")).encode()
        if params:
            path += f"{'&' if '?' in path else '?'}{httpx2.QueryParams(params)}"
        judged = kind or ("read" if method in SAFE else "write")
        limit = timeout or self.timeout
        most = self.busy_timeout if busy_timeout is None else busy_timeout
        request = _Request(
            method, path, sent, content, limit, max(limit, most) if judged == "read" else limit
        )
        return await self._try_in_turn(request, judged, ON_BEHALF_OF.get() or token or "")

    async def _try_in_turn(self, request: "_Request", kind: Kind, caller: str) -> Answer:
        reason = "circuit_open"
        sent = asyncio.get_running_loop().time()
        for address in self._in_turn():
            breaker = address.breakers[kind]
            if not breaker.allows():
                continue
            try:
                async with address.patience(sent, request):
                    response = await self._send(request, address, waits=kind == "wait")
            except asyncio.CancelledError:
                breaker.left()
                raise
            except (httpx2.InvalidURL, httpx2.LocalProtocolError, UnicodeError) as error:
                breaker.left()
                raise Unsendable(str(error)) from error
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                breaker.broke()
                reason = "timeout" if isinstance(error, httpx2.TimeoutException) else "unreachable"
                if len(self._addresses) == 1:
                    raise NeighbourUnavailable(self.name, reason) from error
            except (TimeoutError, httpx2.TimeoutException) as error:
                if address.answers_others(within=request.limit):
                    breaker.left()  # it is busy: neither dead nor this caller's doing
                else:
                    breaker.timed_out(caller)
                raise NeighbourUnavailable(self.name, "timeout") from error
            except httpx2.RequestError as error:
                breaker.broke()
                reason = "unreachable"
                if request.method not in SAFE:
                    raise NeighbourUnavailable(self.name, reason) from error
            else:
                breaker.answered()
                if kind != "wait":  # which says little of the others
                    address.answered_at = asyncio.get_running_loop().time()
                return response
        raise NeighbourUnavailable(self.name, reason)

    def _in_turn(self) -> list["_Address"]:
        """Return the addresses, another one first each time; a single one twice."""
        if len(self._addresses) == 1:
            return self._addresses * 2
        first = next(self._turns) % len(self._addresses)
        return self._addresses[first:] + self._addresses[:first]

    async def _send(self, request: "_Request", address: "_Address", *, waits: bool) -> Answer:
        if self._inside is not None:
            return await self._inside.ask(
                request.method, request.target, request.raw_headers(), request.content or b"", host=self.name
            )
        connect = request.limit / len(self._addresses)
        return await self._client(waits=waits).request(
            request.method,
            address.url + request.target,
            headers=request.headers,
            content=request.content,
            timeout=httpx2.Timeout(request.most, connect=connect),
        )

    def _client(self, *, waits: bool) -> httpx2.AsyncClient:
        """Return the client; waits have connections of their own, so that they never take the others'."""
        client = self._clients.get(waits)
        if client is None:
            client = self._clients[waits] = httpx2.AsyncClient(
                transport=self._transport,
                limits=httpx2.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=20),
                trust_env=False,
                verify=_authorities(),
            )
        return client


class _Address:
    """One address of a neighbour and what is thought of it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.breakers: dict[Kind, CircuitBreaker] = {
            "read": CircuitBreaker(),
            "write": CircuitBreaker(),
            "wait": CircuitBreaker(),
        }
        self.answered_at = float("-inf")
        """When somebody was answered last, on the event loop's clock."""

    def answers_others(self, *, within: float) -> bool:
        """Tell whether somebody was answered within so many seconds."""
        return asyncio.get_running_loop().time() - self.answered_at < within

    @contextlib.asynccontextmanager
    async def patience(self, sent: float, request: "_Request") -> AsyncGenerator[None]:
        """Bound the block by the request's limit, counted anew from each answer to somebody else."""
        loop = asyncio.get_running_loop()
        timer: asyncio.TimerHandle

        def look() -> None:
            nonlocal timer
            until = min(max(sent, self.answered_at) + request.limit, sent + request.most)
            if loop.time() < until:
                timer = loop.call_at(until, look)
            else:
                bound.reschedule(loop.time())

        async with asyncio.timeout(None) as bound:
            timer = loop.call_at(sent + request.limit, look)
            try:
                yield
            finally:
                timer.cancel()


class _Request:
    """What is sent, to whichever address."""

    def __init__(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        content: bytes | None,
        limit: float,
        most: float,
    ) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.content = content
        self.limit = limit
        """Seconds without an answer to anybody."""
        self.most = most
        """Seconds that the call may take at all."""

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers as a server would pass them to an app; raises what a client would."""
        if any("\r" in value or "\n" in value or "\0" in value for value in self.headers.values()):
            raise httpx2.LocalProtocolError("a header of several lines")
        raw = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in self.headers.items()]
        raw += [(b"host", b"inside"), (b"accept", b"*/*")]
        if self.content is not None or self.method not in SAFE:
            raw.append((b"content-length", str(len(self.content or b"")).encode()))
        return raw


@functools.cache
def _authorities() -> ssl.SSLContext:
    """Return the certificate authorities that all neighbours' clients share: reading them takes 20 ms."""
    return httpx2.create_ssl_context(trust_env=False)
