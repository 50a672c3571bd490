"""The annual clock as iCalendar: with a private token for calendar programs, or with a session."""

from typing import Annotated

from fastapi import APIRouter, Request, Response, Security

from chassis.outbound import Neighbour
from chassis.problems import Unauthenticated
from gateway.access import Caller, perhaps_caller
from gateway.document import Json, problems, query_parameters
from gateway.forwarding import PREFIX
from gateway.passage import ask, passed_back, sent_on
from gateway.shapes.queries import IcsQuery

EXAMPLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kumppani//Vuosikello//FI\r\nEND:VCALENDAR\r\n"
ICS: dict[int | str, Json] = {
    200: {
        "description": "The calendar (RFC 5545).",
        "headers": {"ETag": {"description": "For If-None-Match.", "schema": {"type": "string"}}},
        "content": {"text/calendar": {"schema": {"type": "string"}, "example": EXAMPLE}},
    },
    304: {"description": "Nothing changed since the ETag."},
}
IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag of the calendar that the caller has.",
    "schema": {"type": "string"},
}
router = APIRouter(prefix=PREFIX, tags=["clock"])
PerhapsCaller = Annotated[Caller | None, Security(perhaps_caller, scopes=["contracts:read"])]


class Calendar(Response):
    """An iCalendar file."""

    media_type = "text/calendar"


@router.get(
    "/clock.ics",
    operation_id="read_clock_ics",
    summary="Read the annual clock as a calendar",
    response_class=Calendar,
    responses={**problems(404), **ICS},
    openapi_extra={"parameters": [*query_parameters(IcsQuery), IF_NONE_MATCH], "security": [{}]},
)
async def clock_ics(request: Request, caller: PerhapsCaller) -> Response:
    """All-day events of the milestones; with `token` no session is needed, and a revoked token is 404."""
    if caller is None and "token" not in request.query_params:
        raise Unauthenticated
    contracts: Neighbour = request.app.state.neighbours["contracts"]
    query = f"?{request.url.query}" if request.url.query else ""
    answer = await ask(
        contracts,
        "GET",
        f"/v1/clock.ics{query}",
        token=caller.token("contracts") if caller else None,
        headers=sent_on(request, caller.profile.language if caller else "fi"),
    )
    return passed_back(answer)
