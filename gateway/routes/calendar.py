"""The annual clock as iCalendar: with a private token for calendar programs, or with a session."""

from typing import Annotated

from fastapi import APIRouter, Request, Response, Security

from chassis.errors import Unauthenticated
from chassis.outbound import Neighbour
from gateway.access import Caller, perhaps_caller
from gateway.document import PREFIX
from gateway.passed_on import CLOCK_ICS
from gateway.proxy.upstream import forwarded_headers, relayed, request_upstream
from gateway.settings import GatewaySettings

router = APIRouter(prefix=PREFIX)
PerhapsCaller = Annotated[Caller | None, Security(perhaps_caller, scopes=[CLOCK_ICS.scope])]


@router.get(CLOCK_ICS.path, include_in_schema=False)
async def clock_ics(request: Request, caller: PerhapsCaller) -> Response:
    """Answer as the contracts service does; with `token` no session is needed."""
    if caller is None and "token" not in request.query_params:
        raise Unauthenticated
    settings: GatewaySettings = request.app.state.settings
    contracts: Neighbour = request.app.state.neighbours["contracts"]
    query = f"?{request.url.query}" if request.url.query else ""
    answer = await request_upstream(
        contracts,
        CLOCK_ICS.method,
        f"/v1{CLOCK_ICS.path}{query}",
        token=caller.token("contracts") if caller else None,
        headers=forwarded_headers(request, caller.profile.language if caller else "fi"),
        patience=settings.patience,
        busy_patience=settings.busy_patience,
    )
    return relayed(answer)
