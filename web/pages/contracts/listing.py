"""Sopimukset and Sopimus: which agreements there are, how far each year is, and the draft of the next one."""

import asyncio
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import Paged, Refused, optional
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.reads import Contract, DraftedYear, Named
from web.viewer import SignedIn, Viewer

router = APIRouter()
STATES = tuple(LABELS["contract_state"])
ON_A_PAGE = 20
ALL_CUSTOMERS = 200


@router.get("/contracts")
async def contracts(
    viewer: SignedIn,
    page: Shown,
    q: str = "",
    customer_id: str = "",
    state: str = "",
    year: str = "",
    own: str = "",
    cursor: str = "",
) -> Response:
    """List the contracts that the person sees."""
    chosen = int(year) if year.isdecimal() and len(year) == len("2026") else None
    asked = {
        "q": q.strip(),
        "customer_id": customer_id,
        "state": state if state in STATES else "",
        "year": chosen,
        "own": "true" if own == "true" else "",
        "cursor": cursor,
        "limit": ON_A_PAGE,
    }
    found, customers = await asyncio.gather(
        viewer.gateway.read(Paged[Contract], "/contracts", asked), customers_of(viewer)
    )
    return page.show(
        "contracts/contracts.html",
        "contracts/_contracts.html",
        contracts=found.items,
        following=found.next,
        customers=customers,
        states=STATES,
        years=sorted({page.today.year + each for each in (-1, 0, 1)} | ({chosen} if chosen else set())),
        q=q,
        customer_id=customer_id,
        state=state,
        year=chosen or "",
        own=asked["own"],
        cursor=cursor,
    )


@router.get("/contracts/{contract_id}")
async def contract(viewer: SignedIn, page: Shown, contract_id: UUID) -> Response:
    """Show a framework agreement and its years."""
    return await _show_contract(viewer, page, contract_id)


@router.post("/contracts/{contract_id}/years")
async def draft_year(viewer: SignedIn, page: Shown, contract_id: UUID, form: Posted) -> Response:
    """Draft another year, from an earlier one or empty."""
    year = form.text("year")
    copied = form.text("copy_from")
    if not year.isdecimal():
        form.fail("year", page.text("Anna vuosi neljällä numerolla, esimerkiksi 2027."))
        return await _show_contract(viewer, page, contract_id, form=form, status=422)
    body = {"year": int(year), "copy_from": int(copied) if copied.isdecimal() else None}
    try:
        await viewer.gateway.send(DraftedYear, f"/contracts/{contract_id}/years", body, key=form.key)
    except Refused as refused:
        if refused.status not in (409, 422):
            raise
        form.refuse(refused)
        return await _show_contract(viewer, page, contract_id, form=form, status=refused.status)
    return page.go(f"/contracts/{contract_id}/years/{year}", page.text("Luonnos on valmis muokattavaksi."))


async def customers_of(viewer: Viewer) -> tuple[Named, ...]:
    """Return the customers that the person can filter by; none when the registry does not answer."""
    found = await optional(viewer.gateway.read(Paged[Named], "/customers", {"limit": ALL_CUSTOMERS}))
    return tuple(sorted(found.value.items, key=lambda each: each.name or "")) if found.value else ()


async def _show_contract(
    viewer: Viewer, page: Page, contract_id: UUID, *, form: Form | None = None, status: int = 200
) -> Response:
    found = await viewer.gateway.read(Contract, f"/contracts/{contract_id}")
    following = (found.newest or page.today.year - 1) + 1
    return page.show(
        "contracts/contract.html",
        status=status,
        contract=found,
        following=following,
        form=form or Form.blank({"year": following, "copy_from": found.newest}),
    )
