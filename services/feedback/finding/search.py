"""Searches the visible cases by words in any form, or by the reference, whole or in pieces."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.keyset import Key, page
from services.feedback.access import sees_all, visible_to
from services.feedback.cases.model import Case
from services.feedback.cases.vocabulary import State
from services.feedback.finding.model import CaseWords
from services.feedback.finding.readings import Readings, asked, words_of
from services.feedback.finding.repository import Filter, narrowed

MOST_WORDS = 8
FEW = 1000
"""So many cases are sorted sooner than found by going back from the newest."""
ANALYSER_SECONDS = 0.7
"""A search waits so long for words that nobody wrote or searched before."""
_REFERENCE = re.compile(r"^(p-?)?\d[\d-]{2,}$", re.IGNORECASE)
_SHORT_REFERENCE = re.compile(r"^p-?(?P<year>\d{4})-(?P<number>\d{1,5})$", re.IGNORECASE)


@dataclass(frozen=True)
class Brief:
    """A case as a list of hits tells it."""

    id: UUID
    reference: str
    subject: str
    site_id: UUID
    state: State
    received_at: datetime


def find(
    session: Session,
    actor: Actor,
    wanted: Filter,
    words: str,
    readings: Readings,
    *,
    now: datetime,
    limit: int,
    cursor: str | None = None,
) -> tuple[list[Case], str | None]:
    """Return a page of visible cases that hold every word, the newest first; no words find none."""
    looked_for = matching(session, actor, wanted, words, readings, now)
    if looked_for is None:
        return [], None
    statement, keys = looked_for
    return page(session, statement, keys=keys, limit=limit, cursor=cursor)


def find_briefly(
    session: Session, actor: Actor, words: str, readings: Readings, *, now: datetime, limit: int
) -> list[Brief]:
    """Return the first of the cases that `find` finds, without all that a case holds."""
    looked_for = matching(session, actor, Filter(), words, readings, now)
    if looked_for is None:
        return []
    statement, keys = looked_for
    told = statement.with_only_columns(
        col(Case.id),
        col(Case.reference),
        col(Case.subject),
        col(Case.site_id),
        col(Case.state),
        col(Case.received_at),
    )
    newest_first = told.order_by(*(column.desc() for column, _ in keys)).limit(limit)
    return [Brief(*row) for row in session.execute(newest_first)]


def matching(
    session: Session, actor: Actor, wanted: Filter, words: str, readings: Readings, now: datetime
) -> tuple[sa.Select[Case], list[Key]] | None:
    """Return what finds the cases, and their order, the newest first; None when there are no words."""
    statement = narrowed(visible_to(actor), wanted, now)
    columns = sa.inspect(Case).columns
    text = words.strip()
    if _REFERENCE.match(text):
        # The reference itself stands on the case at once; pieces of it are found once it is indexed.
        whole = reference_in(text)
        named = col(Case.reference) == whole
        if not _exists(session, statement.where(named)):
            piece = sa.select(col(CaseWords.case_id)).where(
                col(CaseWords.reference).like(f"%{text.upper()}%")
            )
            named = col(Case.id).in_(piece)
        return statement.where(named), [(columns.received_at, "desc"), (columns.id, "desc")]
    query = query_of(session, text, readings)
    if query is None:
        return None
    holders, few = _holders(session, _within(actor, query))
    statement = statement.join(holders, holders.c.case_id == col(Case.id))
    if few or not _of_sites_only(actor):
        return statement, [(holders.c.received_at, "desc"), (holders.c.case_id, "desc")]
    # Back from the newest of the site: its cases are fewer than the word's.
    return statement, [(columns.received_at, "desc"), (columns.id, "desc")]


def reference_in(text: str) -> str:
    """Return the reference as it is written in full: ``p-2026-1474`` is ``P-2026-001474``."""
    short = _SHORT_REFERENCE.match(text)
    return f"P-{short['year']}-{short['number']:>06}" if short else text.upper()


def _exists(session: Session, statement: sa.Select[Case]) -> bool:
    return session.scalars(sa.select(statement.with_only_columns(sa.literal(1)).exists())).one()


def _of_sites_only(actor: Actor) -> bool:
    return not (sees_all(actor) or actor.customer_ids or actor.producer_ids)


def _holders(session: Session, query: str) -> tuple[sa.Subquery, bool]:
    """Return ids and times of what holds the words, and whether they are few.

    A word that many wrote is met at once by going back from the newest case. One that few wrote must be
    looked up in its own index, and the planner knows too little of beginnings of words to see which it is:
    it would read a million cases for a word that nobody wrote. So we look, up to `FEW`.
    """
    holds = col(CaseWords.document).op("@@")(sa.cast(query, TSQUERY))
    some = sa.select(sa.literal(1)).where(holds).limit(FEW + 1).subquery()
    chosen = sa.select(col(CaseWords.case_id), col(CaseWords.received_at)).where(holds)
    few = session.scalars(sa.select(sa.func.count()).select_from(some)).one() <= FEW
    if few:
        chosen = chosen.limit(2 * FEW)  # cuts nothing off, but makes the planner take these first
    return chosen.subquery(), few


def _within(actor: Actor, query: str) -> str:
    """Narrow a query to what the reader may see, so that the index leaves the rest alone."""
    if sees_all(actor):
        return query
    scopes = sorted(
        f"'{kind}/{each}'"
        for kind, ids in (
            ("site", actor.site_ids),
            ("customer", actor.customer_ids),
            ("producer", actor.producer_ids),
        )
        for each in ids
    )
    return f"({query}) & ({' | '.join(scopes)})" if scopes else query


def query_of(session: Session, text: str, readings: Readings) -> str | None:
    """Return a tsquery: each word in any of its readings, or as the beginning of a word; None without words.

    Words hold letters, digits and underscores only and readings no quotes, so nothing can end the quotes.
    """
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not words:
        return None
    analyses = readings.read(session, words, within=ANALYSER_SECONDS)
    return " & ".join(
        "(" + " | ".join([f"'{word}':*", *(f"'{each}'" for each in asked(word, analyses[word]))]) + ")"
        for word in words
    )
