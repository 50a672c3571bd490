"""Who I am, the overview of a customer, the card of a site, and search: answers of several services."""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response

from chassis.errors import Unavailable
from chassis.schemas import LINE_PATTERN, ONE_LINE
from gateway.access import Caller, SignedIn, holding
from gateway.answering import accept_language, answer, services_of
from gateway.answers import Me, Overview, SearchResults, SiteCard
from gateway.compose import card, me, overview, search
from gateway.compose.parts import compose
from gateway.document import PREFIX, problems

CITY = ZoneInfo("Europe/Helsinki")
router = APIRouter(prefix=PREFIX)
Reader = Annotated[Caller, holding("customers:read", "contracts:read", "cases:read")]


@router.get(
    "/me",
    tags=["sessions"],
    operation_id="read_me",
    summary="Read who I am",
    response_model=Me,
    responses=problems(),
)
async def read_me(request: Request, caller: SignedIn) -> Response:
    """Name, roles, own customers and sites (optional parts), and what the roles let me do."""
    profile = caller.profile
    told = profile.everything or (profile.customers is not None and profile.sites is not None)
    parts = () if told else me.PARTS
    values, missing = await compose(
        parts, services_of(request, caller), None, accept_language(request, caller)
    )
    return answer(
        Me.model_validate(
            {
                "person_id": profile.person_id,
                "name": profile.name,
                "title": profile.title,
                "language": profile.language,
                "roles": sorted(profile.roles),
                "everything": profile.everything,
                "customers": [own.model_dump() for own in profile.customers or ()],
                "sites": [own.model_dump() for own in profile.sites or ()],
                "allowed": me.allowed(caller.actor),
                "degraded": missing,
                **values,
            }
        )
    )


@router.get(
    "/customers/{customer_id}/overview",
    tags=["customers"],
    operation_id="read_customer_overview",
    summary="Read a customer's overview",
    response_model=Overview,
    responses=problems(404),
)
async def customer_overview(request: Request, customer_id: UUID, caller: Reader) -> Response:
    """The customer (required) with everything that is going on (optional parts).

    Contacts, sites, this year's contract, open cases, next milestones.
    A missing optional part is null and stands in `degraded`.
    """
    about = overview.CustomerInYear(customer_id, caller.now.astimezone(CITY).year)
    values, missing = await compose(
        overview.PARTS, services_of(request, caller), about, accept_language(request, caller)
    )
    return answer(Overview.model_validate({**values, "degraded": missing}))


@router.get(
    "/sites/{site_id}/card",
    tags=["customers"],
    operation_id="read_site_card",
    summary="Read a site's card",
    response_model=SiteCard,
    responses=problems(404),
)
async def site_card(request: Request, site_id: UUID, caller: Reader) -> Response:
    """The site (required) with what was agreed, whom to call and its open cases (optional).

    A missing optional part is null and stands in `degraded`.
    """
    values, missing = await compose(
        card.PARTS, services_of(request, caller), site_id, accept_language(request, caller)
    )
    return answer(SiteCard.model_validate({**values, "degraded": missing}))


@router.get(
    "/search",
    tags=["search"],
    operation_id="search",
    summary="Search everywhere",
    response_model=SearchResults,
    responses=problems(),
)
async def find(
    request: Request,
    caller: Reader,
    q: Annotated[
        str,
        Query(min_length=1, max_length=100, description="Words, in any form", json_schema_extra=LINE_PATTERN),
        ONE_LINE,
    ],
    limit: Annotated[int, Query(ge=1, le=50, description="Results at most")] = 20,
) -> Response:
    """Customers, sites, people, contracts, milestones and cases that the caller sees, best first.

    What a service cannot answer now is missing and stands in `degraded`; when none answers it is 503.
    """
    values, missing = await compose(
        search.PARTS, services_of(request, caller), search.Asked(q, limit), accept_language(request, caller)
    )
    if len(missing) == len(search.PARTS):
        raise Unavailable(part="search")
    found, more = search.merged(values.values(), limit)
    return answer(SearchResults(items=found, more=more, degraded=missing))
