"""Routes of customers."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.paging import Cursor, Limit, Page
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.dependencies import Add, Change, Words, tagged
from services.customers.registry.customers import account_managers, usecases
from services.customers.registry.customers.schemas import (
    AccountManagerInput,
    CustomerEdit,
    CustomerInput,
    CustomerView,
)
from services.customers.vocabulary import CustomerKind

router = ServiceRouter(prefix="/v1/customers", tags=["customers"])


@router.get(
    "",
    summary="List customers",
    description="Ordering customers by name: the own ones; for the own staff all. `q` finds name and number.",
    responses=openapi_problems(401, 422),
)
def list_customers(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    department_id: Annotated[UUID | None, Query(description="Only customers of this department.")] = None,
    kind: Annotated[CustomerKind | None, Query(description="Only internal or only external ones.")] = None,
    q: Words = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[CustomerView]:
    return usecases.list_customers(
        session, actor, department_id=department_id, kind=kind, q=q, now=now, limit=limit, cursor=cursor
    )


@router.post(
    "",
    summary="Add a customer",
    description="For administrators and account managers. Without a number the next free one is taken.",
    status_code=201,
    response_model=CustomerView,
    responses=openapi_problems(400, 401, 403, 422),
)
def add_customer(given: CustomerInput, add: Add) -> Response:
    return add.answer(lambda: usecases.add_customer(add.by, given))


@router.get(
    "/{customer_id}",
    summary="Read a customer",
    description="One customer with its place in the city, its account manager and its number of sites.",
    responses=openapi_problems(401, 404, 422),
)
def read_customer(
    customer_id: UUID, session: Transaction, actor: CurrentActor, now: Now, response: Response
) -> CustomerView:
    return tagged(response, usecases.read_customer(session, actor, customer_id, now))


@router.put(
    "/{customer_id}",
    summary="Change a customer",
    description="For administrators and account managers.",
    responses=openapi_problems(400, 401, 403, 404, 412, 422, 428),
)
def edit_customer(customer_id: UUID, given: CustomerEdit, change: Change) -> CustomerView:
    return change.answer(usecases.edit_customer(change.by, customer_id, given))


@router.put(
    "/{customer_id}/account-manager",
    summary="Name the account manager",
    description="From today on; who it was before answers until yesterday. For administrators, management.",
    responses=openapi_problems(400, 401, 403, 404, 412, 422, 428),
)
def name_account_manager(customer_id: UUID, given: AccountManagerInput, change: Change) -> CustomerView:
    return change.answer(account_managers.name_account_manager(change.by, customer_id, given))
