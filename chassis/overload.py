"""Load shedding at the door of a process: what cannot be begun in time is refused at once, first the rest.

It stands outside everything that costs, and only calls from outside the process meet it: what a part asks
another one in the same process belongs to a request that has its place.
"""

import asyncio
from collections import deque
from collections.abc import Collection
from typing import Final
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from prometheus_client import CollectorRegistry, Counter, Gauge
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.admission import CallerLeft, Rank
from chassis.bodies import SMALL
from chassis.early import REFUSED, BusyRefusal, EarlyRefusals, RawHeaders
from chassis.languages import language_of
from chassis.places import Places, TurnedAway
from chassis.problem_table import KNOWN
from chassis.problems import problem_response

INSIDE: Final = "kumppani.inside"
"""ASGI extension of a call from the same process."""
_FREE: Final = ("/health/", "/metrics", "/static/")
"""Paths that take no place: they tell how it is, or cost next to nothing."""
_FEED: Final = "/events"
_PROGRAMS: Final = (_FEED, ".ics", ".csv", "/openapi.json")
"""Ends of paths that programs ask by themselves; they ask again."""


class BusyProblem:
    """Refuses with a problem."""

    async def __call__(self, request: Request) -> Response:
        """Return the answer."""
        return problem_response(request, KNOWN["busy"])

    def kind(self, request: Request) -> str:
        """Return its language: but for that and the path all are alike."""
        return language_of(request.headers.get("accept-language"))


def rank_of(scope: Scope, words_at: Collection[str]) -> Rank | None:
    """Return who goes first: a word received, a person, a program; None needs no place.

    A wait for news needs none: it costs nothing before there are any.
    """
    path: str = scope["path"]
    if scope["method"] == "POST" and path in words_at:
        return Rank.WORD
    if path.startswith(_FREE) or (path.endswith(_FEED) and _waits(scope["query_string"])):
        return None
    return Rank.REST if path.endswith(_PROGRAMS) else Rank.PERSON


def _waits(query: bytes) -> bool:
    return b"wait" in query and bool(parse_qs(query.decode("latin-1")).get("wait", ["0"])[-1].strip("0"))


class Door:
    """Who goes first into a part, and how those are refused who find no place."""

    def __init__(
        self, part: FastAPI, *, words_at: Collection[str], refusal: BusyRefusal, registry: CollectorRegistry
    ) -> None:
        self.part = part
        self.refusal = refusal
        self._early = EarlyRefusals(part, refusal)
        self._words_at = frozenset(words_at)
        Gauge("kumppani_places_taken", "Requests at work", registry=registry).set_function(
            lambda: self.places.at_work
        )
        refused = Counter("kumppani_refused", "Requests refused at the door", ["rank"], registry=registry)
        self._refused = {rank: refused.labels(rank.name.lower()) for rank in Rank}

    @property
    def places(self) -> Places:
        """Parts of one process share them."""
        places: Places = self.part.state.places
        return places

    def rank_of(self, scope: Scope) -> Rank | None:
        """Return who goes first; None needs no place."""
        return rank_of(scope, self._words_at)

    def count(self, rank: Rank) -> None:
        """Count somebody who was refused."""
        self._refused[rank].inc()

    def refuse(self, scope: Scope, more: RawHeaders) -> bytes | None:
        """Return the refusal, with these headers besides, of a request that would not even wait.

        None when it may come in, or when it has to come in to be refused.
        """
        rank = self.rank_of(scope)
        if rank is None or not self.places.refuses(rank):
            return None
        answer = self._early.answer(scope, more)
        if answer is not None:
            self.count(rank)
        return answer


class Overload:
    """Gives each request its place, or refuses it with when to come again."""

    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when it has its place."""
        rank, extensions = None, scope.get("extensions", ())
        if REFUSED in extensions:
            await self._refuse(scope, receive, send)
            return
        if scope["type"] == "http" and INSIDE not in extensions:
            rank = self._door.rank_of(scope)
        if rank is None:
            await self._app(scope, receive, send)
            return
        incoming = _Incoming(scope, receive)
        await incoming.read()
        try:
            async with self._door.places.taken(rank, incoming.hung_up) as give_back:

                async def last_gives_back(message: Message) -> None:
                    # Who reads slowly keeps nobody waiting.
                    if message["type"] == "http.response.body" and not message.get("more_body", False):
                        give_back()
                    await send(message)

                await self._app(scope, incoming.receive, last_gives_back)
        except CallerLeft:
            return
        except TurnedAway:
            self._door.count(rank)
            await self._refuse(scope, incoming.receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self._door.part
        answer = await self._door.refusal(Request(scope, receive))
        await answer(scope, receive, send)


class _Incoming:
    """A request's body, read before it has a place: who sends slowly holds none.

    A larger one is read by whoever knows whether it may be that large.
    """

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        self._receive = receive
        self._read: deque[Message] = deque()
        self._whole = length == "0" and "transfer-encoding" not in headers
        self._readable = self._whole or (length.isdecimal() and len(length) < 9 and int(length) <= SMALL)

    async def read(self) -> None:
        """Read a small body to its end."""
        size = 0
        while self._readable and not self._whole and size <= SMALL:
            message = await self._receive()
            self._read.append(message)
            size += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)

    async def receive(self) -> Message:
        """Return what was read first, then what is still to come."""
        return self._read.popleft() if self._read else await self._receive()

    async def hung_up(self) -> None:
        """Return when the caller has hung up; while a body is still to come that is not known."""
        while self._whole:
            message = await self._receive()
            self._read.append(message)
            if message["type"] == "http.disconnect":
                return
        await asyncio.Event().wait()
