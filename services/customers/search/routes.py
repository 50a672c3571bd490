"""Route of search."""

from typing import Annotated

from fastapi import Query

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.customers.search import usecases
from services.customers.search.schemas import Hits

router = ServiceRouter(prefix="/v1", tags=["search"])


@router.get(
    "/search",
    summary="Search",
    description="Customers, sites and people that you see, by their words or by likeness, the best first.",
    responses=openapi_problems(401, 422),
)
def search(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    q: Annotated[
        str,
        Query(
            min_length=1, max_length=100, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$", description="Words to find."
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=200, description="How many hits at most, 1–200.")] = 20,
) -> Hits:
    return usecases.search(session, actor, q, limit, now)
