"""Palautteet: the queue by next due time, its saved views, and what changed in it meanwhile."""

import asyncio
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.forms import Form
from web.gateway import Paged, Refused, optional
from web.page import Page, Shown
from web.pages.feedback.filters import ABOUT, chips_of, facets_of, with_counts
from web.pages.feedback.news import memory_after, news, remembered
from web.pages.feedback.people import handlers_for
from web.pages.feedback.reads import CaseRow, Counts
from web.pages.feedback.urgent import urgent_for
from web.pages.feedback.views import Question, View, question_of, views_of, works_on_cases
from web.viewer import SignedIn, Viewer

router = APIRouter()
QUEUE = "/cases"


@router.get(QUEUE)
async def queue(request: Request, viewer: SignedIn, page: Shown, filters: str = "") -> Response:
    """Show a page of the queue; ``filters`` unfolds what it can be narrowed to."""
    asked = question_of(viewer, request.query_params)
    try:
        return await _show(viewer, page, asked, unfolded=bool(filters))
    except Refused as refused:
        faulty = [name for name in refused.by_field if asked.filters.get(name)]
        if refused.status != 422 or not faulty:
            raise
        return await _show(viewer, page, asked.without(*faulty), unfolded=True, let_be=faulty)


async def _show(
    viewer: Viewer, page: Page, asked: Question, *, unfolded: bool, let_be: Sequence[str] = ()
) -> Response:
    found, counts, people, facets = await asyncio.gather(
        viewer.gateway.read(Paged[CaseRow], "/cases", asked.api),
        _counts(viewer, asked),
        handlers_for(viewer) if viewer.is_staff else _nobody(),
        facets_of(viewer, asked) if asked.filtered or unfolded else _nothing(),
    )
    chips = chips_of(page, asked, found, facets, people)
    if chips and not found.items:
        chips = await with_counts(viewer, chips)
    return page.show(
        "feedback/queue.html",
        "feedback/_queue.html",
        status=422 if let_be else 200,
        asked=asked,
        chips=chips,
        facets=facets,
        unfolded=unfolded or asked.filtered,
        let_be=[page.text(ABOUT[name]) for name in let_be],
        found=found,
        views=views_of(viewer),
        counts=counts.said() if counts else {},
        people=people,
        urgent=await urgent_for(viewer, None if asked.counted else counts),
        works=works_on_cases(viewer),
        staff=viewer.is_staff,
        logs=viewer.may("log_case"),
        tells=viewer.may("report_case"),
        here=_here(page, asked),
        memory=remembered(found.items),
        bulk=Form.blank(),
    )


@router.get(f"{QUEUE}/choices")
async def choices(request: Request, viewer: SignedIn, page: Shown) -> Response:
    """Show what the list can be narrowed to: asked for when somebody looks, since most never do."""
    asked = question_of(viewer, request.query_params)
    return page.show("feedback/_choices.html", asked=asked, facets=await facets_of(viewer, asked), chips=())


@router.get(f"{QUEUE}/news")
async def changes(request: Request, viewer: SignedIn, page: Shown, seen: str = "", told: int = 0) -> Response:
    """Show what changed since the list was shown: rows renewed in place, newcomers told but not pushed in.

    ``told`` is how many rows were told to have come or gone, so that the same news is said once.
    """
    asked = question_of(viewer, request.query_params)
    found = await viewer.gateway.read(Paged[CaseRow], "/cases", asked.api)
    what = news(found.items, seen)
    return page.show(
        "feedback/_news.html",
        asked=asked,
        what=what,
        tell=what.came + what.went != told or bool(what.changed),
        told=what.came + what.went,
        works=works_on_cases(viewer),
        here=_here(page, asked),
        memory=memory_after(what, seen),
    )


def _here(page: Page, asked: Question) -> str:
    return page.link(QUEUE, **asked.address, cursor=asked.onward)


async def _counts(viewer: Viewer, asked: Question) -> Counts | None:
    """Return the numbers beside the views; a view without its number is still a view."""
    counted = asked.counted
    if counted is None:
        return None
    figures = [view.count for view in views_of(viewer) if view.count and _countable(view, counted)]
    if not counted and works_on_cases(viewer):
        figures.append("urgent")
    counts = await optional(viewer.gateway.read(Counts, "/cases/counts", {**counted, "figures": figures}))
    return counts.value


def _countable(view: View, counted: Mapping[str, str]) -> bool:
    """Say whether a view can be counted with these filters: one that asks for a handler has its own."""
    return view.asks.keys().isdisjoint(counted)


async def _nobody() -> tuple[()]:
    return ()


async def _nothing() -> None:
    return None
