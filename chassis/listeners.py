"""Reads another service's feed: cursor, inbox and effect are written in one transaction, so twice is once."""

import asyncio
from collections.abc import Callable, Mapping
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.actors import ActorSigner
from chassis.database import Database
from chassis.events import CloudEvent, Feed
from chassis.outbound import Neighbour, NeighbourUnavailable

log = structlog.get_logger()
Handler = Callable[[Session, CloudEvent], None]
WAIT = 20
"""Seconds that one call waits for news."""
REST = 2.0
"""Seconds of rest after a failure."""

_LOCK = text("select pg_try_advisory_xact_lock(hashtextextended('listener:' || :source, 0))")
_CURSOR = text("select position from feed_cursor where source = :source")
_SEEN = text(
    "insert into feed_inbox (source, event_id) values (:source, :event_id) on conflict do nothing returning 1"
)
_ADVANCE = text(
    "insert into feed_cursor (source, position) values (:source, :position)"
    " on conflict (source) do update set position = excluded.position"
)


def handle(database: Database, source: str, handlers: Mapping[str, Handler], after: str, feed: Feed) -> bool:
    """Handle a batch that was read after a cursor, in one transaction.

    Returns:
        False when another worker is at it or was faster: then nothing was done.
    """
    with database.session() as session:
        if not session.execute(_LOCK, {"source": source}).scalar():
            return False
        if (session.execute(_CURSOR, {"source": source}).scalar() or "") != after:
            return False
        for event in feed.items:
            handler = handlers.get(event.type)
            if handler is None:
                continue
            mark = {"source": source, "event_id": UUID(event.id)}
            if session.execute(_SEEN, mark).scalar():
                handler(session, event)
        session.execute(_ADVANCE, {"source": source, "position": feed.next})
    return True


class Listener:
    """Brings the events of one source into this service's database, in order, each once."""

    def __init__(
        self,
        source: str,
        *,
        database: Database,
        neighbour: Neighbour,
        signer: ActorSigner,
        handlers: Mapping[str, Handler],
        personal: bool = False,
    ) -> None:
        """Listen to a source; ``personal`` asks it for what its events tell about people as well."""
        self.source = source
        self._database = database
        self._neighbour = neighbour
        self._signer = signer
        self._handlers = handlers
        self._personal = personal

    def position(self) -> str:
        """Return the cursor up to which everything has been handled."""
        with self._database.session() as session:
            return session.execute(_CURSOR, {"source": self.source}).scalar() or ""

    async def fetch(self, after: str, wait: float) -> Feed:
        """Ask the source for events after the cursor.

        Raises:
            NeighbourUnavailable: the source does not answer, or refuses us.
        """
        response = await self._neighbour.request(
            "GET",
            "/v1/events",
            params={"after": after, "wait": int(wait), "limit": 200},
            token=self._signer.as_itself(self.source, personal=self._personal),
            timeout=wait + 5,
        )
        if response.status_code != 200:
            raise NeighbourUnavailable(self.source, f"status_{response.status_code}")
        return Feed.model_validate_json(response.content)

    def handle(self, after: str, feed: Feed) -> bool:
        """Handle a batch; see `handle`."""
        return handle(self._database, self.source, self._handlers, after, feed)

    async def catch_up(self) -> int:
        """Handle everything that is there now, without waiting; return the number of events read."""
        count = 0
        while True:
            after = await asyncio.to_thread(self.position)
            feed = await self.fetch(after, 0)
            if not feed.items:
                return count
            await asyncio.to_thread(self.handle, after, feed)
            count += len(feed.items)

    async def run(self) -> None:
        """Follow the feed until cancelled; a failure is logged and tried again after a rest."""
        while True:
            try:
                after = await asyncio.to_thread(self.position)
                feed = await self.fetch(after, WAIT)
                if feed.items and not await asyncio.to_thread(self.handle, after, feed):
                    await asyncio.sleep(REST)
            except NeighbourUnavailable as error:
                log.info("listener.waiting", source=self.source, reason=error.reason)
                await asyncio.sleep(REST)
            except ValidationError:
                log.exception("listener.unreadable", source=self.source)
                await asyncio.sleep(REST)
            except Exception:  # a handler's fault must not end the listening
                log.exception("listener.failed", source=self.source)
                await asyncio.sleep(REST)
