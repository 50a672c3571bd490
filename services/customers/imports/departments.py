"""Departments and customer groups from a file: one row a group; groups that the file does not name stay."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.customers.imports.outcome import Once, Outcome
from services.customers.imports.sheet import Row, Sheet
from services.customers.registry.departments.usecases import publish_department
from services.customers.registry.model import CustomerGroup, Department
from services.customers.registry.repository import groups_of
from services.customers.storing import store, touch

COLUMNS = ("code", "name", "customer_group", "end_customers")


def bring(session: Session, sheet: Sheet, now: datetime) -> Outcome:
    """Add and update departments by their code, groups by their name within the department."""
    outcome = Outcome()
    once = Once()
    by_code: dict[str, list[Row]] = {}
    for row in sheet.rows:
        code = row.formed("code", r"[A-Za-z0-9][A-Za-z0-9_.-]*", "SIKU", limit=40)
        name = row.needed("name")
        first = by_code.setdefault(code, [row])[0]
        if first is not row:
            by_code[code].append(row)
            if first.text("name") != name:
                row.fault("name", "differs_from_above", row=first.number)
        once.first(row, (code, row.text("customer_group")), "customer_group")
        if row.text("customer_group"):
            row.needed("end_customers")
    if sheet.faults:
        return outcome
    known = {each.code: each for each in session.scalars(select(Department))}
    for code, rows in by_code.items():
        department = known.get(code)
        _bring_one(session, department or Department.blank(now), rows, outcome, now, new=department is None)
    return outcome


def _bring_one(
    session: Session, department: Department, rows: list[Row], outcome: Outcome, now: datetime, *, new: bool
) -> None:
    department.describe(code=rows[0].needed("code"), name=rows[0].needed("name"))
    kept = groups_of(session, [department.id]).get(department.id, [])
    groups = {each.name: each for each in kept}
    added: list[CustomerGroup] = []
    changed = False
    for row in rows:
        name = row.text("customer_group")
        if name is None:
            continue
        group = groups.get(name)
        if group is None:
            position = len(kept) + len(added)
            group = CustomerGroup(department_id=department.id, name=name, end_customers="", position=position)
            added.append(group)
        group.end_customers = row.needed("end_customers")
        changed = changed or session.is_modified(group)
    if outcome.count(session, department, new=new, more=bool(added) or changed):
        touch(department, now)
        session.add(department)
        store(session, {})
        session.add_all(added)
        publish_department(session, department)
