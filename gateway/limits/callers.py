"""Everybody who calls: what each uses, and the short queue for a place in flight."""

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Callable
from time import monotonic

from gateway.limits.rules import Allowance, Kind, Usage

QUEUE = 3
"""How many times the allowed requests may wait for their turn: two pages opened at once are no attack."""
PATIENCE = 1.0
"""Seconds that a request waits for its turn, unless told otherwise."""
REMEMBERED = 50_000


class TooMany(Exception):
    """The caller uses all that it may; ``retry_after`` seconds later there is room."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Callers:
    """The usage of every caller at this process."""

    def __init__(self, clock: Callable[[], float] = monotonic, *, patience: float = PATIENCE) -> None:
        self.clock = clock
        self.patience = patience
        """Seconds that a request waits for its turn: as long as those before it may take."""
        self.usages: OrderedDict[str, Usage] = OrderedDict()
        self.used = asyncio.Event()
        """Set when somebody uses something that other processes may need to know."""
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}

    @contextlib.asynccontextmanager
    async def turn(self, caller: str, allowance: Allowance, kind: Kind) -> AsyncGenerator[Usage]:
        """Let the caller in for the block.

        A request beyond those that may be in flight waits shortly for its turn; a wait for news does not.

        Raises:
            TooMany: not now.
        """
        usage = self._usage(caller, allowance)
        if seconds := usage.spend(self.clock()):
            raise TooMany(seconds)
        if not usage.room(kind):
            await self._queue(caller, usage, kind)
        usage.begin(kind)
        self._tell_soon(usage)
        try:
            yield usage
        finally:
            usage.end(kind)
            self._tell_soon(usage)
            self.wake(caller)

    def wake(self, caller: str) -> None:
        """Let those in the queue look whether it is their turn."""
        for turn in self._queues.get(caller, ()):
            if not turn.done():
                turn.set_result(None)
                return

    async def _queue(self, caller: str, usage: Usage, kind: Kind) -> None:
        queue = self._queues.setdefault(caller, deque())
        if kind == "wait" or len(queue) >= QUEUE * usage.allowance.requests:
            raise TooMany(self.patience)
        until = self.clock() + self.patience
        loop = asyncio.get_running_loop()
        try:
            while not usage.room(kind):
                turn: asyncio.Future[None] = loop.create_future()
                queue.append(turn)
                try:
                    async with asyncio.timeout(max(0.0, until - self.clock())):
                        await turn
                except TimeoutError as error:
                    raise TooMany(self.patience) from error
                finally:
                    queue.remove(turn)
        finally:
            if not queue:
                self._queues.pop(caller, None)

    def _usage(self, caller: str, allowance: Allowance) -> Usage:
        usage = self.usages.get(caller)
        if usage is None:
            self._forget_idle()
            usage = self.usages[caller] = Usage(allowance, at=self.clock())
        else:
            self.usages.move_to_end(caller)
        return usage

    def _forget_idle(self) -> None:
        """Forget the longest unseen who use nothing any more, a few for each newcomer."""
        now = self.clock()
        for caller in [name for name, _ in zip(self.usages, range(4), strict=False)]:
            usage = self.usages[caller]
            if usage.idle(now) or (len(self.usages) >= REMEMBERED and not usage.requests and not usage.waits):
                del self.usages[caller]
            else:
                self.usages.move_to_end(caller)

    def _tell_soon(self, usage: Usage) -> None:
        if usage.telling_rate() or usage.telling_in_flight(self.clock(), float("inf")):
            self.used.set()
