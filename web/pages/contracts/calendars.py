"""Calendar subscriptions of the annual clock: make one, copy its address, list them, revoke one."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import Paged, Refused, optional
from web.labels import LABELS
from web.page import Page, Shown
from web.pages.contracts.listing import customers_of
from web.pages.contracts.reads import CalendarFeed, NewCalendarFeed
from web.settings import WebSettings
from web.viewer import SignedIn, Viewer

router = APIRouter()
CALENDARS = "/clock/calendars"
ALL_FEEDS = 100
RESPONSIBLE = tuple(LABELS["responsible"])


@router.get(CALENDARS)
async def calendars(viewer: SignedIn, page: Shown, customer_id: str = "", responsible: str = "") -> Response:
    """Show the person's subscriptions and the form of a new one, filled in from the clock's filters."""
    form = Form.blank({"customer_id": customer_id, "responsible": responsible})
    return await _show(viewer, page, form)


@router.post(CALENDARS)
async def make(request: Request, viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Make a subscription and show its address, this once."""
    body = {name: form.text(name) or None for name in ("customer_id", "responsible")}
    try:
        made = await viewer.gateway.send(NewCalendarFeed, "/calendar-feeds", body, key=form.key)
    except Refused as refused:
        if refused.status not in (409, 422):
            raise
        form.refuse(refused)
        return await _show(viewer, page, form, status=refused.status)
    address = _origin(request) + made.path
    return await _show(viewer, page, Form.blank(), made=made, address=address)


@router.post(CALENDARS + "/{feed_id}/revoke")
async def revoke(viewer: SignedIn, page: Shown, feed_id: UUID, form: Posted) -> Response:
    """Revoke a subscription; one that is gone already is fine too."""
    try:
        await viewer.gateway.ask("DELETE", f"/calendar-feeds/{feed_id}", key=form.key)
    except Refused as refused:
        if refused.status != 404:
            raise
    return page.go(CALENDARS, page.text("Tilaus on lopetettu. Osoite ei enää toimi."))


async def _show(
    viewer: Viewer,
    page: Page,
    form: Form,
    *,
    made: NewCalendarFeed | None = None,
    address: str = "",
    status: int = 200,
) -> Response:
    feeds, customers = await asyncio.gather(
        optional(viewer.gateway.read(Paged[CalendarFeed], "/calendar-feeds", {"limit": ALL_FEEDS})),
        customers_of(viewer),
    )
    return page.show(
        "contracts/calendars.html",
        status=status,
        feeds=feeds,
        customers=customers,
        names={each.id: each.name for each in customers},
        responsible=RESPONSIBLE,
        form=form,
        made=made,
        address=address,
        # Opens the calendar program of the machine, if it has one.
        opens="webcal" + address[address.find(":") :] if address else "",
    )


def _origin(request: Request) -> str:
    """Return the address that people see of this house, without a path."""
    settings: WebSettings = request.app.state.settings
    return (settings.public_url or str(request.base_url)).rstrip("/")
