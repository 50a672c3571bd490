"""Haku: what a person may see found by its words; and the quick menu, all ways that are the person's."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from chassis.languages import Language
from web.gateway import optional
from web.page import Shown
from web.pages.glossary import terms
from web.pages.glossary.terms import Term
from web.pages.search.doors import Door, doors_of, find
from web.pages.search.reads import Hits
from web.viewer import SignedIn, Viewer

router = APIRouter()
SHORTEST_SEARCH = 2
MOST_HITS = 50
MOST_SUGGESTED = 6
MOST_TERMS = 4
LISTS = {"case": "/cases", "site": "/sites", "customer": "/customers", "contract": "/contracts"}
"""Where all of a kind are listed, page by page, narrowed by the same words."""


@router.get("/search")
async def search(viewer: SignedIn, page: Shown, q: str = "") -> Response:
    """Search everything the person sees; what is asked by its own number is led to at once."""
    words = q.strip()
    hits = None
    if len(words) >= SHORTEST_SEARCH:
        hits = await viewer.gateway.read(Hits, "/search", {"q": words, "limit": MOST_HITS})
        if hits.the_one:
            return page.go(hits.the_one.path)
    doors, found_terms = _of_our_own(viewer, words, page.language)
    return page.show(
        "search/search.html",
        "search/_hits.html",
        q=words,
        hits=hits,
        most=MOST_HITS,
        doors=doors,
        terms=found_terms,
        lists=LISTS,
    )


@router.get("/search/suggestions")
async def suggestions(viewer: SignedIn, page: Shown, q: str = "") -> Response:
    """Suggest where to go while the person types; all the ways that are theirs for no words."""
    words = q.strip()
    if not words:
        return _suggested(page, doors_of(viewer, page.language), (), None)
    doors, found_terms = _of_our_own(viewer, words, page.language)
    hits = None
    if len(words) >= SHORTEST_SEARCH:
        asked = {"q": words, "limit": MOST_SUGGESTED}
        hits = (await optional(viewer.gateway.read(Hits, "/search", asked))).value
    return _suggested(page, doors, found_terms, hits)


@router.get("/quick")
async def quick_menu(viewer: SignedIn, page: Shown) -> Response:
    """Show the quick menu: all ways that are the person's, and a box to name one or a reference."""
    return page.show("search/quick.html", "search/_quick.html", doors=doors_of(viewer, page.language))


def _of_our_own(viewer: Viewer, words: str, language: Language) -> tuple[list[Door], list[Term]]:
    """Return the ways and the words of the glossary that are called so."""
    if not words:
        return [], []
    return find(viewer, words, language), terms.named(words, language)[:MOST_TERMS]


def _suggested(
    page: Shown, doors: Sequence[Door], found_terms: Sequence[Term], hits: Hits | None
) -> Response:
    return page.show("search/_suggestions.html", doors=doors, terms=found_terms, hits=hits)
