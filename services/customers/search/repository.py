"""Finding by words and by likeness, within what the actor sees and by the trigram index."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.customers.access import Right, may
from services.customers.asking import Anybody, among, asked_day, asked_id, asked_ids, ids_of
from services.customers.names import patterns, phone_digits, sort_key
from services.customers.people.model import Assignment, Person
from services.customers.people.repository import in_force, visible_to
from services.customers.registry.model import Customer, Site
from services.customers.registry.visibility import visible_customers, visible_sites
from services.customers.search.schemas import HitKind

LIKENESS = 0.5
"""How alike a stretch of text must be to what was asked; low enough for an inflected or mistyped word."""
_NUMBER = re.compile(r"(?P<kind>[ak])-?(?P<number>\d{1,9})", re.IGNORECASE)
"""The number of a customer (A) or a site (K), with or without its leading zeros."""
KINDS: Final = (HitKind.CUSTOMER, HitKind.SITE, HitKind.PERSON)
"""In this order where they fit equally well."""


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


Table = type[Customer] | type[Site] | type[Person]


@dataclass(frozen=True)
class Found:
    """A customer, site or person as a search tells it, and how well it fits."""

    kind: HitKind
    id: UUID
    name: str
    more: Sequence[str | None]
    """Number, street, postal code and city of a site, the number of a customer, the title of a person."""
    score: float


def find(session: Session, actor: Actor, q: str, limit: int) -> list[Found]:
    """Return visible customers, sites and people like the words: of each kind the likest first."""
    phone, patterns_asked = phone_digits(q), patterns(q)
    statement = _finding(
        everything=actor.everything,
        everybody=may(actor, Right.READ_PEOPLE),
        words=1 if phone else len(patterns_asked),
        likeness=not (phone or number_in(q)),
    )
    written = [f"%{phone}%"] if phone else patterns_asked
    asked = {
        **ids_of(actor),
        **{f"word_{number}": pattern for number, pattern in enumerate(written)},
        "asked": " ".join(q.lower().split()),
        "beginning": _literal(sort_key(q)) + "%",
        "limit": limit,
        "person_id": actor.person_id,
    }
    # For this transaction: how alike a text must be to be found by the operator, which uses the index.
    session.connection().exec_driver_sql(f"set local pg_trgm.word_similarity_threshold = {LIKENESS}")
    rows = session.execute(statement, asked)
    return [
        Found(KINDS[row.kind], row.id, row.name, (row.more_0, row.more_1, row.more_2, row.more_3), row.score)
        for row in rows
    ]


@cache
def _finding(*, everything: bool, everybody: bool, words: int, likeness: bool) -> sa.Select[*tuple[Any, ...]]:
    """Return the statement for as many words, made once for each sort of reader."""
    who = Anybody(everything)
    nothing = sa.null()
    people = sa.select(Person)
    if not everybody:
        people = people.where(col(Person.id) == asked_id("person_id"))
    kinds: Sequence[tuple[sa.Select[Any], Table, Sequence[sa.SQLColumnExpression[Any]]]] = (
        (visible_customers(who), Customer, (col(Customer.number), nothing, nothing, nothing)),
        (
            visible_sites(who),
            Site,
            (col(Site.number), col(Site.street), col(Site.postal_code), col(Site.city)),
        ),
        (people, Person, (col(Person.title), nothing, nothing, nothing)),
    )
    found = [
        _of_kind(number, visible, table, more, words, likeness=likeness)
        for number, (visible, table, more) in enumerate(kinds)
    ]
    together = sa.union_all(*(sa.select(each) for each in found)).subquery()
    return sa.select(together).order_by(together.c.kind, together.c.place)


def _of_kind(
    kind: int,
    visible: sa.Select[Any],  # Any: the table's class
    table: Table,
    more: Sequence[sa.SQLColumnExpression[Any]],  # Any: texts or null
    words: int,
    *,
    likeness: bool,
) -> sa.Subquery:
    text, name = col(table.search_text), col(table.sort_name)
    asked = sa.bindparam("asked", type_=sa.Text)
    patterns_asked = [sa.bindparam(f"word_{number}", type_=sa.Text) for number in range(words)]
    all_words = sa.and_(sa.true(), *(text.like(pattern) for pattern in patterns_asked))
    starts = name.like(sa.bindparam("beginning", type_=sa.Text))
    score = sa.case(
        (starts, 1.0), (all_words, 0.9), else_=sa.func.word_similarity(asked, text, type_=sa.Float()) * 0.8
    )
    alike = asked.op("<%", is_comparison=True)(text) if likeness else sa.false()
    order = (score.desc(), name, col(table.id))
    return (
        visible.with_only_columns(
            sa.literal_column(str(kind), sa.Integer).label("kind"),
            sa.func.row_number().over(order_by=order).label("place"),
            col(table.id).label("id"),
            col(table.name).label("name"),
            *(sa.cast(column, sa.Text).label(f"more_{number}") for number, column in enumerate(more)),
            score.label("score"),
        )
        .where(sa.or_(all_words, alike))
        .order_by(*order)
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .subquery()
    )


def reached_by(session: Session, actor: Actor, q: str) -> set[UUID]:
    """Return the visible people whose whole telephone number the words are."""
    phone = phone_digits(q)
    if phone is None:
        return set()
    word = col(Person.search_text) + " "
    return set(
        session.scalars(visible_to(actor).where(word.like(f"% {phone} %")).with_only_columns(col(Person.id)))
    )


def places_of(session: Session, actor: Actor, people: Collection[UUID], today: date) -> dict[UUID, list[str]]:
    """Return the names of the visible sites and customers that each person is named for today, by name."""
    found: dict[UUID, list[str]] = defaultdict(list)
    if people:
        asked = {**ids_of(actor), "people": list(people), "today": today}
        for person_id, place in session.execute(_places(everything=actor.everything), asked):
            found[person_id].append(place)
    return found


@cache
def _places(*, everything: bool) -> sa.Select[UUID, str]:
    who = Anybody(everything)
    site, customer = visible_sites(who).subquery(), visible_customers(who).subquery()
    name = sa.func.coalesce(site.c.name, customer.c.name, type_=sa.String())
    return (
        sa.select(col(Assignment.person_id), name)
        .outerjoin(site, site.c.id == col(Assignment.site_id))
        .outerjoin(customer, customer.c.id == col(Assignment.customer_id))
        .where(
            among(col(Assignment.person_id), asked_ids("people")),
            in_force(asked_day("today")),
            name.is_not(None),
        )
        .distinct()
        .order_by(name)
    )


def _literal(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
