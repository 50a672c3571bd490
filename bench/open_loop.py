"""Sends requests at a rate, however slowly answers come: people do not wait for one another.

It runs in a process of its own, and before others where that is allowed: it stands for other machines, which
would not wait for this one's cores.
"""

import asyncio
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlsplit

from bench.calls import Request

PATIENCE = 30.0
_MOST_LINES = 2000
_RESTED = 3.0
"""Seconds after which a connection that nobody used is not used again: the server ends it after five."""
_LOOK_SECONDS = 0.02
OWN_DELAY = "the sender's own delay"
Connected = tuple[asyncio.StreamReader, asyncio.StreamWriter]
NOTHING = 0
"""The status of a request to which no answer came."""


@dataclass(frozen=True)
class Stream:
    """Requests of one kind, so many a second; with a rate of 0 all at once. One after the other in turns."""

    name: str
    requests: Sequence[Request]
    rate: float
    count: int


@dataclass
class Answers:
    """What requests of one kind were answered: seconds by status."""

    took: dict[int, list[float]] = field(default_factory=dict)

    def count(self, *statuses: int) -> int:
        """Return how many were answered so."""
        return sum(len(self.took.get(each, ())) for each in statuses)

    @property
    def asked(self) -> int:
        """Return how many were asked."""
        return self.count(*self.took)

    def p95(self, *statuses: int) -> float:
        """Return the milliseconds within which 95 of 100 such answers came; 0 when there were none."""
        took = [each for status in statuses for each in self.took.get(status, ())]
        return quantiles(took, n=20, method="inclusive")[-1] * 1000 if len(took) > 1 else sum(took) * 1000


def offer(
    url: str, streams: Sequence[Stream], meanwhile: Callable[[], None] = lambda: None
) -> dict[str, Answers]:
    """Send all streams at once and return what was answered; `meanwhile` is called while they run."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    sender = context.Process(target=_send, args=(url, streams, theirs), daemon=True)
    sender.start()
    try:
        theirs.close()  # so that its end is heard
        if ours.recv() != "begun":
            raise RuntimeError("the sender did not begin")
        meanwhile()
        told: dict[str, Answers] = ours.recv()
    finally:
        sender.join(5)
        sender.kill()
    return told


def _send(url: str, streams: Sequence[Stream], told: Connection) -> None:
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    told.send("begun")
    told.send(asyncio.run(_Sender(url).send(streams)))


class _Sender:
    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._host, self._port = place.hostname, place.port
        self._idle: deque[tuple[Connected, float]] = deque()
        self._room = asyncio.Semaphore(_MOST_LINES)

    async def send(self, streams: Sequence[Stream]) -> dict[str, Answers]:
        """Send all streams; what is late by the sender's own fault is told under `OWN_DELAY`."""
        told = {each.name: Answers() for each in streams}
        watching = asyncio.create_task(_watch(own := Answers()))
        async with asyncio.TaskGroup() as group:
            for each in streams:
                group.create_task(self._stream(each, told[each.name]))
        watching.cancel()
        for (_, writer), _ in self._idle:
            writer.close()
        return {**told, OWN_DELAY: own}

    async def _stream(self, stream: Stream, answers: Answers) -> None:
        begun = perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(stream.count):
                due = begun + number / stream.rate if stream.rate else begun
                if (left := due - perf_counter()) > 0:
                    await asyncio.sleep(left)
                group.create_task(self._ask(stream.requests[number % len(stream.requests)], answers))

    async def _ask(self, request: Request, answers: Answers) -> None:
        async with self._room:
            begun = perf_counter()
            status = NOTHING
            with suppress(OSError, EOFError, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    status = await self._answer(request)
            answers.took.setdefault(status, []).append(perf_counter() - begun)

    async def _answer(self, request: Request) -> int:
        line = self._rested() or await asyncio.open_connection(self._host, self._port)
        reader, writer = line
        try:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
            if length:
                await reader.readexactly(length)
        except BaseException:
            writer.close()
            raise
        if b"connection: close" in head:
            writer.close()
        else:
            self._idle.append((line, perf_counter()))
        return int(head[9:12])

    def _rested(self) -> Connected | None:
        """Return the connection that was used last, unless the server may just be ending it."""
        if not self._idle:
            return None
        line, since = self._idle.pop()
        if perf_counter() - since < _RESTED:
            return line
        for (_, writer), _ in [(line, since), *self._idle]:
            writer.close()
        self._idle.clear()
        return None


async def _watch(own: Answers) -> None:
    """Note how much later than asked the sender itself comes to work."""
    while True:
        begun = perf_counter()
        await asyncio.sleep(_LOOK_SECONDS)
        own.took.setdefault(NOTHING, []).append(perf_counter() - begun - _LOOK_SECONDS)


def taken(requests: Iterator[Request], count: int) -> list[Request]:
    """Return so many of the requests, to be sent over and over or once each."""
    return [next(requests) for _ in range(count)]


def together(told: Mapping[str, Answers]) -> Answers:
    """Return all kinds as one."""
    whole = Answers()
    for each in told.values():
        for status, took in each.took.items():
            whole.took.setdefault(status, []).extend(took)
    return whole
