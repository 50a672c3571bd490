"""Every query of calendar links."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import NotFound
from chassis.keyset import page
from services.contracts.calendars.model import CalendarFeed
from services.contracts.calendars.tokens import hash_of
from services.contracts.order import rising


def _living(today: date) -> ColumnElement[bool]:
    ends_on = col(CalendarFeed.ends_on)
    return sa.and_(col(CalendarFeed.revoked_at).is_(None), sa.or_(ends_on.is_(None), ends_on >= today))


def feed_by_token(session: Session, token: str, today: date) -> CalendarFeed:
    """Return the token's link if it lives on the day.

    Raises:
        NotFound: it is unknown, revoked or past its last day.
    """
    found = sa.select(CalendarFeed).where(col(CalendarFeed.token_hash) == hash_of(token), _living(today))
    feed = session.scalars(found).one_or_none()
    if feed is None:
        raise NotFound
    return feed


def feeds_of(
    session: Session, actor: Actor, today: date, *, limit: int, cursor: str | None
) -> tuple[list[CalendarFeed], str | None]:
    """Return a page of the actor's own links that live on the day, the oldest first."""
    statement = sa.select(CalendarFeed).where(col(CalendarFeed.owner) == actor.subject, _living(today))
    return page(session, statement, keys=[rising(col(CalendarFeed.id))], limit=limit, cursor=cursor)


def own_feed(session: Session, actor: Actor, feed_id: UUID, today: date) -> CalendarFeed:
    """Return one of the actor's own links that live on the day.

    Raises:
        NotFound: it is another's, unknown, revoked or past its last day.
    """
    found = sa.select(CalendarFeed).where(
        col(CalendarFeed.id) == feed_id,
        col(CalendarFeed.owner) == actor.subject,
        _living(today),
    )
    feed = session.scalars(found.with_for_update()).one_or_none()
    if feed is None:
        raise NotFound
    return feed


def revoke_feeds_of(session: Session, owner: str, now: datetime) -> None:
    """Revoke every link of the owner."""
    _revoke(session, col(CalendarFeed.owner) == owner, now)


def revoke_feeds_by_site(session: Session, site_id: UUID, now: datetime) -> None:
    """Revoke every link whose owner saw a customer because of the site."""
    _revoke(session, col(CalendarFeed.site_ids).contains([site_id]), now)


def _revoke(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    unrevoked = col(CalendarFeed.revoked_at).is_(None)
    session.execute(sa.update(CalendarFeed).where(which, unrevoked).values(revoked_at=now))


def unrevoked_feeds_of(session: Session, owner: str) -> list[CalendarFeed]:
    """Return the owner's links that nobody has revoked, also those past their last day."""
    found = sa.select(CalendarFeed).where(
        col(CalendarFeed.owner) == owner, col(CalendarFeed.revoked_at).is_(None)
    )
    return list(session.scalars(found))
