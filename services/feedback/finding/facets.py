"""What a list of cases can be narrowed to, and how many cases each choice would leave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.keyset import Key
from services.feedback.access import audience
from services.feedback.cases.model import Case
from services.feedback.finding import repository, search
from services.feedback.finding.readings import Readings
from services.feedback.finding.repository import Filter, Sort
from trade.vocabulary import Service

MOST = 5_000
"""Cases looked at: the first of the list. More would cost as long as there are cases."""
MOST_VALUES = 200
"""Choices of a facet at most, those of most cases."""
Facet = Literal["site", "handler", "producer", "service"]
FACETS: tuple[Facet, ...] = get_args(Facet)
_CASES = sa.inspect(Case).columns
_COLUMNS: Mapping[Facet, sa.Column[Any]] = {  # Any: ids and words
    "site": _CASES.site_id,
    "handler": _CASES.handler_id,
    "producer": _CASES.producer_id,
    "service": _CASES.service,
}
Value = UUID | Service


@dataclass(frozen=True)
class Asked:
    """Which list is broken down, and for whom."""

    actor: Actor
    wanted: Filter
    words: str
    sort: Sort
    now: datetime

    def without(self, facet: Facet) -> "Asked":
        """Return the list as it would be if this facet did not narrow it."""
        return replace(self, wanted=_without(self.wanted, facet))


def _without(wanted: Filter, facet: Facet) -> Filter:
    match facet:
        case "site":
            return replace(wanted, site_id=None)
        case "handler":
            return replace(wanted, handler_id=None)
        case "producer":
            return replace(wanted, producer_id=None)
        case "service":
            return replace(wanted, service=None)


@dataclass
class Breakdown:
    """How many cases the list holds, up to `MOST`, and by facet its values, those of most cases first."""

    cases: int = 0
    more: bool = False
    values: dict[Facet, Sequence[tuple[Value, int]]] = field(default_factory=dict)


def break_down(session: Session, asked: Asked, readings: Readings, by: Collection[Facet]) -> Breakdown:
    """Count the cases of a list, and by each facet as if it did not narrow the list itself."""
    told = Breakdown()
    alike = [facet for facet in by if asked.without(facet) == asked]
    told.cases, told.more = _count(session, asked, readings, alike, told)
    for facet in by:
        if facet not in alike:
            _, more = _count(session, asked.without(facet), readings, [facet], told)
            told.more = told.more or more
    return told


def _count(
    session: Session, asked: Asked, readings: Readings, by: Sequence[Facet], told: Breakdown
) -> tuple[int, bool]:
    """Count one list by several facets at once; return how many cases it has, and whether there are more."""
    chosen = _chosen(session, asked, readings)
    if chosen is None:
        told.values |= dict.fromkeys(by, ())
        return 0, False
    statement, keys = chosen
    order = [key.asc() if direction == "asc" else key.desc() for key, direction in keys]
    looked_at = (
        statement.with_only_columns(
            *(_COLUMNS[facet].label(facet) for facet in by), sa.literal(1).label("one")
        )
        .order_by(*order)
        .limit(MOST + 1)
        .subquery()
    )
    columns = [looked_at.c[facet] for facet in by]
    sets = sa.func.grouping_sets(*columns, sa.text("()"))
    which = sa.func.grouping(*columns) if columns else sa.literal(0)
    counted = session.execute(sa.select(which, sa.func.count(), *columns).group_by(sets)).all()
    everything = 2 ** len(by) - 1
    cases = next(count for grouping, count, *_ in counted if grouping == everything)
    for place, facet in enumerate(by):
        only = everything - 2 ** (len(by) - 1 - place)
        found = [
            (values[place], count)
            for grouping, count, *values in counted
            if grouping == only and values[place] is not None
        ]
        told.values[facet] = sorted(found, key=lambda each: (-each[1], str(each[0])))[:MOST_VALUES]
    return min(cases, MOST), cases > MOST


def _chosen(
    session: Session, asked: Asked, readings: Readings
) -> tuple[sa.Select[Case], Sequence[Key]] | None:
    """Return what selects the list, and its order; None when words find nothing."""
    if asked.words:
        return search.matching(session, asked.actor, asked.wanted, asked.words, readings, asked.now)
    statement = repository.listed(audience(asked.actor), asked.wanted, asked.sort, asked.now)
    return statement, repository.KEYS[asked.sort]
