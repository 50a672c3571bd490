"""Palautteet: the queue by next due time, its saved views, and what changed in it meanwhile."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.forms import Form
from web.gateway import Paged, Part, optional
from web.page import Page, Shown
from web.pages.feedback.news import memory_after, news, remembered
from web.pages.feedback.people import handlers_for
from web.pages.feedback.reads import CaseRow, Counts, Site, is_id
from web.pages.feedback.urgent import urgent_for
from web.pages.feedback.views import Question, question_of, views_of, works_on_cases
from web.viewer import SignedIn, Viewer

router = APIRouter()
QUEUE = "/cases"


@router.get(QUEUE)
async def queue(request: Request, viewer: SignedIn, page: Shown) -> Response:
    """Show a page of the queue."""
    asked = question_of(viewer, request.query_params)
    found, counts, people, narrowed = await asyncio.gather(
        viewer.gateway.read(Paged[CaseRow], "/cases", asked.api),
        _counts(viewer, asked),
        handlers_for(viewer) if viewer.is_staff else _nobody(),
        _narrowed(viewer, asked),
    )
    return page.show(
        "feedback/queue.html",
        "feedback/_queue.html",
        asked=asked,
        found=found,
        views=views_of(viewer),
        counts=counts.said() if counts else {},
        people=people,
        narrowed=narrowed,
        urgent=await urgent_for(viewer, None if asked.counted else counts),
        works=works_on_cases(viewer),
        staff=viewer.is_staff,
        logs=viewer.may("log_case"),
        tells=viewer.may("report_case"),
        here=_here(page, asked),
        memory=remembered(found.items),
        bulk=Form.blank(),
    )


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
    figures = [view.count for view in views_of(viewer) if view.count]
    if not counted and works_on_cases(viewer):
        figures.append("urgent")
    counts = await optional(viewer.gateway.read(Counts, "/cases/counts", {**counted, "figures": figures}))
    return counts.value


async def _narrowed(viewer: Viewer, asked: Question) -> Part[Site]:
    """Return the site that the list is narrowed to, for its name."""
    site_id = asked.filters["site_id"]
    return (
        await optional(viewer.gateway.read(Site, f"/sites/{site_id}"))
        if site_id and is_id(site_id)
        else Part()
    )


async def _nobody() -> tuple[()]:
    return ()
