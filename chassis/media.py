"""Which kind of body a route reads, and the refusal of others (RFC 9110 §15.5.16)."""

from typing import Final

from fastapi import Request
from fastapi.params import Body
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

JSON: Final = "application/json"


def demand_media_type(request: Request) -> None:
    """Refuse a body that the route does not read, by what its Content-Type says; 415."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or route.body_field is None or not _has_body(request):
        return
    field = route.body_field
    wanted = field.field_info.media_type if isinstance(field.field_info, Body) else JSON
    # A route says in its document which other names the same bytes may come under.
    also = (route.openapi_extra or {}).get("requestBody", {}).get("content", {})
    media_type, *parameters = (
        part.strip().lower() for part in request.headers.get("content-type", "").split(";")
    )
    charsets = {
        part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")
    }
    if media_type not in {wanted, *also} or not charsets <= {"utf-8", "utf8"}:
        raise HTTPException(415, headers={"Accept": wanted})


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
