"""Each service's feed, followed once by this process for everybody who waits; the newest pages are kept."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
from pydantic import BaseModel, ValidationError

from chassis.actors import ActorSigner
from chassis.outbound import Neighbour, NeighbourUnavailable

log = structlog.get_logger()
PAGE = 200
"""Events of one answer at most."""
WAIT = 5
"""Seconds that the follower's own call waits: so often it is sure that the service lives."""
CURRENT = 3.0 * WAIT
"""Seconds after its last answer in which a follower is believed to miss nothing."""
REST = 2.0
"""Seconds of rest after a failure."""
GATHERING = 0.2
"""Seconds after news until the next question, so that a stream comes by pages, not event by event."""
MOST_EVENTS = 500
MOST_BYTES = 2_000_000
"""How much of one feed is kept, by events and by size on the wire (in memory five times that); older ones the
service reads."""


class InnerEvent(BaseModel):
    """What is read of a service's event."""

    id: str
    source: str
    type: str
    subject: str
    time: str
    data: dict[str, Any]  # Any: JSON that the rules know by the type


class InnerFeed(BaseModel):
    """A page of a service's feed."""

    items: list[InnerEvent]
    next: str


Heard = Callable[[Sequence[InnerEvent]], None]
"""Told of each page of news as it comes."""


@dataclass(frozen=True)
class Page:
    """Events between two places of a feed."""

    after: str
    items: Sequence[InnerEvent]
    next: str
    size: int


class Follower:
    """One service's newest pages, kept current by one call that always waits for news."""

    def __init__(
        self, neighbour: Neighbour, signer: ActorSigner, changed: Callable[[], None], heard: Sequence[Heard]
    ) -> None:
        self._neighbour = neighbour
        self._signer = signer
        self._changed = changed
        self._heard = heard
        self._pages: deque[Page] = deque()
        self._beginning_at: dict[str, Page] = {}
        self._events = self._bytes = 0
        self._heard_at = float("-inf")
        self.place: str | None = None
        """The end of the feed; None before the first answer."""

    @property
    def current(self) -> bool:
        """Tell whether nothing that happened is missing here for more than a moment."""
        return self.place is not None and monotonic() - self._heard_at < CURRENT

    def after(self, place: str) -> Page | None:
        """Return what is kept after a place, a page's worth; None when the place is not one of the kept."""
        if place == self.place:
            return Page(place, (), place, 0)
        items: list[InnerEvent] = []
        page = self._beginning_at.get(place)
        if page is None:
            return None
        while page is not None and len(items) < PAGE:
            items += page.items
            end = page.next
            page = self._beginning_at.get(end)
        return Page(place, items, end, 0)

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            begun = monotonic()
            try:
                came = await self._ask()
            except (NeighbourUnavailable, ValidationError) as error:
                log.info("follower.waiting", service=self._neighbour.name, reason=str(error))
                await asyncio.sleep(REST)
                continue
            except Exception:  # a listener's fault must not end the following
                log.exception("follower.failed", service=self._neighbour.name)
                await asyncio.sleep(REST)
                continue
            if came is None:
                if monotonic() - begun < WAIT / 2:
                    await asyncio.sleep(REST)  # a service that does not wait is not asked without end
            elif 0 < came < PAGE:
                await asyncio.sleep(GATHERING)

    async def _ask(self) -> int | None:
        """Ask once, waiting; return how many events came, None when the place did not move."""
        place = "now" if self.place is None else self.place
        answer = await self._neighbour.request(
            "GET",
            f"/v1/events?after={place}&wait={WAIT}&limit={PAGE}",
            token=self._signer.as_itself(self._neighbour.name),
            timeout=WAIT + REST,
            kind="wait",
        )
        if answer.status_code == 422:
            self._forget()
        if answer.status_code != 200:
            raise NeighbourUnavailable(self._neighbour.name, f"status_{answer.status_code}")
        feed = InnerFeed.model_validate_json(answer.content)
        recovered = not self.current
        self._heard_at = monotonic()
        moved = feed.next != self.place
        if self.place is not None and moved:
            self._keep(Page(self.place, feed.items, feed.next, len(answer.content)))
        self.place = feed.next
        if feed.items:
            for each in self._heard:
                each(feed.items)
        if moved or recovered:
            self._changed()
        return len(feed.items) if moved else None

    def _keep(self, page: Page) -> None:
        self._pages.append(page)
        self._beginning_at[page.after] = page
        self._events += len(page.items)
        self._bytes += page.size
        while self._events > MOST_EVENTS or self._bytes > MOST_BYTES:
            old = self._pages.popleft()
            del self._beginning_at[old.after]
            self._events -= len(old.items)
            self._bytes -= old.size

    def _forget(self) -> None:
        """Begin anew: the service does not know the place, as after a restore."""
        self._pages.clear()
        self._beginning_at.clear()
        self._events = self._bytes = 0
        self.place = None


class Followers:
    """The followers of all services, and the bell that rings with any news."""

    def __init__(
        self,
        neighbours: Mapping[str, Neighbour],
        signer: ActorSigner,
        *,
        heard: Mapping[str, Sequence[Heard]],
    ) -> None:
        self._rung = asyncio.Event()
        self.of: dict[str, Follower] = {
            name: Follower(neighbour, signer, self._ring, heard.get(name, ()))
            for name, neighbour in neighbours.items()
        }

    @property
    def bell(self) -> asyncio.Event:
        """The event of the next news; taken before reading, so that none is missed."""
        return self._rung

    def _ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Follow while the block runs."""
        tasks = [
            asyncio.create_task(follower.run(), name=f"follower of {name}")
            for name, follower in self.of.items()
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._ring()
