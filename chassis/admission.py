"""Who may begin, in which order, and who is told at once to come later.

A gate has a fixed number of places. It is waited for in the event loop: who waits holds no thread and no
connection, so those inside always find both. Nobody waits longer than the gate's patience, nor at all when
the queue before them would outlast it by what those inside took lately.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import IntEnum

from chassis.errors import Busy

PATIENCE = 3.0
"""Seconds that a request waits at most before it begins: less than its caller waits for a busy neighbour."""
_FIRST_GUESS = 0.01
"""Seconds inside, before anything was measured."""
_WEIGHT = 0.1
"""Share of the newest stay in what stays are taken to last."""
HungUp = Callable[[], Awaitable[None]]
"""Returns when the caller has hung up."""


class Rank(IntEnum):
    """Who goes first."""

    WORD = 0
    """A word of feedback that is being received."""
    PERSON = 1
    """What a person reads or does otherwise."""
    REST = 2
    """What other parts read for themselves."""


class CallerLeft(Exception):
    """The caller hung up while waiting: there is nobody to work for."""


class Gate:
    """Places for so many at once; the others wait in the order of their rank, each rank in its own order."""

    def __init__(
        self, places: int, *, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.places = places
        self.patience = patience
        self._clock = clock
        self._free = places
        self._stay = _FIRST_GUESS
        self._queues = {rank: OrderedDict[asyncio.Future[None], None]() for rank in Rank}

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._queues.values()))

    @asynccontextmanager
    async def entered(self, rank: Rank = Rank.PERSON, hung_up: HungUp | None = None) -> AsyncGenerator[None]:
        """Hold a place for the block.

        Raises:
            Busy: it cannot begin in time.
            CallerLeft: ``hung_up`` returned before a place was free.
        """
        if self._free:
            self._free -= 1
        else:
            await self._wait(rank, hung_up)
        begun = self._clock()
        try:
            yield
        finally:
            stay = min(self._clock() - begun, self.patience)  # one long transaction says little of the next
            self._stay += _WEIGHT * (stay - self._stay)
            self._hand_on()

    def _in_time(self, rank: Rank) -> bool:
        """Tell whether the queue before a newcomer can be expected to pass within the patience."""
        before = sum(len(queue) for each, queue in self._queues.items() if each <= rank)
        return (before + 1) * self._stay <= self.patience * self.places

    async def _wait(self, rank: Rank, hung_up: HungUp | None) -> None:
        if not self._in_time(rank):
            raise Busy
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues[rank][place] = None
        leaving = asyncio.ensure_future(hung_up()) if hung_up else None
        try:
            await asyncio.wait(
                {place, leaving} if leaving else {place},
                timeout=self.patience,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if not place.done():
                raise CallerLeft if leaving and leaving.done() else Busy
        except BaseException:
            if place.done():  # given just before the waiting was cancelled
                self._hand_on()
            raise
        finally:
            self._queues[rank].pop(place, None)
            if leaving:
                leaving.cancel()

    def _hand_on(self) -> None:
        """Give a place that became free to the first who waits."""
        for queue in self._queues.values():
            if queue:
                place, _ = queue.popitem(last=False)
                place.set_result(None)
                return
        self._free += 1
