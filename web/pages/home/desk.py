"""What lies on a person's desk today: at most seven things, each part on its own feet."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from web.gateway import Paged, Part, Read, optional
from web.page import Page
from web.pages.feedback.urgent import Urgent, urgent_for
from web.pages.home.reads import Clock, Contract, Counts, Draft, Promises, Signed
from web.pages.home.steps import Step, Steps, steps_of
from web.pages.registry.reads import OpenCase
from web.viewer import Viewer

THINGS = 7
"""As many things wait for somebody at most: what is more is counted, and stands in the list behind."""
FIGURES = ("late", "due_today", "waiting", "open")
"""Those that the desk shows: each costs a search."""
ASKED, HEARD, DRAFTS, STEPS = 3, 3, 2, 2
LATE_SHOWN = 2
"""Handlers, and as many producers, whose late cases the management sees at once."""
UNSIGNED = frozenset({"draft", "in_negotiation", "in_approval"})
SIGNED = frozenset({"signed", "in_force"})
ReadT = TypeVar("ReadT", bound=Read)


@dataclass
class Desk:
    """What waits for the person; a part that is not the person's is empty."""

    mine: dict[str, str] = field(default_factory=dict)
    """The filter of what the person answers for; empty where that is all that the person sees."""
    listed: dict[str, str] = field(default_factory=dict)
    """The address of the list that is shown, for the link to the whole of it."""
    by_due: bool = False
    """Whether the list is ordered by what is due next; else the newest or the oldest open ones come first."""
    answers: bool = False
    """Whether what is late is for the person to mend: only then it is red."""
    counts: Part[Counts] = field(default_factory=Part)
    cases: Part[Paged[OpenCase]] = field(default_factory=Part)
    urgent: Urgent | None = None
    """What must be answered before all else."""
    asked: Sequence[OpenCase] = ()
    """What waits for an answer from the person's sites."""
    heard: Part[Sequence[OpenCase]] = field(default_factory=lambda: Part(allowed=False))
    """What came today of the person's sites, without what the list shows already."""
    promises: Part[Promises] = field(default_factory=lambda: Part(allowed=False))
    signed: Part[Signed] = field(default_factory=lambda: Part(allowed=False))
    """How far all contracts of the coming year are."""
    steps: Part[Steps] = field(default_factory=lambda: Part(allowed=False))
    drafts: Part[list[Draft]] = field(default_factory=lambda: Part(allowed=False))
    more_drafts: int = 0
    own_drafts: dict[str, str] = field(default_factory=dict)
    """The filter of the person's own contracts; empty where these are all that the person sees."""
    year: int = 0
    """The coming year."""
    days_left: int = 0
    """Until its contracts have to be signed."""


async def desk_of(viewer: Viewer, page: Page) -> Desk:
    """Return what needs the person today; nothing is asked for that is not the person's."""
    desk = _laid(viewer, page.today)
    leads, supervises = viewer.has_role("management"), viewer.has_role("service_supervisor")
    party = viewer.has_role("contract_contact", "account_manager")
    room = THINGS - HEARD * supervises - (DRAFTS + STEPS) * party - 2 * LATE_SHOWN * leads
    room -= ASKED if viewer.is_site_person else viewer.is_customer
    sort = "next_due" if desk.by_due else "oldest" if viewer.is_staff else "newest"
    # The figures count what their links list: never only what the list beside them shows.
    feedback = asyncio.gather(
        _read(viewer, Counts, "/cases/counts", {**desk.mine, "figures": FIGURES}, _works(viewer)),
        _read(viewer, Paged[OpenCase], "/cases", {**desk.mine, "sort": sort, "limit": max(room, 2)}),
        urgent_for(viewer),
        _asked_of(viewer),
        _heard(viewer, supervises),
        _read(viewer, Promises, "/cases/promises", {}, leads),
    )
    contracts = asyncio.gather(
        _signed(viewer, desk.year, leads),
        _steps(viewer, page.today, own=desk.own_drafts if not leads else {}, shown=party or leads),
        _drafts(viewer, desk, party),
    )
    (
        (desk.counts, desk.cases, desk.urgent, desk.asked, desk.heard, desk.promises),
        (desk.signed, desk.steps, (desk.drafts, desk.more_drafts)),
    ) = await asyncio.gather(feedback, contracts)
    if desk.heard.value and desk.cases.value:
        known = {case.id for case in desk.cases.value.items}
        desk.heard = Part([case for case in desk.heard.value if case.id not in known][:HEARD])
    return desk


