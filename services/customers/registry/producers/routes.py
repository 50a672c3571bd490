"""Routes of producers."""

from uuid import UUID

from fastapi import Response

from chassis.callers import CurrentActor
from chassis.database import Transaction
from chassis.paging import Cursor, Limit, Page
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.dependencies import Add, Change, tagged
from services.customers.registry.producers import usecases
from services.customers.registry.producers.schemas import ProducerInput, ProducerView

router = ServiceRouter(prefix="/v1/producers", tags=["producers"])


@router.get(
    "",
    summary="List producers",
    description="The own enterprise and the outside producers at the sites you see, by name.",
    responses=openapi_problems(401, 422),
)
def list_producers(
    session: Transaction, actor: CurrentActor, limit: Limit = 50, cursor: Cursor = None
) -> Page[ProducerView]:
    return usecases.list_producers(session, actor, limit=limit, cursor=cursor)


@router.post(
    "",
    summary="Add a producer",
    description="For administrators. There is one own enterprise at most.",
    status_code=201,
    response_model=ProducerView,
    responses=openapi_problems(400, 401, 403, 422),
)
def add_producer(given: ProducerInput, add: Add) -> Response:
    return add.answer(lambda: usecases.add_producer(add.by, given))


@router.get(
    "/{producer_id}",
    summary="Read a producer",
    description="One producer.",
    responses=openapi_problems(401, 404, 422),
)
def read_producer(
    producer_id: UUID, session: Transaction, actor: CurrentActor, response: Response
) -> ProducerView:
    return tagged(response, usecases.read_producer(session, actor, producer_id))


@router.put(
    "/{producer_id}",
    summary="Change a producer",
    description="For administrators.",
    responses=openapi_problems(400, 401, 403, 404, 412, 422, 428),
)
def edit_producer(producer_id: UUID, given: ProducerInput, change: Change) -> ProducerView:
    return change.answer(usecases.edit_producer(change.by, producer_id, given))
