"""Routes of departments."""

from uuid import UUID

from fastapi import Response

from chassis.callers import CurrentActor
from chassis.database import Transaction
from chassis.paging import Cursor, Limit, Page
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.dependencies import Add, Change, tagged
from services.customers.registry.departments import usecases
from services.customers.registry.departments.schemas import DepartmentInput, DepartmentView

router = ServiceRouter(prefix="/v1/departments", tags=["departments"])


@router.get(
    "",
    summary="List departments",
    description="Departments with their customer groups, by name: those of the customers you see.",
    responses=openapi_problems(401, 422),
)
def list_departments(
    session: Transaction, actor: CurrentActor, limit: Limit = 50, cursor: Cursor = None
) -> Page[DepartmentView]:
    return usecases.list_departments(session, actor, limit=limit, cursor=cursor)


@router.post(
    "",
    summary="Add a department",
    description="For administrators.",
    status_code=201,
    response_model=DepartmentView,
    responses=openapi_problems(400, 401, 403, 422),
)
def add_department(given: DepartmentInput, add: Add) -> Response:
    return add.answer(lambda: usecases.add_department(add.by, given))


@router.get(
    "/{department_id}",
    summary="Read a department",
    description="One department with its customer groups.",
    responses=openapi_problems(401, 404, 422),
)
def read_department(
    department_id: UUID, session: Transaction, actor: CurrentActor, response: Response
) -> DepartmentView:
    return tagged(response, usecases.read_department(session, actor, department_id))


@router.put(
    "/{department_id}",
    summary="Change a department",
    description="Replaces the department and its groups. A group that still has customers must stay.",
    responses=openapi_problems(400, 401, 403, 404, 409, 412, 422, 428),
)
def edit_department(department_id: UUID, given: DepartmentInput, change: Change) -> DepartmentView:
    return change.answer(usecases.edit_department(change.by, department_id, given))
