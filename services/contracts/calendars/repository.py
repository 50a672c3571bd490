"""Every query of calendar links."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.paging import page
from chassis.problems import NotFound
from services.contracts.calendars.model import CalendarFeed
from services.contracts.calendars.tokens import hash_of
from services.contracts.order import rising


def feed_by_token(session: Session, token: str) -> CalendarFeed:
    """Return the living link of the token.

    Raises:
        NotFound: it is unknown or revoked.
    """
    found = sa.select(CalendarFeed).where(
        col(CalendarFeed.token_hash) == hash_of(token), col(CalendarFeed.revoked_at).is_(None)
    )
    feed = session.scalars(found).one_or_none()
    if feed is None:
        raise NotFound
    return feed


def feeds_of(
    session: Session, actor: Actor, *, limit: int, cursor: str | None
) -> tuple[list[CalendarFeed], str | None]:
    """Return a page of the actor's own living links, the oldest first."""
    statement = sa.select(CalendarFeed).where(
        col(CalendarFeed.owner) == actor.subject, col(CalendarFeed.revoked_at).is_(None)
    )
    return page(session, statement, keys=[rising(col(CalendarFeed.id))], limit=limit, cursor=cursor)


def own_feed(session: Session, actor: Actor, feed_id: UUID) -> CalendarFeed:
    """Return one of the actor's own living links.

    Raises:
        NotFound: it is another's, revoked or unknown.
    """
    found = sa.select(CalendarFeed).where(
        col(CalendarFeed.id) == feed_id,
        col(CalendarFeed.owner) == actor.subject,
        col(CalendarFeed.revoked_at).is_(None),
    )
    feed = session.scalars(found.with_for_update()).one_or_none()
    if feed is None:
        raise NotFound
    return feed


def revoke_feeds_of(session: Session, owner: str, now: datetime) -> None:
    """Revoke every living link of the owner."""
    living = sa.and_(col(CalendarFeed.owner) == owner, col(CalendarFeed.revoked_at).is_(None))
    session.execute(sa.update(CalendarFeed).where(living).values(revoked_at=now))
