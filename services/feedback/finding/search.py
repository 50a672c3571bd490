"""Searches the visible cases by words in any form, or by a piece of the reference."""

import re
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.paging import Key, page
from services.feedback.access import sees_all, visible_to
from services.feedback.cases.model import Case
from services.feedback.finding.lemmas import Lemmas, words_of
from services.feedback.finding.model import CaseWords
from services.feedback.finding.repository import Filter, narrowed

MOST_WORDS = 8
FEW = 1000
"""So many cases are sorted sooner than found by going back from the newest."""
_REFERENCE = re.compile(r"^(p-?)?\d[\d-]{2,}$", re.IGNORECASE)


def find(
    session: Session,
    actor: Actor,
    wanted: Filter,
    words: str,
    lemmas: Lemmas,
    *,
    now: datetime,
    limit: int,
    cursor: str | None = None,
) -> tuple[list[Case], str | None]:
    """Return a page of visible cases that hold every word, the newest first; no words find none."""
    keys: list[Key]
    statement = narrowed(visible_to(actor), wanted, now)
    text = words.strip()
    if _REFERENCE.match(text):
        # The reference itself stands on the case at once; pieces of it are found once it is indexed.
        piece = f"%{text.upper()}%"
        found = sa.union(
            sa.select(col(CaseWords.case_id)).where(col(CaseWords.reference).like(piece)),
            sa.select(col(Case.id)).where(col(Case.reference) == text.upper()),
        )
        statement = statement.where(col(Case.id).in_(found.subquery().select()))
        columns = sa.inspect(Case).columns
        keys = [(columns.received_at, "desc"), (columns.id, "desc")]
    else:
        query = query_of(text, lemmas)
        if query is None:
            return [], None
        holders, few = _holders(session, query)
        statement = statement.join(holders, holders.c.case_id == col(Case.id))
        if few or not _of_sites_only(actor):
            keys = [(holders.c.received_at, "desc"), (holders.c.case_id, "desc")]
        else:  # back from the newest of the site: its cases are fewer than the word's
            columns = sa.inspect(Case).columns
            keys = [(columns.received_at, "desc"), (columns.id, "desc")]
    return page(session, statement, keys=keys, limit=limit, cursor=cursor)


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


def query_of(text: str, lemmas: Lemmas) -> str | None:
    """Return a tsquery: each word in its basic form, or as the beginning of a word; None without words.

    Words hold letters, digits and underscores only, so nothing in them can end the quotes.
    """
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not words:
        return None
    return " & ".join(f"('{lemmas.of_word(word)}' | '{word}':*)" for word in words)
