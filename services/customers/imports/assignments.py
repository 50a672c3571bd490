"""Assignments from a file: one row a person, role and scope. Assignments that the file does not name stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.customers.imports.outcome import Once, Outcome
from services.customers.imports.sheet import Row, Sheet
from services.customers.people.model import Assignment, Person
from services.customers.people.rules import Scope, flaws_of
from services.customers.people.usecases import publish_people
from services.customers.registry.model import Customer, Department, Producer, Site
from services.customers.storing import touch
from services.customers.vocabulary import Topic
from trade.days import day_of
from trade.vocabulary import Role, Service

COLUMNS = (
    "person",
    "role",
    "department",
    "customer",
    "site",
    "producer",
    "service",
    "topics",
    "stand_in",
    "valid_from",
    "valid_until",
)


@dataclass(frozen=True)
class _Known:
    """What cells may name: people by e-mail and username, places by code, number or name."""

    people: Mapping[str, Person]
    departments: Mapping[str, UUID]
    customers: Mapping[str, UUID]
    sites: Mapping[str, UUID]
    producers: Mapping[str, UUID]


def bring(session: Session, sheet: Sheet, now: datetime) -> Outcome:
    """Add and update assignments; topics stand side by side with commas, days as 2026-01-31."""
    outcome = Outcome()
    once = Once()
    known = _known(session)
    kept = {(each.person_id, each.scope): each for each in session.scalars(select(Assignment))}
    touched: dict[UUID, Person] = {}
    for row in sheet.rows:
        row.needed("person")
        person = row.reference("person", known.people)
        scope = _scope(row, known)
        topics = _topics(row)
        stand_in = row.reference("stand_in", known.people)
        valid_from, valid_until = row.day("valid_from"), row.day("valid_until")
        if person is not None and not row.faults:
            once.first(row, (person.id, scope), "person")
            _check(row, person, scope, stand_in)
        if person is None or row.faults:
            continue
        assignment = kept.get((person.id, scope))
        new = assignment is None
        assignment = assignment or Assignment.of(person.id, scope, valid_from or day_of(now))
        _describe(assignment, topics, stand_in, valid_from, valid_until)
        if valid_until is not None and valid_until < assignment.valid_from:
            row.fault("valid_until", "days_in_order")
        elif outcome.count(session, assignment, new=new):
            session.add(assignment)
            touched[person.id] = person
    if not sheet.faults:
        for person in touched.values():
            touch(person, now)
        publish_people(session, list(touched.values()))
    return outcome


def _known(session: Session) -> _Known:
    people = session.scalars(select(Person)).all()
    named = {each.username: each for each in people if each.username} | {each.email: each for each in people}
    return _Known(
        people=named,
        departments={each.code: each.id for each in session.scalars(select(Department))},
        customers={each.number: each.id for each in session.scalars(select(Customer))},
        sites={each.number: each.id for each in session.scalars(select(Site))},
        producers={each.name: each.id for each in session.scalars(select(Producer))},
    )


def _scope(row: Row, known: _Known) -> Scope:
    return Scope(
        role=row.chosen("role", Role),
        department_id=row.reference("department", known.departments),
        customer_id=row.reference("customer", known.customers),
        site_id=row.reference("site", known.sites),
        producer_id=row.reference("producer", known.producers),
        service=row.choice("service", Service),
    )


def _topics(row: Row) -> list[str]:
    words = [word.strip() for word in (row.text("topics") or "").split(",") if word.strip()]
    choices = [topic.value for topic in Topic]
    for word in words:
        if word not in choices:
            row.fault("topics", "unknown_choice", value=word, choices=", ".join(choices))
    return list(dict.fromkeys(words))


def _check(row: Row, person: Person, scope: Scope, stand_in: Person | None) -> None:
    for flaw in flaws_of(scope):
        row.fault(flaw.field.removesuffix("_id"), flaw.code)
    if stand_in is person:
        row.fault("stand_in", "own_stand_in")


def _describe(
    assignment: Assignment,
    topics: list[str],
    stand_in: Person | None,
    valid_from: date | None,
    valid_until: date | None,
) -> None:
    """Take over what a row says; without a first day the known one stays."""
    assignment.topics = topics
    assignment.stand_in_id = stand_in.id if stand_in is not None else None
    assignment.valid_from = valid_from or assignment.valid_from
    assignment.valid_until = valid_until
