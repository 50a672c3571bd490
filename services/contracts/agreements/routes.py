"""Routes of framework agreements: list, make, read; and what is agreed for a site."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.idempotency import OnlyOnce
from chassis.paging import Cursor, Limit, Page
from chassis.preconditions import etag
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.contracts.agreements import repository, usecases, views
from services.contracts.agreements.answers import AgreedView, ContractView
from services.contracts.agreements.dependencies import ContractId
from services.contracts.agreements.schemas import NewContract
from services.contracts.agreements.vocabulary import State
from services.contracts.dependencies import Own, Speaking
from trade.days import day_of

router = ServiceRouter(prefix="/v1", tags=["contracts"])


@router.get("/contracts", summary="List service contracts", responses=openapi_problems(401, 422))
def list_contracts(
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    customer_id: UUID | None = None,
    year: Annotated[
        int | None, Query(ge=2000, le=2199, description="Contracts that have this year.", examples=[2026])
    ] = None,
    state: Annotated[State | None, Query(description="With a year: that year's state.")] = None,
    q: Annotated[
        str | None,
        Query(min_length=1, max_length=100, pattern=r"^[^\x00]*$", description="Reference or customer."),
    ] = None,
    own: Own = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ContractView]:
    """Those the actor may read, by reference. A site's people see their customer's once one is signed.

    Each unsigned year tells the parties what keeps it from being signed.
    """
    today = day_of(now)
    rows, following = repository.list_contracts(
        session,
        actor,
        customer_id=customer_id,
        year=year,
        state=state,
        q=q,
        own=own,
        today=today,
        limit=limit,
        cursor=cursor,
    )
    return Page(items=views.contract_views(session, actor, rows, today, language), next=following)


@router.post(
    "/contracts",
    summary="Make a framework agreement",
    status_code=201,
    response_model=ContractView,
    responses=openapi_problems(401, 403, 422),
)
def make_contract(
    new: NewContract,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    once: OnlyOnce,
) -> Response:
    """Account managers and administrators. The reference, e.g. S-2026-012, is given by the service."""

    def act() -> ContractView:
        contract = usecases.make_contract(session, actor, new, now)
        return views.contract_view(session, actor, contract, day_of(now), language)

    return once(act, status=201)


@router.get("/contracts/{contract_id}", summary="Read a contract", responses=openapi_problems(401, 404, 422))
def read_contract(
    contract_id: ContractId,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    response: Response,
) -> ContractView:
    """A contract with the years that the actor may read, and what the unsigned ones still lack."""
    contract = repository.contract_for(session, actor, contract_id)
    response.headers["ETag"] = etag(contract.version)
    return views.contract_view(session, actor, contract, day_of(now), language)


@router.get(
    "/sites/{site_id}/agreed",
    summary="Read what is agreed for a site today",
    responses=openapi_problems(401, 404, 422),
)
def read_agreed(site_id: UUID, session: Transaction, actor: CurrentActor, now: Now) -> AgreedView:
    """Lines, targets and responsible persons of the contract year in force; 404 when nothing is agreed."""
    agreed = views.agreed_view(session, actor, site_id, day_of(now))
    if agreed is None:
        raise NotFound
    return agreed
