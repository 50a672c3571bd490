"""Customers from a file, by their number."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.customers.imports.outcome import Once, Outcome
from services.customers.imports.sheet import Row, Sheet
from services.customers.registry.customers.usecases import publish_customers
from services.customers.registry.model import Customer, CustomerGroup, Department
from services.customers.registry.rules import flaws_of_customer, is_business_id
from services.customers.storing import touch
from services.customers.vocabulary import CustomerKind

COLUMNS = (
    "number",
    "name",
    "kind",
    "department",
    "customer_group",
    "business_id",
    "billing_reference",
    "partnership_note",
)


def bring(session: Session, sheet: Sheet, now: datetime) -> Outcome:
    """Add and update customers; ``department`` is a code, ``customer_group`` a name within it."""
    outcome = Outcome()
    once = Once()
    departments = {each.code: each for each in session.scalars(select(Department))}
    groups = {(each.department_id, each.name): each for each in session.scalars(select(CustomerGroup))}
    known = {each.number: each for each in session.scalars(select(Customer))}
    changed: list[Customer] = []
    for row in sheet.rows:
        number = row.formed("number", r"A-[0-9]{1,9}", "A-001")
        once.first(row, number, "number")
        name = row.needed("name")
        kind = row.chosen("kind", CustomerKind)
        department = row.reference("department", departments)
        group_name = row.text("customer_group")
        group = groups.get((department.id, group_name)) if department and group_name else None
        business_id = business_id_of(row)
        billing_reference = row.text("billing_reference")
        partnership_note = row.text("partnership_note", limit=4000)
        if group_name and department and group is None:
            row.fault("customer_group", "not_found", value=group_name)
        if not row.faults:
            _check(row, kind, department, group)
        if row.faults:
            continue
        customer = known.get(number)
        new = customer is None
        customer = customer or Customer.blank(number, now)
        customer.describe(
            name=name,
            kind=kind,
            department_id=department.id if department else None,
            customer_group_id=group.id if group else None,
            business_id=business_id,
            billing_reference=billing_reference,
            partnership_note=partnership_note,
        )
        if outcome.count(session, customer, new=new):
            touch(customer, now)
            changed.append(customer)
    session.add_all(changed)
    publish_customers(session, changed, now)
    return outcome


def business_id_of(row: Row) -> str | None:
    """Return the row's business id, checked."""
    value = row.text("business_id")
    if value is not None and not is_business_id(value):
        row.fault("business_id", "business_id", value=value)
    return value


def _check(row: Row, kind: CustomerKind, department: Department | None, group: CustomerGroup | None) -> None:
    flaws = flaws_of_customer(
        kind,
        department.id if department else None,
        group.id if group else None,
        group.department_id if group else None,
    )
    for field, code in flaws:
        row.fault(field.removesuffix("_id"), code)
