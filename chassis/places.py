"""How many requests a process works on at once, who waits for a place in which order, and who is turned away.

Ordinarily whoever finds no place waits: a burst is worked off. Once somebody had to be turned away there is
more to do than can be done. Then only a short line is kept, for a moment, so that a refusal is told at once
and what is done is done for those who go first.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from chassis.admission import CallerLeft, HungUp, Rank

PATIENCE = 5.0
"""Seconds that a request of a burst waits at most for its place."""
SHORT_PATIENCE = 0.05
"""Seconds that it waits while others are turned away, unless it is a word of feedback: that one is served."""
CALM = 1.0
"""Seconds after the last refusal until the long line is open again."""
Place = asyncio.Future[None]


class TurnedAway(Exception):
    """There is no place for this request now."""


class Places:
    """So many requests at work; in the line those of the first rank go first, each rank in its own order."""

    def __init__(
        self,
        count: int,
        *,
        line: int,
        patience: float = PATIENCE,
        short_patience: float = SHORT_PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.count = count
        self.line = line
        self.patience = patience
        self.short_patience = short_patience
        self._clock = clock
        self._free = count
        self._waiting: dict[Rank, list[Place]] = {rank: [] for rank in Rank}
        self._calm_again = 0.0

    @property
    def at_work(self) -> int:
        """How many hold a place."""
        return self.count - self._free

    @property
    def busy(self) -> bool:
        """Whether so many are at work that each time round the event loop is long: an eighth of the places.

        With fewer a round is short, and who takes one connection each time leaves the others to its siblings.
        """
        return self.at_work > self.count // 8

    @property
    def full(self) -> bool:
        """Whether nobody can begin at once."""
        return not self._free

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    @property
    def strained(self) -> bool:
        """Whether somebody was turned away just now."""
        return self._clock() < self._calm_again

    def refuses(self, rank: Rank) -> bool:
        """Turn away, before it asks for a place, a request of this rank that would not even wait for one."""
        if self._free or self.waiting < self._room(rank) or self._last() > rank:
            return False
        self._strain()
        return True

    @asynccontextmanager
    async def taken(self, rank: Rank, hung_up: HungUp | None = None) -> AsyncGenerator[Callable[[], None]]:
        """Hold a place for the block, or until what is yielded is called.

        Raises:
            TurnedAway: there is none for this rank.
            CallerLeft: ``hung_up`` returned before there was one.
        """
        if self._free:
            self._free -= 1
        else:
            await self._wait(rank, hung_up)
        held = True

        def give_back() -> None:
            nonlocal held
            if held:
                held = False
                self._hand_on()

        try:
            yield give_back
        finally:
            give_back()

    async def _wait(self, rank: Rank, hung_up: HungUp | None) -> None:
        patience = self.short_patience if self.strained and rank > Rank.WORD else self.patience
        place = self._stand_in_line(rank)
        leaving = asyncio.ensure_future(hung_up()) if hung_up else None
        try:
            await asyncio.wait(
                {place, leaving} if leaving else {place},
                timeout=patience,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if place.cancelled():  # driven out of the line
                raise TurnedAway
            if not place.done():
                if leaving and leaving.done():
                    raise CallerLeft
                self._strain()
                raise TurnedAway
        except BaseException:
            if place.done() and not place.cancelled():  # given just before the waiting was cancelled
                self._hand_on()
            raise
        finally:
            if place in self._waiting[rank]:
                self._waiting[rank].remove(place)
            if leaving:
                leaving.cancel()

    def _stand_in_line(self, rank: Rank) -> Place:
        """Join the line; when it is full, in the place of the newest of a later rank, who is turned away."""
        if self.waiting >= self._room(rank):
            self._strain()
            last = self._last()
            if last <= rank:
                raise TurnedAway
            self._waiting[last].pop().cancel()
        place: Place = asyncio.get_running_loop().create_future()
        self._waiting[rank].append(place)
        return place

    def _last(self) -> Rank:
        """Return the last rank of those who wait."""
        return max((rank for rank, waiting in self._waiting.items() if waiting), default=Rank.WORD)

    def _room(self, rank: Rank) -> int:
        """Return how many may wait before one more of this rank; under strain only who is served soon."""
        if not self.strained:
            return self.line
        soon = {Rank.WORD: self.count * 2, Rank.PERSON: max(1, self.count // 8), Rank.REST: 0}
        return min(self.line, soon[rank])

    def _strain(self) -> None:
        self._calm_again = self._clock() + CALM

    def _hand_on(self) -> None:
        """Give a place that became free to the first who waits."""
        for waiting in self._waiting.values():
            if waiting:
                waiting.pop(0).set_result(None)
                return
        self._free += 1
