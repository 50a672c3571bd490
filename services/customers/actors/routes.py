"""Routes by which the gateway learns what a signed-in person sees."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from chassis.callers import requires_scope
from chassis.clock import Now
from chassis.database import Transaction
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.access import RESOLVE_ACTORS
from services.customers.actors import usecases
from services.customers.actors.schemas import ActorView

router = ServiceRouter(
    prefix="/v1/actors", tags=["actors"], dependencies=[Depends(requires_scope(RESOLVE_ACTORS))]
)
Username = Annotated[str, Path(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]


@router.get(
    "/{person_id}",
    summary="Resolve a person",
    description="Roles, visible customers, sites and producers, and scopes, by today's assignments. "
    "Scope `actors:resolve`, the gateway's alone.",
    responses=openapi_problems(401, 403, 404, 422),
)
def resolve(person_id: UUID, session: Transaction, now: Now) -> ActorView:
    return usecases.resolve(session, person_id, now)


@router.get(
    "/by-username/{username}",
    summary="Resolve a username",
    description="As by the person's id. Scope `actors:resolve`, the gateway's alone.",
    responses=openapi_problems(401, 403, 404, 422),
)
def resolve_username(username: Username, session: Transaction, now: Now) -> ActorView:
    return usecases.resolve_username(session, username, now)
