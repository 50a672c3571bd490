"""What can be done with customers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session
from sqlmodel import col

from chassis.actors import Actor
from chassis.errors import FieldError, InvalidInput
from chassis.keyset import page
from chassis.paging import Page
from services.customers.access import Right, demand, sees_terms
from services.customers.editing import Editor
from services.customers.events import publish, publish_all
from services.customers.listing import by_name, one_of
from services.customers.names import patterns
from services.customers.people import repository as people
from services.customers.registry import repository
from services.customers.registry.customers.schemas import (
    CustomerEdit,
    CustomerInput,
    CustomerState,
    CustomerView,
)
from services.customers.registry.model import Customer
from services.customers.registry.rules import flaws_of_customer, is_business_id, number_after
from services.customers.registry.visibility import visible_customers
from services.customers.shapes import Named
from services.customers.storing import by_hundreds, store, touch
from services.customers.vocabulary import CustomerKind
from trade.days import day_of

TAKEN = {"customer_number_key": "#/number"}


def list_customers(
    session: Session,
    actor: Actor,
    *,
    department_id: UUID | None,
    kind: CustomerKind | None,
    q: str | None,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> Page[CustomerView]:
    """Return the visible customers by name."""
    statement = visible_customers(actor)
    if department_id is not None:
        statement = statement.where(col(Customer.department_id) == department_id)
    if kind is not None:
        statement = statement.where(col(Customer.kind) == kind)
    for pattern in patterns(q or ""):
        statement = statement.where(col(Customer.search_text).like(pattern))
    rows, following = page(session, statement, keys=by_name(Customer), limit=limit, cursor=cursor)
    return Page(items=views(session, actor, rows, now), next=following)


def read_customer(session: Session, actor: Actor, customer_id: UUID, now: datetime) -> CustomerView:
    """Return one customer.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    return views(session, actor, [visible(session, actor, customer_id)], now)[0]


def add_customer(by: Editor, given: CustomerInput) -> CustomerView:
    """Add a customer, with the next free number when none is given; tells it by an event.

    Raises:
        Forbidden: the actor may not.
        InvalidInput: the number is taken, or the department, group or business id does not fit.
    """
    demand(by.actor, Right.EDIT_CUSTOMERS)
    number = given.number or number_after("A", 3, repository.highest_number(by.session, Customer))
    customer = Customer.blank(number, by.now)
    return _take(by.session, by.actor, customer, given, by.now)


def edit_customer(by: Editor, customer_id: UUID, given: CustomerEdit) -> CustomerView:
    """Change a customer; tells it by an event.

    Raises:
        NotFound, Forbidden, Stale: as elsewhere.
        InvalidInput: as `add_customer`.
    """
    customer = visible(by.session, by.actor, customer_id)
    by.demand(Right.EDIT_CUSTOMERS, customer)
    return _take(by.session, by.actor, customer, given, by.now)


def publish_customer(session: Session, customer: Customer, now: datetime) -> CustomerState:
    """Store what changed of a customer, tell it by an event and return the new state."""
    store(session, TAKEN)
    state = _states(session, [customer], now)[0]
    publish(session, state)
    return state


def publish_customers(session: Session, customers: Sequence[Customer], now: datetime) -> None:
    """Store what changed of many customers and tell it by their events."""
    store(session, TAKEN)
    for some in by_hundreds(customers):
        publish_all(session, _states(session, some, now))


def visible(session: Session, actor: Actor, customer_id: UUID) -> Customer:
    """Return a customer that the actor sees.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    return one_of(session, visible_customers(actor), customer_id)


def views(session: Session, actor: Actor, customers: Sequence[Customer], now: datetime) -> list[CustomerView]:
    """Return customers as shown to the actor, with four queries however many they are.

    What is agreed about paying is the customer's own and the producer's; a note is the producer's alone.
    """
    ids = [each.id for each in customers]
    departments, groups = _place(session, customers)
    managers = people.account_managers(session, ids, day_of(now))
    counts = repository.site_counts(session, actor, ids)
    return [
        CustomerView(
            id=each.id,
            number=each.number,
            name=each.name,
            kind=each.kind,
            department=departments.get(each.department_id),
            customer_group=groups.get(each.customer_group_id),
            account_manager=managers.get(each.id),
            business_id=each.business_id if sees_terms(actor, each.id) else None,
            billing_reference=each.billing_reference if sees_terms(actor, each.id) else None,
            partnership_note=each.partnership_note if actor.everything else None,
            site_count=counts.get(each.id, 0),
            version=each.version,
        )
        for each in customers
    ]


def _states(session: Session, customers: Sequence[Customer], now: datetime) -> list[CustomerState]:
    departments, groups = _place(session, customers)
    managers = people.account_managers(session, [each.id for each in customers], day_of(now))
    return [
        CustomerState(
            id=each.id,
            number=each.number,
            name=each.name,
            kind=each.kind,
            department=departments.get(each.department_id),
            customer_group=groups.get(each.customer_group_id),
            account_manager_id=managers[each.id].person_id if each.id in managers else None,
            business_id=each.business_id,
            billing_reference=each.billing_reference,
            version=each.version,
        )
        for each in customers
    ]


def _place(
    session: Session, customers: Sequence[Customer]
) -> tuple[dict[UUID | None, Named], dict[UUID | None, Named]]:
    """Return the departments and the groups of customers by id."""
    departments = repository.departments_by_id(
        session, {each.department_id for each in customers if each.department_id}
    )
    groups = repository.groups_by_id(
        session, {each.customer_group_id for each in customers if each.customer_group_id}
    )
    return (
        {key: Named.model_validate(each) for key, each in departments.items()},
        {key: Named.model_validate(each) for key, each in groups.items()},
    )


def _take(
    session: Session, actor: Actor, customer: Customer, given: CustomerEdit, now: datetime
) -> CustomerView:
    _check(session, given)
    customer.describe(
        name=given.name,
        kind=given.kind,
        department_id=given.department_id,
        customer_group_id=given.customer_group_id,
        business_id=given.business_id,
        billing_reference=given.billing_reference,
        partnership_note=given.partnership_note,
    )
    touch(customer, now)
    session.add(customer)
    publish_customer(session, customer, now)
    return views(session, actor, [customer], now)[0]


def _check(session: Session, given: CustomerEdit) -> None:
    errors: list[FieldError] = []
    if given.department_id and given.department_id not in repository.departments_by_id(
        session, [given.department_id]
    ):
        errors.append(FieldError("#/department_id", "unknown_reference"))
    group = repository.group(session, given.customer_group_id) if given.customer_group_id else None
    if given.customer_group_id and group is None:
        errors.append(FieldError("#/customer_group_id", "unknown_reference"))
    elif not errors:
        flaws = flaws_of_customer(
            given.kind, given.department_id, given.customer_group_id, group.department_id if group else None
        )
        errors += [FieldError(f"#/{field}", code) for field, code in flaws]
    if given.business_id is not None and not is_business_id(given.business_id):
        errors.append(FieldError("#/business_id", "business_id"))
    if errors:
        raise InvalidInput(errors)
