"""Etusivu: what needs me today, each part on its own feet."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.responses import Response

from web.gateway import Paged, Part, optional
from web.page import Shown
from web.pages.feedback.urgent import Urgent, urgent_for
from web.pages.home.reads import Clock, Contract, Counts, YearState
from web.pages.home.steps import Step, steps_of
from web.pages.registry.reads import OpenCase
from web.viewer import SignedIn, Viewer

router = APIRouter()
CASES_SHOWN = 6
ASKED_SHOWN = 3
FIGURES = ("late", "due_today", "waiting", "open")
"""Those that the desk shows: each costs a search."""
DRAFTS_SHOWN = 5
STEPS_SHOWN = 6
PARTIES = ("contract_contact", "account_manager", "management", "administrator")
"""Roles to whom the steps of the annual clock are their own matter."""
UNSIGNED = frozenset({"draft", "in_negotiation", "in_approval"})


@dataclass(frozen=True)
class Draft:
    """A contract's year that is not signed yet."""

    contract: Contract
    year: YearState


@dataclass
class Desk:
    """What lies on the person's desk today."""

    mine: dict[str, str] = field(default_factory=dict)
    """The filter of the person's own part of the queue; empty where it is all that the person sees."""
    listed: dict[str, str] = field(default_factory=dict)
    """The filters of the list that is shown, for the link to the whole of it."""
    by_due: bool = False
    """Whether the list is ordered by what is due next; else the newest come first."""
    counts: Part[Counts] = field(default_factory=Part)
    cases: Part[Paged[OpenCase]] = field(default_factory=Part)
    urgent: Urgent | None = None
    """What must be answered before all else."""
    asked: Sequence[OpenCase] = ()
    """What waits for an answer from the person's sites."""
    steps: Part[list[Step]] = field(default_factory=Part)
    drafts: Part[list[Draft]] = field(default_factory=Part)
    drafts_year: int = 0
    more_drafts: int = 0


@router.get("/")
async def home(viewer: SignedIn, page: Shown) -> Response:
    """Show what needs the person today."""
    return page.show("home/home.html", viewer=viewer, desk=await _desk(viewer, page))


async def _desk(viewer: Viewer, page: Shown) -> Desk:
    mine = {"handler": "me"} if viewer.has_role("complaint_handler", "service_supervisor") else {}
    # Those who handle nothing themselves see what others are late with.
    listed = {"due": "late"} if viewer.is_staff and not mine else mine
    # Who does the work sees what is due next; who told something sees the newest first.
    by_due = viewer.is_staff or viewer.is_outside_producer
    desk = Desk(mine=mine, listed=listed, by_due=by_due, drafts_year=page.today.year + 1)
    asked = {**listed, "sort": "next_due" if by_due else "newest", "limit": CASES_SHOWN}
    # The figures count what their links list: never only what the list beside them shows.
    (
        desk.counts,
        desk.cases,
        desk.urgent,
        desk.asked,
        desk.steps,
        (desk.drafts, desk.more_drafts),
    ) = await asyncio.gather(
        optional(viewer.gateway.read(Counts, "/cases/counts", {**mine, "figures": FIGURES})),
        optional(viewer.gateway.read(Paged[OpenCase], "/cases", asked)),
        urgent_for(viewer),
        _asked_of(viewer),
        _steps(viewer, page),
        _drafts(viewer, desk.drafts_year),
    )
    return desk


async def _asked_of(viewer: Viewer) -> Sequence[OpenCase]:
    """Return the first cases that wait for an answer from the viewer's sites; none for who asked."""
    if not viewer.is_customer:
        return ()
    waiting = {"state": "waiting", "sort": "next_due", "limit": ASKED_SHOWN}
    found = await optional(viewer.gateway.read(Paged[OpenCase], "/cases", waiting))
    return found.value.items if found.value else ()


async def _steps(viewer: Viewer, page: Shown) -> Part[list[Step]]:
    """Return the steps of the annual clock that are next, for those who have a part in them."""
    if not viewer.may("read_clock") or not viewer.has_role(*PARTIES):
        return Part(allowed=False)
    query = {"year": page.today.year, "status": "scheduled", "limit": 200}
    clock = await optional(viewer.gateway.read(Clock, "/clock", query))
    if clock.value is None:
        return Part(missing=clock.missing)
    return Part(steps_of(clock.value.items, page.today)[:STEPS_SHOWN])


async def _drafts(viewer: Viewer, year: int) -> tuple[Part[list[Draft]], int]:
    """Return next year's unsigned contract years with their blockers, and how many more there are."""
    if not viewer.has_role("contract_contact", "account_manager", "management"):
        return Part(allowed=False), 0
    listed = await optional(viewer.gateway.read(Paged[Contract], "/contracts", {"year": year, "limit": 200}))
    if listed.value is None:
        return Part(missing=listed.missing), 0
    drafts = [
        Draft(each, found)
        for each in listed.value.items
        if (found := each.year_of(year)) is not None and found.state in UNSIGNED
    ]
    return Part(drafts[:DRAFTS_SHOWN]), max(0, len(drafts) - DRAFTS_SHOWN)
