"""Making, revoking and reading calendar links."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.languages import Language
from chassis.tables import new_id
from services.contracts.calendars import repository, rules
from services.contracts.calendars.ical import Entry, calendar_file
from services.contracts.calendars.model import CalendarFeed
from services.contracts.calendars.schemas import NewFeed
from services.contracts.calendars.tokens import hash_of, token_of
from services.contracts.clock.model import Milestone
from services.contracts.clock.repository import Wanted, every_milestone
from services.contracts.clock.rules import Responsible
from services.contracts.clock.template import shipped_template
from services.contracts.copies.repository import customer_names, rights_turn
from trade.days import day_of

MOST = 10_000
"""Events in one calendar at most: forty years of every customer of the city."""


def make_feed(
    session: Session, actor: Actor, new: NewFeed, now: datetime, language: Language, key: str
) -> CalendarFeed:
    """Make a private link to what its maker may see now; ``key`` is the service's signing key."""
    feed_id = new_id()
    today = day_of(now)
    turns = rights_turn(session, actor.person_id)
    ends_on = today + rules.UNKNOWN_FOR if turns is None else rules.ends_on(today, turns)
    feed = CalendarFeed(
        id=feed_id,
        token_hash=hash_of(token_of(feed_id, key)),
        owner=actor.subject,
        language=language,
        year=new.year,
        customer_id=new.customer_id,
        responsible=new.responsible,
        everything=actor.everything,
        customer_ids=sorted(actor.customer_ids | actor.site_customer_ids),
        site_ids=sorted(actor.site_ids),
        created_at=now,
        ends_on=ends_on,
    )
    session.add(feed)
    session.flush()
    return feed


def revoke_feed(session: Session, actor: Actor, feed_id: UUID, now: datetime) -> None:
    """Take an own link back: whoever has it gets 404 from now on.

    Raises:
        NotFound: it is another's, unknown, revoked or past its last day.
    """
    repository.own_feed(session, actor, feed_id, day_of(now)).revoked_at = now


def calendar_by_token(session: Session, token: str, today: date, pages_url: str) -> bytes:
    """Return the calendar behind a token.

    Raises:
        NotFound: the token is unknown, revoked or past its last day.
    """
    feed = repository.feed_by_token(session, token, today)
    return _calendar(
        session, feed.eyes(), feed.year, feed.customer_id, feed.responsible, today, feed.language, pages_url
    )


def calendar_for(
    session: Session,
    actor: Actor,
    year: int | None,
    customer_id: UUID | None,
    responsible: Responsible | None,
    today: date,
    language: Language,
    pages_url: str,
) -> bytes:
    """Return the calendar of what the actor may see."""
    return _calendar(session, actor, year, customer_id, responsible, today, language, pages_url)


def _calendar(
    session: Session,
    actor: Actor,
    year: int | None,
    customer_id: UUID | None,
    responsible: Responsible | None,
    today: date,
    language: Language,
    pages_url: str,
) -> bytes:
    since = today.year - 1 if year is None else None
    wanted = Wanted(year, customer_id, responsible, since=since)
    milestones = list(every_milestone(session, actor, wanted, MOST))
    return calendar_file(_entries(session, milestones, language, pages_url), language)


def _entries(
    session: Session, milestones: Sequence[Milestone], language: Language, pages_url: str
) -> list[Entry]:
    names = customer_names(session, {each.customer_id for each in milestones})
    template = shipped_template()
    entries = []
    for each in milestones:
        topic, content = each.words(language)
        entries.append(
            Entry(
                id=each.id,
                day=each.due,
                topic=topic,
                content=content,
                customer=names.get(each.customer_id, ""),
                responsible=template.responsible_name(each.responsible, each.producing, language),
                status=each.status,
                actual_on=each.actual_on,
                note=each.actual_note,
                created_at=each.created_at,
                changed_at=each.changed_at,
                # Every change of a milestone is one new version, and the first version is 1.
                sequence=each.version - 1,
                url=f"{pages_url.rstrip('/')}/milestones/{each.id}",
            )
        )
    return entries
