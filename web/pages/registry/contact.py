"""Ota yhteyttä: from a site and a topic to a person, a telephone number and a stand-in, at once (N10)."""

from fastapi import APIRouter
from starlette.responses import Response

from web.gateway import AskedId, Paged, Part, optional
from web.labels import LABELS
from web.page import Shown
from web.pages.registry.reads import Site, Whom
from web.viewer import SignedIn, Viewer

router = APIRouter()
TOPICS = tuple(LABELS["topic"])
MOST_SITES = 8


async def whom(viewer: Viewer, site_id: str, topic: str) -> Part[Whom] | None:
    """Return whom to contact, as a part that may be missing; None when nothing was asked yet."""
    if not site_id or topic not in TOPICS:
        return None
    query = {"site_id": site_id, "topic": topic}
    return await optional(viewer.gateway.read(Whom, "/whom-to-contact", query))


@router.get("/contact")
async def contact(
    viewer: SignedIn, page: Shown, site_id: AskedId = None, topic: str = "", site: str = ""
) -> Response:
    """Ask for the site (the person's only one is known already), then the topic, and show the person."""
    own = viewer.sites[0].id if len(viewer.sites) == 1 else ""
    about = str(site_id) if site_id else own
    chosen: Part[Site] = Part()
    found: Part[Paged[Site]] = Part()
    answer = await whom(viewer, about, topic)
    if not page.wants_fragment:
        if about:
            chosen = await optional(viewer.gateway.read(Site, f"/sites/{about}"))
        else:
            query = {"q": site.strip(), "limit": MOST_SITES}
            found = await optional(viewer.gateway.read(Paged[Site], "/sites", query))
    return page.show(
        "registry/contact.html",
        "registry/_whom.html",
        site_id=about,
        topic=topic,
        topics=TOPICS,
        site=site,
        chosen=chosen,
        found=found,
        whom=answer,
    )
