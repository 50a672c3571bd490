"""Routes of sites."""

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
from services.customers.registry.sites import usecases
from services.customers.registry.sites.schemas import SiteEdit, SiteInput, SiteView
from services.customers.vocabulary import SiteKind

router = ServiceRouter(prefix="/v1/sites", tags=["sites"])


@router.get(
    "",
    summary="List sites",
    description="Sites by name: the own ones, those of own customers, those where the own producer produces; "
    "for the own staff all. `q` finds by name, number and address.",
    responses=openapi_problems(401, 422),
)
def list_sites(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    customer_id: Annotated[UUID | None, Query(description="Only sites of this customer.")] = None,
    kind: Annotated[SiteKind | None, Query(description="Only sites of this kind.")] = None,
    producer_id: Annotated[UUID | None, Query(description="Only sites where this producer produces.")] = None,
    q: Words = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[SiteView]:
    return usecases.list_sites(
        session,
        actor,
        customer_id=customer_id,
        kind=kind,
        producer_id=producer_id,
        q=q,
        now=now,
        limit=limit,
        cursor=cursor,
    )


@router.post(
    "",
    summary="Add a site",
    description="For administrators and account managers. Without a number the next free one is taken.",
    status_code=201,
    response_model=SiteView,
    responses=openapi_problems(400, 401, 403, 422),
)
def add_site(given: SiteInput, add: Add) -> Response:
    return add.answer(lambda: usecases.add_site(add.by, given))


@router.get(
    "/{site_id}",
    summary="Read a site",
    description="One site with its services, their producers and standards, and its heads.",
    responses=openapi_problems(401, 404, 422),
)
def read_site(
    site_id: UUID, session: Transaction, actor: CurrentActor, now: Now, response: Response
) -> SiteView:
    return tagged(response, usecases.read_site(session, actor, site_id, now))


@router.put(
    "/{site_id}",
    summary="Change a site",
    description="Replaces the site and its services. For administrators and account managers.",
    responses=openapi_problems(400, 401, 403, 404, 412, 422, 428),
)
def edit_site(site_id: UUID, given: SiteEdit, change: Change) -> SiteView:
    return change.answer(usecases.edit_site(change.by, site_id, given))
