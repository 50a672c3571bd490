"""Every query of the local copies: names by id or by some words, and the turns of a person's rights."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from services.contracts.copies.model import KnownCustomer, KnownPerson, KnownSite


def customer_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names that are known of the customers."""
    if not ids:
        return {}
    found = sa.select(col(KnownCustomer.id), col(KnownCustomer.name)).where(col(KnownCustomer.id).in_(ids))
    return {row[0]: row[1] for row in session.execute(found)}


def known_customers(session: Session) -> list[UUID]:
    """Return every known customer, by number."""
    return list(session.scalars(sa.select(col(KnownCustomer.id)).order_by(col(KnownCustomer.number))))


def site_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names that are known of the sites."""
    if not ids:
        return {}
    found = sa.select(col(KnownSite.id), col(KnownSite.name)).where(col(KnownSite.id).in_(ids))
    return {row[0]: row[1] for row in session.execute(found)}


def sites_of(session: Session, customer_id: UUID) -> set[UUID]:
    """Return the sites that are known as the customer's."""
    return set(session.scalars(sa.select(col(KnownSite.id)).where(col(KnownSite.customer_id) == customer_id)))


def customer_matches(customer_id: Mapped[UUID], words: str) -> ColumnElement[bool]:
    """Return the condition that the customer's name contains the words."""
    named = sa.select(col(KnownCustomer.id)).where(col(KnownCustomer.name).icontains(words, autoescape=True))
    return customer_id.in_(named)


def rights_turn(session: Session, person_id: UUID | None) -> list[date] | None:
    """Return the days after which the person's rights differ; None when the person is not known here."""
    known = session.get(KnownPerson, person_id) if person_id else None
    return None if known is None else known.last_days
