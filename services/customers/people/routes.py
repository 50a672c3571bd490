"""Routes of people."""

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
from services.customers.people import usecases
from services.customers.people.schemas import AbsencesInput, PersonInput, PersonView
from trade.vocabulary import Role

router = ServiceRouter(prefix="/v1/people", tags=["people"])


@router.get(
    "",
    summary="List people",
    description="People by name, for the own staff. `q` finds by name, title and e-mail.",
    responses=openapi_problems(401, 403, 422),
)
def list_people(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    q: Words = None,
    role: Annotated[
        list[Role] | None,
        Query(
            description="Only people who have one of these roles today; repeat to give several.",
            max_length=len(Role),
        ),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[PersonView]:
    return usecases.list_people(session, actor, q=q, roles=role or (), now=now, limit=limit, cursor=cursor)


@router.post(
    "",
    summary="Add a person",
    description="For administrators.",
    status_code=201,
    response_model=PersonView,
    responses=openapi_problems(400, 401, 403, 422),
)
def add_person(given: PersonInput, add: Add) -> Response:
    return add.answer(lambda: usecases.add_person(add.by, given))


@router.get(
    "/{person_id}",
    summary="Read a person",
    description="One person with assignments and absences: oneself, for the own staff anybody.",
    responses=openapi_problems(401, 404, 422),
)
def read_person(person_id: UUID, session: Transaction, actor: CurrentActor, response: Response) -> PersonView:
    return tagged(response, usecases.read_person(session, actor, person_id))


@router.put(
    "/{person_id}",
    summary="Change a person",
    description="Replaces the person and the assignments; absences stay. For administrators.",
    responses=openapi_problems(400, 401, 403, 404, 412, 422, 428),
)
def edit_person(person_id: UUID, given: PersonInput, change: Change) -> PersonView:
    return change.answer(usecases.edit_person(change.by, person_id, given))


@router.put(
    "/{person_id}/absences",
    summary="Record absences",
    description="Replaces the person's absences. For oneself, administrators and service supervisors.",
    responses=openapi_problems(400, 401, 403, 404, 412, 422, 428),
)
def record_absences(person_id: UUID, given: AbsencesInput, change: Change) -> PersonView:
    return change.answer(usecases.record_absences(change.by, person_id, given))
