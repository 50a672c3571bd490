"""One caller's way through the feeds of all services, until something is there that the caller may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import anyio
import structlog
from pydantic import ValidationError

from chassis.actors import Actor
from chassis.errors import Unavailable
from chassis.outbound import Neighbour
from gateway.answers import PublicEvent
from gateway.feed.cursors import NOW, bad_cursor
from gateway.feed.followers import PAGE, Followers, InnerEvent, InnerFeed
from gateway.feed.rules import Audience, shown
from gateway.proxy.upstream import request_upstream

log = structlog.get_logger()
MOST_ROUNDS = 10
"""How often pages of a service without anything for the caller are followed by the next in one call."""


@dataclass
class Following:
    """One caller's way through the feeds: where it is in each, and which do not answer."""

    neighbours: Mapping[str, Neighbour]
    tokens: Mapping[str, str]
    followers: Followers
    places: dict[str, str]
    silent: set[str]
    patience: float
    """Seconds that a service has for an answer without waiting."""
    lost: set[str] = field(default_factory=set)
    """Services that do not know the place in their feed."""

    async def news(self, actor: Actor, *, wait: float) -> list[PublicEvent]:
        """Return what the actor may see next, oldest first, waiting for it at most ``wait`` seconds.

        Who waits is served from what this process follows anyway. The services are asked for what is older,
        for what a follower does not know, and by who does not wait, since nothing may be missing then.

        Raises:
            Unavailable: no service answers.
            InvalidInput: a service does not know the place in its feed.
        """
        audience = Audience(actor)
        until = anyio.current_time() + wait
        rounds = 0
        while rounds < MOST_ROUNDS:
            self.silent.clear()
            bell = self.followers.bell
            kept = self._kept() if wait else []
            asked = await self._ask_all(self.neighbours.keys() - {service for service, _ in kept})
            rounds += any(feed.items for feed in asked)
            read = [*(items for _, items in kept), *(feed.items for feed in asked)]
            found = [event for items in read for item in items if (event := _public(item, audience))]
            if found:
                return sorted(found, key=lambda event: (event.time, event.id))
            if any(read):
                continue
            left = until - anyio.current_time()
            if left <= 0:
                break
            with anyio.move_on_after(left):
                await bell.wait()
        return []

    def _kept(self) -> list[tuple[str, list[InnerEvent]]]:
        """Return what followers have after the caller's places, and move these; not where one knows less."""
        found = []
        for service, follower in self.followers.of.items():
            place = self.places[service]
            if place == NOW and follower.place is not None:
                place = follower.place
            page = follower.after(place) if follower.current else None
            if page is not None:
                found.append((service, list(page.items)))
                self.places[service] = page.next
        return found

    async def _ask_all(self, services: set[str]) -> list[InnerFeed]:
        feeds: list[InnerFeed] = []

        async def read(service: str) -> None:
            feed = await self._page(service)
            if feed is not None:
                feeds.append(feed)

        if services:
            async with anyio.create_task_group() as group:
                for service in services:
                    group.start_soon(read, service)
        # Raised here, not by the readers: what a task raises leaves its group wrapped in another exception.
        if self.lost:
            raise bad_cursor()
        if len(self.silent) == len(self.neighbours):
            raise Unavailable(part="events")
        return feeds

    async def _page(self, service: str) -> InnerFeed | None:
        query = f"after={self.places[service]}&wait=0&limit={PAGE}"
        try:
            answer = await request_upstream(
                self.neighbours[service],
                "GET",
                f"/v1/events?{query}",
                token=self.tokens[service],
                headers={},
                patience=self.patience,
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


def _public(event: InnerEvent, audience: Audience) -> PublicEvent | None:
    data = shown(event.type, event.data, audience)
    if data is None:
        return None
    return PublicEvent(
        id=event.id, source=event.source, type=event.type, subject=event.subject, time=event.time, data=data
    )
