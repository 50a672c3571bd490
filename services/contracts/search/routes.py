"""The route that finds contracts and milestones; the gateway merges it with the other services' answers."""

import re
from typing import Annotated, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import Query
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.languages import Language
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from chassis.schemas import Day, View
from services.contracts.agreements.model import Contract
from services.contracts.agreements.repository import matches, visible_contracts
from services.contracts.clock.repository import search_milestones
from services.contracts.clock.rules import Status
from services.contracts.copies.repository import customer_names
from services.contracts.dependencies import Speaking
from trade.days import day_of

router = ServiceRouter(prefix="/v1", tags=["search"])
SURE, LIKELY, POSSIBLE = 1.0, 0.6, 0.4
_REFERENCE = re.compile(r"s-?(?P<year>\d{4})-(?P<number>\d{1,6})", re.IGNORECASE)


class Hit(View):
    """Something found; a higher score is nearer, 1 at most."""

    kind: Literal["contract", "milestone"]
    id: UUID
    title: str
    subtitle: str
    score: float
    exact: bool = False
    """The asked is its reference, so that there is no other to choose from."""
    state: Status | None = None
    """How a milestone stands."""
    day: Day | None = None
    """The day a milestone is due."""


class Hits(View):
    """What was found, the nearest first."""

    items: list[Hit]


def reference_in(words: str) -> str | None:
    """Return the whole reference that the words are (``s-2026-12`` is ``S-2026-012``), or None."""
    named = _REFERENCE.fullmatch(words)
    return f"S-{named['year']}-{int(named['number']):03}" if named else None


def _contracts(session: Session, actor: Actor, words: str, limit: int) -> list[Hit]:
    named = reference_in(words)
    statement = sa.select(Contract).where(visible_contracts(actor), matches(named or words))
    found = list(session.scalars(statement.order_by(col(Contract.reference).desc()).limit(limit)))
    names = customer_names(session, {each.customer_id for each in found})
    return [
        Hit(
            kind="contract",
            id=each.id,
            title=each.reference,
            subtitle=names.get(each.customer_id, ""),
            score=SURE if words.lower() in each.reference.lower() else LIKELY,
            exact=each.reference == named,
        )
        for each in found
    ]


def _milestones(
    session: Session, actor: Actor, words: str, year: int, limit: int, language: Language
) -> list[Hit]:
    found = search_milestones(session, actor, words, year, limit)
    names = customer_names(session, {each.customer_id for each in found})
    return [
        Hit(
            kind="milestone",
            id=each.id,
            title=each.words(language)[0],
            subtitle=names.get(each.customer_id, ""),
            score=POSSIBLE,
            state=each.status,
            day=each.due,
        )
        for each in found
    ]


@router.get("/search", summary="Find contracts and milestones", responses=openapi_problems(401, 422))
def search(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=100,
            pattern=r"^[^\x00]*$",
            description="Words or a reference.",
            examples=["S-2026"],
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=200, description="Results at most.")] = 10,
) -> Hits:
    """Contracts by reference and customer, this year's milestones by topic; only what the actor may read."""
    words = q.strip()
    if not words:
        return Hits(items=[])
    hits = _contracts(session, actor, words, limit)
    hits += _milestones(session, actor, words, day_of(now).year, limit, language)
    return Hits(items=sorted(hits, key=lambda hit: -hit.score)[:limit])
