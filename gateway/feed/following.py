"""Following the feeds of all services at once, until something is there that the caller may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio
import structlog
from pydantic import BaseModel, ValidationError

from chassis.actors import Actor
from chassis.outbound import Neighbour
from chassis.problems import Unavailable
from gateway.answers import PublicEvent
from gateway.feed.cursors import bad_cursor
from gateway.feed.rules import Eyes, shown
from gateway.passage import PATIENCE, ask

log = structlog.get_logger()
PAGE = 200
MOST_ROUNDS = 10
"""How often pages without anything for the caller are followed by the next ones in one call."""


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


@dataclass
class Following:
    """One caller's way through the feeds: where it is in each, and which do not answer."""

    neighbours: Mapping[str, Neighbour]
    tokens: Mapping[str, str]
    places: dict[str, str]
    silent: set[str]
    lost: set[str] = field(default_factory=set)
    """Services that do not know the place in their feed."""

    async def news(self, actor: Actor, *, wait: float) -> list[PublicEvent]:
        """Return what the actor may see next, oldest first, waiting for it at most ``wait`` seconds.

        Raises:
            Unavailable: no service answers.
            InvalidInput: a service does not know the place in its feed.
        """
        eyes = Eyes(actor)
        until = anyio.current_time() + wait
        for _ in range(MOST_ROUNDS):
            self.silent.clear()
            read = await self._read_all()
            if not any(feed.items for feed in read):
                left = until - anyio.current_time()
                if left <= 0:
                    return []
                read = await self._wait(left)
            found = [event for feed in read for item in feed.items if (event := _public(item, eyes))]
            if found:
                return sorted(found, key=lambda event: (event.time, event.id))
        return []

    async def _read_all(self) -> list[InnerFeed]:
        feeds: list[InnerFeed] = []

        async def read(service: str) -> None:
            feed = await self._page(service, wait=0)
            if feed is not None:
                feeds.append(feed)

        async with anyio.create_task_group() as group:
            for service in self.neighbours:
                group.start_soon(read, service)
        # Raised here, not by the readers: what a task raises leaves its group wrapped in another exception.
        if self.lost:
            raise bad_cursor()
        if len(self.silent) == len(self.neighbours):
            raise Unavailable(part="events")
        return feeds

    async def _wait(self, seconds: float) -> list[InnerFeed]:
        """Return the first news of any service that answers; the others keep their places."""
        feeds: list[InnerFeed] = []

        async def read(service: str) -> None:
            feed = await self._page(service, wait=max(1, round(seconds)))
            if feed is not None and feed.items:
                feeds.append(feed)
                group.cancel_scope.cancel()

        with anyio.move_on_after(seconds):
            async with anyio.create_task_group() as group:
                for service in self.neighbours.keys() - self.silent:
                    group.start_soon(read, service)
        return feeds

    async def _page(self, service: str, *, wait: int) -> InnerFeed | None:
        place = self.places[service]
        query = f"after={place}&wait={wait}&limit={PAGE}"
        try:
            answer = await ask(
                self.neighbours[service],
                "GET",
                f"/v1/events?{query}",
                token=self.tokens[service],
                headers={},
                patience=wait + PATIENCE,
            )
            if answer.status_code == 422:
                self.lost.add(service)
                return None
            if answer.status_code != 200:
                raise Unavailable(part=service)
            feed = InnerFeed.model_validate_json(answer.content)
        except (Unavailable, ValidationError) as error:
            log.warning("feed.silent", service=service, error=str(error))
            self.silent.add(service)
            return None
        self.places[service] = feed.next
        return feed


def _public(event: InnerEvent, eyes: Eyes) -> PublicEvent | None:
    data = shown(event.type, event.data, eyes)
    if data is None:
        return None
    return PublicEvent(
        id=event.id, source=event.source, type=event.type, subject=event.subject, time=event.time, data=data
    )
