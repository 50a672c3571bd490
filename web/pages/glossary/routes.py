"""Sanasto: the glossary, by letter and by search; open to strangers too."""

from fastapi import APIRouter
from starlette.responses import Response

from web.page import Shown
from web.pages.glossary.terms import letters, search
from web.viewer import MaybeSignedIn

router = APIRouter()


@router.get("/glossary")
async def glossary(_: MaybeSignedIn, page: Shown, q: str = "", letter: str = "") -> Response:
    """Show the words, all of them or those that were asked for."""
    return page.show(
        "glossary/glossary.html",
        "glossary/_terms.html",
        found=search(q, letter, page.language),
        letters=letters(page.language),
        letter=letter.upper(),
        q=q.strip(),
    )
