"""Which sessions were ended early: the table, and a picture of it that is at most five seconds old."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, select

from chassis.database import Database
from chassis.errors import Unavailable
from gateway.sessions.model import RevokedSession
from gateway.sessions.tokens import Session

log = structlog.get_logger()
FRESH = timedelta(seconds=5)


class Revocations:
    """Ends sessions, and tells whether one was ended; all ended and unexpired ids fit in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ended: frozenset[UUID] = frozenset()
        self._read_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def includes(self, session: Session, now: datetime) -> bool:
        """Tell whether the session was ended.

        Raises:
            Unavailable: the table cannot be read; a session that may have been ended is not believed.
        """
        if not self._fresh(now):
            async with self._reading:
                if not self._fresh(now):
                    try:
                        self._ended = await asyncio.to_thread(self._read, now)
                    except SQLAlchemyError as error:
                        log.error("revocations.unreadable", exc_info=error)
                        raise Unavailable(part="gateway") from error
                    self._read_at = now
        return session.id in self._ended

    async def add(self, session: Session, now: datetime) -> None:
        """End the session here at once and everywhere within five seconds; forget the expired ones."""
        async with self._reading:  # a reading that began before would put the older picture back
            await asyncio.to_thread(self._write, session, now)
            self._ended |= {session.id}

    def _fresh(self, now: datetime) -> bool:
        return self._read_at is not None and abs(now - self._read_at) < FRESH

    def _read(self, now: datetime) -> frozenset[UUID]:
        with self._database.session() as transaction:
            ended = select(RevokedSession.id).where(col(RevokedSession.expires_at) > now)
            return frozenset(transaction.scalars(ended))

    def _write(self, session: Session, now: datetime) -> None:
        with self._database.session() as transaction:
            transaction.execute(delete(RevokedSession).where(col(RevokedSession.expires_at) <= now))
            if transaction.get(RevokedSession, session.id) is None:
                transaction.add(
                    RevokedSession(
                        id=session.id,
                        person_id=session.person_id,
                        expires_at=session.expires_at,
                        revoked_at=now,
                    )
                )
