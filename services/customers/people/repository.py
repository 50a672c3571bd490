"""Every query about people, assignments and absences."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from services.customers.access import Right, may
from services.customers.asking import AskedDay, among, asked_day, asked_ids
from services.customers.names import patterns
from services.customers.people.model import Absence, Assignment, Person
from services.customers.shapes import PersonCard
from trade.vocabulary import Role


def visible_to(actor: Actor) -> Select[Person]:
    """Return the people whose own page the actor sees: all for the own staff, else oneself."""
    everybody = select(Person)
    if may(actor, Right.READ_PEOPLE):
        return everybody
    return everybody.where(col(Person.id) == actor.person_id)


def matching(
    statement: Select[Person], q: str | None, roles: Collection[Role], today: date
) -> Select[Person]:
    """Narrow people to those found by words and, where roles are named, to those who have one today."""
    for pattern in patterns(q or ""):
        statement = statement.where(col(Person.search_text).like(pattern))
    if roles:
        statement = statement.where(
            sa.exists().where(
                col(Assignment.person_id) == col(Person.id), col(Assignment.role).in_(roles), in_force(today)
            )
        )
    return statement


def in_force(today: date | AskedDay) -> sa.ColumnElement[bool]:
    """Return the condition that an assignment holds on the day."""
    until = col(Assignment.valid_until)
    return sa.and_(col(Assignment.valid_from) <= today, sa.or_(until.is_(None), until >= today))


def assignments_of(session: Session, people: Collection[UUID]) -> dict[UUID, list[Assignment]]:
    """Return each person's assignments, in the order they were made."""
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    statement = select(Assignment).where(col(Assignment.person_id).in_(people)).order_by(col(Assignment.id))
    for assignment in session.scalars(statement):
        found[assignment.person_id].append(assignment)
    return found


def absences_of(session: Session, people: Collection[UUID]) -> dict[UUID, list[Absence]]:
    """Return each person's absences by their first day."""
    found: dict[UUID, list[Absence]] = defaultdict(list)
    statement = (
        select(Absence)
        .where(col(Absence.person_id).in_(people))
        .order_by(col(Absence.first_day), col(Absence.id))
    )
    for absence in session.scalars(statement):
        found[absence.person_id].append(absence)
    return found


def people_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Return the people that exist among the ids."""
    if not ids:
        return {}
    return {person.id: person for person in session.scalars(select(Person).where(col(Person.id).in_(ids)))}


def by_username(session: Session, username: str) -> Person | None:
    """Return the person with the username."""
    return session.scalars(select(Person).where(col(Person.username) == username)).one_or_none()


def unknown_places(session: Session, table: str, ids: Collection[UUID]) -> set[UUID]:
    """Return the ids that a table of the registry does not know.

    People know the registry by its table names only, as foreign keys do: the registry depends on people.
    """
    if not ids:
        return set()
    identity = sa.column("id", sa.Uuid)
    known = session.scalars(
        sa.select(identity).select_from(sa.table(table, identity)).where(identity.in_(ids))
    )
    return set(ids) - set(known)


_HEADS = (
    select(col(Assignment.site_id), col(Person.id), col(Person.name), col(Person.phone), col(Person.email))
    .join(Person, col(Person.id) == col(Assignment.person_id))
    .where(
        among(col(Assignment.site_id), asked_ids("sites")),
        col(Assignment.role) == Role.SITE_HEAD,
        in_force(asked_day("today")),
    )
    .order_by(col(Person.sort_name), col(Person.id))
)


def account_managers(session: Session, customers: Collection[UUID], today: date) -> dict[UUID, PersonCard]:
    """Return who answers for each customer today; of several the one named last."""
    statement = (
        select(col(Assignment.customer_id), Person)
        .join(Person, col(Person.id) == col(Assignment.person_id))
        .where(
            col(Assignment.customer_id).in_(customers),
            col(Assignment.role) == Role.ACCOUNT_MANAGER,
            in_force(today),
        )
        .order_by(col(Assignment.valid_from), col(Assignment.id))
    )
    return {customer: card(person) for customer, person in session.execute(statement) if customer is not None}


def heads(session: Session, sites: Sequence[UUID], today: date) -> dict[UUID, list[PersonCard]]:
    """Return the heads of each site today."""
    found: dict[UUID, list[PersonCard]] = defaultdict(list)
    for row in session.connection().execute(_HEADS, {"sites": sites, "today": today}):
        found[row.site_id].append(
            PersonCard(person_id=row.id, name=row.name, phone=row.phone, email=row.email)
        )
    return found


def card(person: Person) -> PersonCard:
    """Return how to reach a person."""
    return PersonCard(person_id=person.id, name=person.name, phone=person.phone, email=person.email)


def assignments_as_account_manager(session: Session, customer_id: UUID) -> list[Assignment]:
    """Return every assignment, past or present, of an account manager to the customer."""
    statement = select(Assignment).where(
        col(Assignment.customer_id) == customer_id, col(Assignment.role) == Role.ACCOUNT_MANAGER
    )
    return list(session.scalars(statement))
