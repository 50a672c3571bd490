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
    field = route.body_field if isinstance(route, APIRoute) else None
    if field is None or not _has_body(request):
        return
    wanted = field.field_info.media_type if isinstance(field.field_info, Body) else JSON
    media_type, *parameters = (
        part.strip().lower() for part in request.headers.get("content-type", "").split(";")
    )
    charsets = {
        part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")
    }
    if media_type != wanted or not charsets <= {"utf-8", "utf8"}:
        raise HTTPException(415, headers={"Accept": wanted})


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
