"""Etusivu: what needs me today."""

from fastapi import APIRouter
from starlette.responses import Response

from web.page import Shown
from web.pages.home.desk import LATE_SHOWN, desk_of
from web.viewer import SignedIn

router = APIRouter()


@router.get("/")
async def home(viewer: SignedIn, page: Shown) -> Response:
    """Show what needs the person today."""
    desk = await desk_of(viewer, page)
    return page.show("home/home.html", viewer=viewer, desk=desk, late_shown=LATE_SHOWN)
