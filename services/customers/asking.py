"""Statements that are made once, and what comes with each question.

To make one anew each time costs more than to ask it. A rule of who sees what is written for a `Who`: an actor
at hand, or `Anybody`, in whose place the ids of who asks (`ids_of`) come with the question. `among` and
`some` are the conditions for ids of either sort.

Asked by the session's connection (``session.connection().execute``) a statement goes past the mapper, and so
past its flush: who changed rows in this session flushes them first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from chassis.actors import Actor

Value = TypeVar("Value")
AskedIds = sa.BindParameter[Sequence[UUID]]
Ids = Collection[UUID] | AskedIds
AskedId = sa.BindParameter[UUID]
AskedDay = sa.BindParameter[date]


def asked_ids(name: str) -> AskedIds:
    """Return the place of ids that come with each question."""
    return sa.bindparam(name, type_=pg.ARRAY(sa.Uuid))


def asked_id(name: str) -> AskedId:
    """Return the place of an id that comes with each question."""
    return sa.bindparam(name, type_=sa.Uuid)


def asked_day(name: str) -> AskedDay:
    """Return the place of a day that comes with each question."""
    return sa.bindparam(name, type_=sa.Date)


def among(column: sa.SQLColumnExpression[Value], ids: Ids) -> sa.ColumnElement[bool]:
    """Return the condition that a column holds one of the ids, those at hand or those that will be asked."""
    return column == sa.any_(ids) if isinstance(ids, sa.BindParameter) else column.in_(ids)


def some(ids: Ids) -> sa.ColumnElement[bool]:
    """Return the condition that there are ids at all."""
    if isinstance(ids, sa.BindParameter):
        return sa.func.cardinality(ids) > 0
    return sa.true() if ids else sa.false()


class Who(Protocol):
    """Who sees something: an actor, or anybody who will ask."""

    @property
    def everything(self) -> bool: ...
    @property
    def customer_ids(self) -> Ids: ...
    @property
    def site_ids(self) -> Ids: ...
    @property
    def site_customer_ids(self) -> Ids: ...
    @property
    def producer_ids(self) -> Ids: ...


@dataclass(frozen=True)
class Anybody:
    """Stands for whoever asks; `ids_of` the actor come with each question."""

    everything: bool
    customer_ids: AskedIds = field(default_factory=lambda: asked_ids("customer_ids"))
    site_ids: AskedIds = field(default_factory=lambda: asked_ids("site_ids"))
    site_customer_ids: AskedIds = field(default_factory=lambda: asked_ids("site_customer_ids"))
    producer_ids: AskedIds = field(default_factory=lambda: asked_ids("producer_ids"))


def ids_of(actor: Actor) -> Mapping[str, list[UUID]]:
    """Return what an actor is to a statement made for `Anybody`."""
    if actor.everything:
        return {}
    return {
        "customer_ids": list(actor.customer_ids),
        "site_ids": list(actor.site_ids),
        "site_customer_ids": list(actor.site_customer_ids),
        "producer_ids": list(actor.producer_ids),
    }
