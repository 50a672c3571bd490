"""Vuosikello: the year as a list of months and as a wheel; one address serves page, fragment and print."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import Query
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.listing import customers_of
from web.pages.contracts.reads import Clock, Milestone, Named, Summary
from web.pages.contracts.rows import STATES, Month, months_of, steps_of
from web.pages.contracts.wheel import WIDTH, draw
from web.viewer import SignedIn, Viewer

router = APIRouter()
CLOCK = "/clock"
RESPONSIBLE = tuple(LABELS["responsible"])
YEAR_DIGITS = 4
A_PAGE = 200
MOST_PAGES = 20
ROWS = range(1, 12)
# Whose ring is the reader's own: the customer's side and the producer's.
OWN_RINGS = {
    True: frozenset({"departments", "department_management", "both_parties"}),
    False: frozenset({"enterprise", "both_parties"}),
}


@dataclass(frozen=True)
class Question:
    """What of the clock is asked for."""

    year: int
    customer_id: str = ""
    responsible: str = ""
    status: str = ""
    row: int | None = None

    @property
    def address(self) -> dict[str, object]:
        """Return the question as a query of the page."""
        return {
            "year": self.year,
            "customer_id": self.customer_id,
            "responsible": self.responsible,
            "status": self.status,
            "row": self.row,
        }

    @property
    def of_everything(self) -> Query:
        """Return the query of the whole list that the counts tell of, whatever status or step is shown."""
        return {"year": self.year, "customer_id": self.customer_id, "responsible": self.responsible}

    @property
    def of_shown(self) -> Query:
        """Return the query of what is shown; what is late is no longer still to come."""
        overdue = {"late": True, "scheduled": False}.get(self.status)
        status = "scheduled" if self.status == "late" else self.status
        return {**self.of_everything, "status": status, "overdue": overdue, "row": self.row}


@router.get(CLOCK)
async def clock(request: Request, viewer: SignedIn, page: Shown) -> Response:
    """Show the annual clock."""
    return await show_clock(viewer, page, question_of(page, request.query_params))


@router.post(f"{CLOCK}/generate")
async def generate(viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Make the clock of a year from the template, of one customer or of all; what is there stays."""
    asked = question_of(page, {"year": form.text("year"), "customer_id": form.text("customer_id")})
    body = {"year": asked.year, "customer_id": asked.customer_id or None}
    await viewer.gateway.send(Clock, "/clock/generate", body, key=form.key)
    return page.go(address_of(page, asked), page.text("Vuosikello on valmis."))


def question_of(page: Page, given: Mapping[str, str]) -> Question:
    """Return the question of an address; what it cannot mean is left out."""
    year, row = given.get("year", ""), given.get("row", "")
    status, responsible = given.get("status", ""), given.get("responsible", "")
    return Question(
        year=int(year) if year.isdecimal() and len(year) == YEAR_DIGITS else page.today.year,
        customer_id=given.get("customer_id", ""),
        responsible=responsible if responsible in RESPONSIBLE else "",
        status=status if status in STATES else "",
        row=int(row) if row.isdecimal() and len(row) < YEAR_DIGITS and int(row) in ROWS else None,
    )


def question_in(page: Page, view: str) -> Question | None:
    """Return the question that a form carries as a query, None when it carries none."""
    return question_of(page, dict(parse_qsl(view))) if view else None


def address_of(page: Page, asked: Question) -> str:
    """Return the clock's address that answers the question."""
    return page.link(CLOCK, **asked.address)


async def show_clock(
    viewer: Viewer,
    page: Page,
    asked: Question,
    *,
    saved: str = "",
    entry: Mapping[str, object] | None = None,
) -> Response:
    """Answer with the clock.

    ``saved`` is the milestone whose row takes the focus; the heading does when the row left the list.
    ``entry`` is the form of what happened to one milestone, as ``_actual.html`` shows it, opened in its row.
    """
    (shown, summary), customers = await asyncio.gather(_read(viewer, asked), customers_of(viewer))
    steps = steps_of(shown, frozenset(each.id for each in viewer.customers))
    months = months_of(steps)
    folded = _folded(page, asked, months)
    written = entry["milestone"] if entry else None
    touched = written.id if isinstance(written, Milestone) else saved
    known = _customers(customers, shown)
    return page.show(
        "contracts/clock.html",
        "contracts/_clock.html",
        asked=asked,
        view=address_of(page, asked).partition("?")[2],
        summary=summary,
        months_of_steps=months,
        past_months=months[:folded],
        months_from_now=months[folded:],
        opens_past=any(touched in month.ids for month in months[:folded]),
        wheel=draw(asked.year, steps, page.today, OWN_RINGS[viewer.is_customer]),
        width=WIDTH,
        # One step or one customer: each milestone on its own row.
        each_alone=asked.row is not None or len({each.customer_id for each in shown}) == 1,
        customers=known,
        customer=next((each for each in known if each.id == asked.customer_id), None),
        responsible=RESPONSIBLE,
        years=sorted({page.today.year + each for each in (-1, 0, 1)} | {asked.year}),
        generation=Form.blank(),
        records=viewer.may("enter_actuals"),
        saved=saved,
        saved_is_shown=any(each.id == saved for each in shown),
        entry=entry,
    )


async def _read(viewer: Viewer, asked: Question) -> tuple[list[Milestone], Summary]:
    """Return every milestone that is asked for, and the counts of all beside which they are shown."""
    if not asked.status and asked.row is None:
        return await _every(viewer, asked.of_shown)
    (found, _), counted = await asyncio.gather(
        _every(viewer, asked.of_shown), viewer.gateway.read(Clock, CLOCK, {**asked.of_everything, "limit": 1})
    )
    return found, counted.summary


async def _every(viewer: Viewer, query: Query) -> tuple[list[Milestone], Summary]:
    """Return the milestones of every page of the query, and their summary."""
    first = await viewer.gateway.read(Clock, CLOCK, {**query, "limit": A_PAGE})
    found, following = list(first.items), first.next
    for _ in range(MOST_PAGES):
        if not following:
            break
        more = await viewer.gateway.read(Clock, CLOCK, {**query, "limit": A_PAGE, "cursor": following})
        found += more.items
        following = more.next
    return found, first.summary


def _folded(page: Page, asked: Question, months: Sequence[Month]) -> int:
    """Return how many months are folded: those behind, when the whole of this year is shown."""
    if asked.year != page.today.year or asked.status or asked.row is not None:
        return 0
    past = sum(month.number < page.today.month for month in months)
    return past if past < len(months) else 0


def _customers(known: Sequence[Named], milestones: Sequence[Milestone]) -> list[Named]:
    """Return the customers to choose from; without the registry those whose milestones are shown."""
    if known:
        return list(known)
    names = {each.customer_id: each.customer_name for each in milestones if each.customer_id}
    return sorted(
        (Named(id=customer_id, name=name) for customer_id, name in names.items()),
        key=lambda each: each.name or "",
    )
