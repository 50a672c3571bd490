"""Sopimusvuosi: how far it is, what is missing, what was agreed, and the steps towards the signatures."""

import asyncio
from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted, new_key
from web.gateway import Paged, Part, Refused, optional
from web.page import Page, Shown
from web.pages.contracts.cost import compared, cost_told
from web.pages.contracts.prices import by_site, changes_of, price_row
from web.pages.contracts.reads import Contract, HistoryEntry, Year
from web.pages.contracts.words import QUANTITIES, UNITS, told
from web.texts import mark
from web.viewer import SignedIn, Viewer

router = APIRouter()
STALE = 412
HISTORY_SHOWN = 30
# The way of a year; the states outside it are ends before their time.
PATH = ("draft", "in_negotiation", "in_approval", "signed", "in_force", "ended")
StepName = Literal["submit", "propose", "approve", "sign", "return", "reject", "terminate"]
DONE: Mapping[StepName, str] = {
    "submit": mark("Neuvottelu on auki."),
    "propose": mark("Sopimusvuosi odottaa nyt hyväksyntöjä."),
    "approve": mark("Hyväksyntä on kirjattu."),
    "sign": mark("Allekirjoitus on kirjattu."),
    "return": mark("Sopimusvuosi on taas luonnos."),
    "reject": mark("Sopimusvuosi on hylätty."),
    "terminate": mark("Sopimusvuosi on irtisanottu."),
}
NEEDS: Mapping[str, str] = {
    "return": mark("Kerro, mitä luonnoksessa pitää muuttaa."),
    "reject": mark("Kerro, miksi sopimusta ei synny."),
    "terminate": mark("Kerro, miksi sopimus irtisanotaan."),
}


@router.get("/contracts/{contract_id}/years/{year}")
async def year_page(
    viewer: SignedIn, page: Shown, contract_id: UUID, year: int, prices: str = "", site: str = ""
) -> Response:
    """Show the contract year; ``prices=changed`` and ``site`` narrow the services and prices."""
    return await show_year(viewer, page, contract_id, year, prices=prices, site=site)


@router.post("/contracts/{contract_id}/years/{year}/{step}")
async def take_step(
    viewer: SignedIn, page: Shown, contract_id: UUID, year: int, step: StepName, form: Posted
) -> Response:
    """Take a step; a refusal comes back to the page with what is missing, a stale one with what changed."""
    address = f"/contracts/{contract_id}/years/{year}"
    field = f"reason_{step}"
    if step in NEEDS and not form.text(field):
        form.fail(field, page.text(NEEDS[step]))
        return await show_year(viewer, page, contract_id, year, given={step: form}, status=422)
    body = {"reason": form.text(field)} if step in NEEDS else {}
    if step == "sign" and form.text("name"):
        body = {"name": form.text("name")}
    try:
        await viewer.gateway.send(Year, f"{address}/{step}", body, key=form.key, version=form.version)
    except Refused as refused:
        if refused.status not in (409, STALE, 422):
            raise
        form.refuse(refused, {"reason": field})
        if refused.status == STALE:
            form.message = page.text(
                "Sopimusvuosi muuttui sillä välin, eikä mitään tehty. Katso historiasta, mikä muuttui, "
                "ja päätä sitten."
            )
        return await show_year(viewer, page, contract_id, year, given={step: form}, status=refused.status)
    return page.go(address, page.text(DONE[step]))


async def show_year(
    viewer: Viewer,
    page: Page,
    contract_id: UUID,
    number: int,
    *,
    given: Mapping[str, Form] | None = None,
    status: int = 200,
    prices: str = "",
    site: str = "",
) -> Response:
    """Answer with the year's page; ``given`` is the form of a step that came back."""
    address = f"/contracts/{contract_id}/years/{number}"
    own_part = reads_own_part(viewer)
    year, contract, history = await asyncio.gather(
        viewer.gateway.read(Year, address),
        optional(viewer.gateway.read(Contract, f"/contracts/{contract_id}")),
        _nothing() if own_part else optional(_history(viewer, address)),
    )
    rows = [price_row(line, page.language) for line in year.lines]
    shown = [
        row
        for row in rows
        if (prices != "changed" or row.changed)
        and (not site or site.casefold() in (row.line.site_name or "").casefold())
    ]
    return page.show(
        "contracts/year_on_site.html" if own_part else "contracts/year.html",
        "contracts/_prices.html",
        status=status,
        year=year,
        contract=contract.value,
        path=PATH,
        forms=_forms(viewer, year, given or {}),
        stale=status == STALE,
        cost=cost_told(year, page.language),
        sites=[(place, compared(place.now, place.before, page.language)) for place in by_site(rows, shown)],
        narrowed=bool(prices or site),
        shown=len(shown),
        changes=changes_of(rows),
        prices=prices,
        site=site,
        units=UNITS,
        quantities=QUANTITIES,
        history=told(history.value.items, {each.point: each.title for each in year.points})
        if history.value
        else [],
        history_missing=history.missing,
    )


def reads_own_part(viewer: Viewer) -> bool:
    """Say whether the reader is on a site: then the year shows the own sites' part in plain words (N11)."""
    return viewer.is_site_person and not viewer.is_staff and not viewer.has_role("contract_contact")


def _forms(viewer: Viewer, year: Year, given: Mapping[str, Form]) -> dict[str, Form]:
    """Return the steps' forms at the year's present version; what was typed in a refused one stays."""
    forms: dict[str, Form] = {step: Form.blank(version=year.version) for step in DONE}
    forms["sign"] = Form.blank({"name": viewer.person.name}, version=year.version)
    for step, form in given.items():
        again = Form(form.fields, key=new_key(), version=year.version)
        again.errors, again.message = form.errors, form.message
        forms[step] = again
    return forms


async def _history(viewer: Viewer, address: str) -> Paged[HistoryEntry]:
    return await viewer.gateway.read(Paged[HistoryEntry], f"{address}/history", {"limit": HISTORY_SHOWN})


async def _nothing() -> Part[Paged[HistoryEntry]]:
    return Part(allowed=False)