def _laid(viewer: Viewer, today: date) -> Desk:
    """Return the desk before anything lies on it: whose it is, and by which filters it is filled."""
    mine: dict[str, str] = {}
    if viewer.has_role("service_supervisor", "account_manager"):
        mine = {"own": "true"}
    elif viewer.has_role("complaint_handler"):
        mine = {"handler": "me"}
    # Who answers for nothing alone sees what has waited longest; who told something sees the newest first.
    listed = mine or ({"view": "oldest"} if viewer.is_staff else {})
    return Desk(
        mine=mine,
        listed=listed,
        by_due=bool(mine) or viewer.is_outside_producer,
        answers=bool(mine) or viewer.is_outside_producer or viewer.has_role("management"),
        own_drafts={"own": "true"} if viewer.has_role("account_manager") else {},
        year=today.year + 1,
        days_left=(date(today.year, 12, 31) - today).days,
    )


def _works(viewer: Viewer) -> bool:
    return viewer.is_staff or viewer.is_outside_producer


async def _read(
    viewer: Viewer, shape: type[ReadT], path: str, query: dict[str, object], shown: bool = True
) -> Part[ReadT]:
    if not shown:
        return Part(allowed=False)
    return await optional(viewer.gateway.read(shape, path, query))


async def _asked_of(viewer: Viewer) -> Sequence[OpenCase]:
    """Return the first cases that wait for an answer from the viewer's sites; none for who asked."""
    most = ASKED if viewer.is_site_person else 1
    waiting: dict[str, object] = {"state": "waiting", "sort": "next_due", "limit": most}
    found = await _read(viewer, Paged[OpenCase], "/cases", waiting, viewer.is_customer)
    return found.value.items if found.value else ()


async def _heard(viewer: Viewer, supervises: bool) -> Part[Sequence[OpenCase]]:
    """Return what came today of the supervisor's sites."""
    today: dict[str, object] = {"own": "true", "received": "today", "sort": "newest", "limit": THINGS}
    found = await _read(viewer, Paged[OpenCase], "/cases", today, supervises)
    return Part(found.value.items if found.value else None, found.missing, found.allowed)


async def _signed(viewer: Viewer, year: int, leads: bool) -> Part[Signed]:
    """Return how many of the coming year's contracts are signed."""
    found = await _read(viewer, Paged[Contract], "/contracts", {"year": year, "limit": 200}, leads)
    if found.value is None:
        return Part(None, found.missing, found.allowed)
    years = [own for each in found.value.items if (own := each.year_of(year)) is not None]
    return Part(Signed(sum(own.state in SIGNED for own in years), len(years)))


async def _steps(viewer: Viewer, today: date, *, own: dict[str, str], shown: bool) -> Part[Steps]:
    """Return the steps of the annual clock, for who has a part in them: this month's, and late ones."""
    query: dict[str, object] = {**own, "year": today.year, "status": "scheduled", "limit": 200}
    found = await _read(viewer, Clock, "/clock", query, shown and viewer.may("read_clock"))
    if found.value is None:
        return Part(None, found.missing, found.allowed)
    return Part(_split(steps_of(found.value.items, today)))


def _split(steps: list[Step]) -> Steps:
    now = [step for step in steps if not step.overdue_days]
    return Steps(now[:STEPS], [step for step in steps if step.overdue_days], len(now) - len(now[:STEPS]))


async def _drafts(viewer: Viewer, desk: Desk, party: bool) -> tuple[Part[list[Draft]], int]:
    """Return the coming year's unsigned own contracts, and how many more there are."""
    query: dict[str, object] = {**desk.own_drafts, "year": desk.year, "limit": 200}
    found = await _read(viewer, Paged[Contract], "/contracts", query, party)
    if found.value is None:
        return Part(None, found.missing, found.allowed), 0
    drafts = [
        Draft(each, own)
        for each in found.value.items
        if (own := each.year_of(desk.year)) is not None and own.state in UNSIGNED
    ]
    # What lacks most needs its time most.
    drafts.sort(key=lambda draft: -len(draft.year.blockers))
    return Part(drafts[:DRAFTS]), max(0, len(drafts) - DRAFTS)
