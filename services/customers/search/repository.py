"""Finding by words and by likeness, within what the actor sees and by the trigram index."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.customers.names import patterns, phone_digits, sort_key
from services.customers.people.model import Assignment, Person
from services.customers.people.repository import in_force
from services.customers.people.repository import visible_to as visible_people
from services.customers.registry.model import Customer, Site
from services.customers.registry.visibility import visible_customers, visible_sites

LIKENESS = 0.5
"""How alike a stretch of text must be to what was asked; low enough for an inflected or mistyped word."""
_NUMBER = re.compile(r"(?P<kind>[ak])-?(?P<number>\d{1,9})", re.IGNORECASE)
"""The number of a customer (A) or a site (K), with or without its leading zeros."""
Found = TypeVar("Found", Customer, Site, Person)


def number_in(q: str) -> tuple[str, int] | None:
    """Return the kind and number that a query names (``k-1`` is ``K``, 1), or None when it names none."""
    named = _NUMBER.fullmatch(q.strip())
    return (named["kind"].upper(), int(named["number"])) if named else None


def numbered(session: Session, actor: Actor, kind: str, number: int) -> Customer | Site | None:
    """Return the visible customer or site of exactly this number."""
    written = [f"{kind}-{number:0{width}}" for width in range(1, 10)]
    if kind == "A":
        return session.scalars(visible_customers(actor).where(col(Customer.number).in_(written))).first()
    return session.scalars(visible_sites(actor).where(col(Site.number).in_(written))).first()


def find_customers(session: Session, actor: Actor, q: str, limit: int) -> list[tuple[Customer, float]]:
    """Return visible customers like the words, the likest first."""
    return _find(session, visible_customers(actor), Customer, q, limit)


def find_sites(session: Session, actor: Actor, q: str, limit: int) -> list[tuple[Site, float]]:
    """Return visible sites like the words, the likest first."""
    return _find(session, visible_sites(actor), Site, q, limit)


def find_people(session: Session, actor: Actor, q: str, limit: int) -> list[tuple[Person, float]]:
    """Return visible people like the words, the likest first."""
    return _find(session, visible_people(actor), Person, q, limit)


def places_of(session: Session, actor: Actor, people: Collection[UUID], today: date) -> dict[UUID, list[str]]:
    """Return the names of the visible sites and customers that each person is named for today, by name."""
    site, customer = visible_sites(actor).subquery(), visible_customers(actor).subquery()
    name = sa.func.coalesce(site.c.name, customer.c.name, type_=sa.String())
    statement = (
        sa.select(col(Assignment.person_id), name)
        .outerjoin(site, site.c.id == col(Assignment.site_id))
        .outerjoin(customer, customer.c.id == col(Assignment.customer_id))
        .where(col(Assignment.person_id).in_(people), in_force(today), name.is_not(None))
        .distinct()
        .order_by(name)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for person_id, place in session.execute(statement):
        found[person_id].append(place)
    return found


def _find(
    session: Session, visible: sa.Select[Found], table: type[Found], q: str, limit: int
) -> list[tuple[Found, float]]:
    text, name = col(table.search_text), col(table.sort_name)
    asked = sa.literal(" ".join(q.lower().split()))
    phone = phone_digits(q)
    words = text.like(f"%{phone}%") if phone else sa.and_(*(text.like(pattern) for pattern in patterns(q)))
    starts = name.like(_literal(sort_key(q)) + "%")
    likeness = sa.func.word_similarity(asked, text, type_=sa.Float())
    score = sa.case((starts, 1.0), (words, 0.9), else_=likeness * 0.8)
    named = phone or number_in(q)
    alike = sa.false() if named else asked.op("<%", is_comparison=True)(text)
    statement = (
        visible.where(sa.or_(words, alike))
        .add_columns(score.label("score"))
        .order_by(sa.desc("score"), name, col(table.id))
        .limit(limit)
    )
    rows: Sequence[sa.Row[Found, float]] = session.execute(statement).all()
    return [(row[0], row[1]) for row in rows]


def set_likeness(session: Session) -> None:
    """Say, for this transaction, how alike a text must be to be found."""
    session.execute(sa.select(sa.func.set_config("pg_trgm.word_similarity_threshold", str(LIKENESS), True)))


def _literal(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
