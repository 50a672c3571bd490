"""Kohteet and Kohde: the site card – what is agreed, whom to call, when it is open, what is unfinished."""

import asyncio
from datetime import datetime, time
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from trade.days import HELSINKI
from web.gateway import Paged, optional
from web.labels import LABELS
from web.page import Shown
from web.pages.registry.contact import TOPICS, whom
from web.pages.registry.opening import week_of
from web.pages.registry.people import team_of
from web.pages.registry.reads import Preview, Site, SiteCard
from web.viewer import SignedIn

router = APIRouter()
KINDS = tuple(LABELS["site_kind"])
# Enough working time to reach over a week of the longest opening hours.
WEEK_OF_WORK = {"basis": "business", "duration": "PT168H"}


@router.get("/sites")
async def sites(
    viewer: SignedIn, page: Shown, q: str = "", kind: str = "", customer_id: str = "", cursor: str = ""
) -> Response:
    """List the sites that the person sees; the only site of a person opens at once."""
    if len(viewer.sites) == 1 and not page.wants_fragment and not (q or kind or customer_id):
        return RedirectResponse(f"/sites/{viewer.sites[0].id}", status_code=303)
    query = {"q": q.strip(), "kind": kind, "customer_id": customer_id, "cursor": cursor}
    found = await viewer.gateway.read(Paged[Site], "/sites", query)
    return page.show(
        "registry/sites.html",
        "registry/_sites.html",
        found=found,
        kinds=KINDS,
        q=q,
        kind=kind,
        customer_id=customer_id,
        cursor=cursor,
    )


@router.get("/sites/{site_id}")
async def site(viewer: SignedIn, page: Shown, site_id: UUID, topic: str = "") -> Response:
    """Show the site card; with a topic it also says whom to contact about that."""
    if page.wants_fragment:
        answer = await whom(viewer, str(site_id), topic)
        return page.show("registry/_whom.html", whom=answer, topic=topic, site_id=str(site_id))
    morning = datetime.combine(page.today, time.min, HELSINKI)
    asked = {"site_id": str(site_id), "received_at": morning.isoformat(), "response": WEEK_OF_WORK}
    card, answer, preview = await asyncio.gather(
        viewer.gateway.read(SiteCard, f"/sites/{site_id}/card"),
        whom(viewer, str(site_id), topic),
        optional(viewer.gateway.send(Preview, "/sla/preview", asked)),
    )
    return page.show(
        "registry/site.html",
        card=card,
        site=card.site,
        people=team_of(card.contacts or (), (each.service for each in card.site.services)),
        whom=answer,
        topic=topic,
        topics=TOPICS,
        site_id=str(site_id),
        week=week_of(preview.value.ledger, page.today, page.language) if preview.value else [],
        week_missing=preview.missing,
        working_day=preview.value.calendar.working_day if preview.value else None,
    )
