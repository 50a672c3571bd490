"""Queries of the registry beside the visible lists: names, groups, counts, services, the highest number."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.customers.asking import among, asked_ids
from services.customers.registry.model import (
    Customer,
    CustomerGroup,
    Department,
    Producer,
    Site,
    SiteService,
)
from services.customers.registry.visibility import visible_sites


def groups_of(session: Session, departments: Collection[UUID]) -> dict[UUID, list[CustomerGroup]]:
    """Return each department's customer groups in their order."""
    found: dict[UUID, list[CustomerGroup]] = defaultdict(list)
    statement = (
        select(CustomerGroup)
        .where(col(CustomerGroup.department_id).in_(departments))
        .order_by(col(CustomerGroup.position), col(CustomerGroup.name))
    )
    for group in session.scalars(statement):
        found[group.department_id].append(group)
    return found


def group(session: Session, group_id: UUID) -> CustomerGroup | None:
    """Return a customer group."""
    return session.get(CustomerGroup, group_id)


def groups_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, CustomerGroup]:
    """Return the customer groups among the ids."""
    statement = select(CustomerGroup).where(col(CustomerGroup.id).in_(ids))
    return {each.id: each for each in session.scalars(statement)}


def has_customers(session: Session, group_id: UUID) -> bool:
    """Tell whether a customer group still has customers."""
    return session.scalars(
        select(col(Customer.id)).where(col(Customer.customer_group_id) == group_id).limit(1)
    ).first() is not None  # fmt: skip


def departments_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Department]:
    """Return the departments among the ids."""
    return {each.id: each for each in session.scalars(select(Department).where(col(Department.id).in_(ids)))}


def customers_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Customer]:
    """Return the customers among the ids."""
    return {each.id: each for each in session.scalars(select(Customer).where(col(Customer.id).in_(ids)))}


def producers_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Producer]:
    """Return the producers among the ids."""
    return {each.id: each for each in session.scalars(select(Producer).where(col(Producer.id).in_(ids)))}


def site_counts(session: Session, actor: Actor, customers: Collection[UUID]) -> dict[UUID, int]:
    """Return how many sites of each customer the actor sees."""
    statement = (
        visible_sites(actor)
        .where(col(Site.customer_id).in_(customers))
        .with_only_columns(col(Site.customer_id), sa.func.count())
        .group_by(col(Site.customer_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def services_of(session: Session, sites: Collection[UUID]) -> dict[UUID, list[tuple[SiteService, Producer]]]:
    """Return each site's services with their producers."""
    found: dict[UUID, list[tuple[SiteService, Producer]]] = defaultdict(list)
    statement = (
        select(SiteService, Producer)
        .join(Producer, col(Producer.id) == col(SiteService.producer_id))
        .where(col(SiteService.site_id).in_(sites))
        .order_by(col(SiteService.service))
    )
    for service, producer in session.execute(statement):
        found[service.site_id].append((service, producer))
    return found


_SERVICES: sa.Select[*tuple[Any, ...]] = (  # Any: columns of several types
    select(
        col(SiteService.site_id),
        col(SiteService.service),
        col(SiteService.standard),
        col(SiteService.producer_id),
        col(Producer.name).label("producer_name"),
        col(Producer.own),
    )
    .join(Producer, col(Producer.id) == col(SiteService.producer_id))
    .where(among(col(SiteService.site_id), asked_ids("sites")))
    .order_by(col(SiteService.service))
)
_CUSTOMER_NAMES = select(col(Customer.id), col(Customer.name)).where(
    among(col(Customer.id), asked_ids("customers"))
)


def services_at(session: Session, sites: Sequence[UUID]) -> dict[UUID, list[sa.Row[*tuple[Any, ...]]]]:
    """Return each site's services with who produces them, to be shown."""
    found: dict[UUID, list[sa.Row[*tuple[Any, ...]]]] = defaultdict(list)  # Any: columns of several types
    for row in session.connection().execute(_SERVICES, {"sites": sites}):
        found[row.site_id].append(row)
    return found


def customer_names(session: Session, customers: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of customers by their ids."""
    asked = {"customers": list(customers)}
    return {row.id: row.name for row in session.connection().execute(_CUSTOMER_NAMES, asked)}


def highest_number(session: Session, table: type[Customer] | type[Site]) -> int | None:
    """Return the highest number in use; whoever asks next waits until this transaction has ended."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"number:{table.__tablename__}", 0))
    session.execute(sa.select(lock))
    digits = sa.func.substring(col(table.number), 3).cast(sa.Integer())
    return session.scalar(sa.select(sa.func.max(digits, type_=sa.Integer())))
