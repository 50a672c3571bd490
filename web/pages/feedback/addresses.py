"""The API's nouns as addresses: whoever knows ``/api/v1/cases/{id}`` finds the page of it."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from web.page import Shown

router = APIRouter()
# The forms' own names for what other rooms' links call as the API does.
NAMES = {"site_id": "kohde", "kind": "laji"}


@router.get("/cases")
async def to_queue(page: Shown, request: Request) -> Response:
    """Lead to the queue with the same filters."""
    return RedirectResponse(page.link("/palautteet", **dict(request.query_params)), status_code=303)


@router.get("/cases/{case_id}")
async def to_case(case_id: UUID) -> Response:
    """Lead to the case."""
    return RedirectResponse(f"/palautteet/{case_id}", status_code=303)


@router.get("/feedback/new")
async def to_form(page: Shown, request: Request) -> Response:
    """Lead to the form."""
    return RedirectResponse(page.link("/palaute/uusi", **_own_names(request)), status_code=303)


@router.get("/feedback/quick")
async def to_quick_log(page: Shown, request: Request) -> Response:
    """Lead to the quick log."""
    return RedirectResponse(page.link("/palaute/kirjaa", **_own_names(request)), status_code=303)


def _own_names(request: Request) -> dict[str, str]:
    return {NAMES.get(name, name): value for name, value in request.query_params.items()}
