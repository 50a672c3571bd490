"""What can be done with departments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.errors import FieldError, InvalidInput
from chassis.keyset import page
from chassis.paging import Page
from services.customers.access import Right, demand
from services.customers.editing import Editor
from services.customers.errors import CustomerGroupInUse
from services.customers.events import publish
from services.customers.listing import by_name, one_of
from services.customers.registry import repository
from services.customers.registry.departments.schemas import (
    CustomerGroupInput,
    CustomerGroupView,
    DepartmentInput,
    DepartmentView,
)
from services.customers.registry.model import CustomerGroup, Department
from services.customers.registry.visibility import visible_departments
from services.customers.storing import store, touch

TAKEN = {"department_code_key": "#/code", "customer_group_once": "#/customer_groups"}


def list_departments(
    session: Session, actor: Actor, *, limit: int, cursor: str | None
) -> Page[DepartmentView]:
    """Return the visible departments by name."""
    rows, following = page(
        session, visible_departments(actor), keys=by_name(Department), limit=limit, cursor=cursor
    )
    return Page(items=views(session, rows), next=following)


def read_department(session: Session, actor: Actor, department_id: UUID) -> DepartmentView:
    """Return one department.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    return views(session, [_visible(session, actor, department_id)])[0]


def add_department(by: Editor, given: DepartmentInput) -> DepartmentView:
    """Add a department with its groups; tells it by an event.

    Raises:
        Forbidden: the actor may not.
        InvalidInput: the code is taken, or a group is there twice.
    """
    demand(by.actor, Right.EDIT_DEPARTMENTS)
    return _take(by.session, Department.blank(by.now), given, by.now)


def edit_department(by: Editor, department_id: UUID, given: DepartmentInput) -> DepartmentView:
    """Change a department and its groups; tells it by an event.

    Raises:
        NotFound, Forbidden, Stale, InvalidInput: as elsewhere.
        CustomerGroupInUse: a group that is left out still has customers.
    """
    department = _visible(by.session, by.actor, department_id)
    by.demand(Right.EDIT_DEPARTMENTS, department)
    return _take(by.session, department, given, by.now)


def publish_department(session: Session, department: Department) -> DepartmentView:
    """Store what changed of a department, tell it by an event and return the new state."""
    store(session, TAKEN)
    state = views(session, [department])[0]
    publish(session, state)
    return state


def views(session: Session, departments: Sequence[Department]) -> list[DepartmentView]:
    """Return departments as shown."""
    groups = repository.groups_of(session, [each.id for each in departments])
    return [
        DepartmentView(
            id=each.id,
            code=each.code,
            name=each.name,
            customer_groups=[CustomerGroupView.model_validate(group) for group in groups.get(each.id, [])],
            version=each.version,
        )
        for each in departments
    ]


def _visible(session: Session, actor: Actor, department_id: UUID) -> Department:
    return one_of(session, visible_departments(actor), department_id)


def _take(session: Session, department: Department, given: DepartmentInput, now: datetime) -> DepartmentView:
    kept = repository.groups_of(session, [department.id]).get(department.id, [])
    matched = _match(kept, given.customer_groups)
    for group in kept:
        if group not in matched:
            if repository.has_customers(session, group.id):
                raise CustomerGroupInUse(name=group.name)
            session.delete(group)
    department.describe(code=given.code, name=given.name)
    touch(department, now)
    session.add(department)
    store(session, TAKEN)
    for position, (wanted, match) in enumerate(zip(given.customer_groups, matched, strict=True)):
        group = match or CustomerGroup(department_id=department.id, name="", end_customers="")
        group.name = wanted.name
        group.end_customers = wanted.end_customers
        group.position = position
        session.add(group)
    return publish_department(session, department)


def _match(kept: Sequence[CustomerGroup], given: Sequence[CustomerGroupInput]) -> list[CustomerGroup | None]:
    """Return the existing group of each wanted one: by id, else by name; None for a new one."""
    by_id = {group.id: group for group in kept}
    by_group_name = {group.name: group for group in kept}
    errors: list[FieldError] = []
    matched: list[CustomerGroup | None] = []
    names: set[str] = set()
    for index, wanted in enumerate(given):
        at = f"#/customer_groups/{index}"
        if wanted.id is not None and wanted.id not in by_id:
            errors.append(FieldError(f"{at}/id", "unknown_reference"))
        match = by_id.get(wanted.id) if wanted.id else by_group_name.get(wanted.name)
        if wanted.name in names or (match is not None and match in matched):
            errors.append(FieldError(at, "twice"))
        names.add(wanted.name)
        matched.append(match)
    if errors:
        raise InvalidInput(errors)
    return matched
