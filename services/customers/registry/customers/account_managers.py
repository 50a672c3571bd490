"""Naming who answers for a customer. The name is kept as that person's assignment, with its stand-in."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.errors import FieldError, InvalidInput
from services.customers.access import Right
from services.customers.editing import Editor
from services.customers.people import repository as people
from services.customers.people.model import Assignment
from services.customers.people.rules import Scope
from services.customers.people.usecases import publish_person
from services.customers.registry.customers.schemas import AccountManagerInput, CustomerView
from services.customers.registry.customers.usecases import publish_customer, views, visible
from services.customers.storing import touch
from trade.days import day_of
from trade.vocabulary import Role


def name_account_manager(by: Editor, customer_id: UUID, given: AccountManagerInput) -> CustomerView:
    """Name a customer's account manager from today on; whoever it was before answers until yesterday.

    Raises:
        NotFound, Forbidden, Stale: as elsewhere.
        InvalidInput: the person or the stand-in is unknown, is no account manager, or is one and the same.
    """
    session, now = by.session, by.now
    customer = visible(session, by.actor, customer_id)
    by.demand(Right.NAME_ACCOUNT_MANAGERS, customer)
    _check(session, given)
    today = day_of(now)
    named: Assignment | None = None
    touched = {given.person_id}
    for assignment in people.assignments_as_account_manager(session, customer_id):
        if assignment.person_id == given.person_id:
            named = assignment
        elif assignment.valid_until is None or assignment.valid_until >= today:
            touched.add(assignment.person_id)
            _end(session, assignment, today - timedelta(days=1))
    if named is None:
        named = Assignment.of(given.person_id, Scope(Role.ACCOUNT_MANAGER, customer_id=customer_id), today)
    elif named.valid_from > today or (named.valid_until is not None and named.valid_until < today):
        named.valid_from = today
    named.valid_until = None
    named.stand_in_id = given.stand_in_id
    session.add(named)
    touch(customer, now)
    publish_customer(session, customer, now)
    for person in people.people_by_id(session, touched).values():
        touch(person, now)
        publish_person(session, person)
    return views(session, by.actor, [customer], now)[0]


def _end(session: Session, assignment: Assignment, last_day: date) -> None:
    """End an assignment; one that had not begun by then never was."""
    if assignment.valid_from > last_day:
        session.delete(assignment)
    else:
        assignment.valid_until = last_day
        session.add(assignment)


def _check(session: Session, given: AccountManagerInput) -> None:
    errors: list[FieldError] = []
    known = people.people_by_id(
        session, [each for each in (given.person_id, given.stand_in_id) if each is not None]
    )
    assignments = people.assignments_of(session, [given.person_id]).get(given.person_id, [])
    if given.person_id not in known:
        errors.append(FieldError("#/person_id", "unknown_reference"))
    elif not any(each.role is Role.ACCOUNT_MANAGER for each in assignments):
        errors.append(FieldError("#/person_id", "not_account_manager"))
    if given.stand_in_id == given.person_id:
        errors.append(FieldError("#/stand_in_id", "own_stand_in"))
    elif given.stand_in_id is not None and given.stand_in_id not in known:
        errors.append(FieldError("#/stand_in_id", "unknown_reference"))
    if errors:
        raise InvalidInput(errors)
