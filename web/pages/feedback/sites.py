"""Which site a word is about: the one in the link, the person's only one, or one to be picked."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.gateway import Paged, PartMissing, Refused, optional
from web.pages.feedback.reads import Handler, Site, SiteService, WhomToContact, is_id
from web.viewer import OwnSite, Viewer

SHOWN_SITES = 12
ALL_SERVICES = ("meals", "cleaning", "multiservice", "staff_meals", "coffee")


@dataclass(frozen=True)
class Choice:
    """Sites to pick from: those found, whether there are more, and what was searched."""

    sites: tuple[Site, ...]
    more: bool
    searched: str
    unknown: bool = False
    """The link named a site that this person does not see."""


def services_of(site: Site) -> tuple[str, ...]:
    """Return the services that a word can be about; all of them when the registry does not tell."""
    told = tuple(dict.fromkeys(used.service for used in site.services))
    return told or ALL_SERVICES


async def site_of(viewer: Viewer, site_id: str) -> Site | None:
    """Return a site by its id, None when it is not this person's to see.

    The person's own sites are known already. Without the registry they are so at least by name: a word must
    find its way in.
    """
    if not is_id(site_id):
        return None
    own = next((site for site in viewer.sites if site.id == site_id.lower()), None)
    if own is not None and own.services is not None:
        return _told(own)
    try:
        return await viewer.gateway.read(Site, f"/sites/{site_id}")
    except Refused:
        return None
    except PartMissing:
        if own is None:
            raise
        return _told(own)


def _told(own: OwnSite) -> Site:
    """Return an own site as the forms need it."""
    services = [SiteService(service=used.service) for used in own.services or ()]
    return Site(id=own.id, name=own.name, services=services)


async def chosen_or_choice(viewer: Viewer, site_id: str, searched: str = "") -> Site | Choice:
    """Return the site when it is clear which one, else the sites to pick from."""
    site = await site_of(viewer, site_id)
    if site is not None:
        return site
    if not site_id and not searched and len(viewer.sites) == 1 and viewer.sites[0].services is not None:
        return _told(viewer.sites[0])
    try:
        found = await viewer.gateway.read(Paged[Site], "/sites", {"q": searched, "limit": SHOWN_SITES})
    except PartMissing:
        if not viewer.sites:
            raise
        found = Paged[Site](items=[_told(own) for own in viewer.sites])
    if len(found.items) == 1 and found.next is None and not searched and not site_id:
        return found.items[0]
    return Choice(tuple(found.items), found.next is not None, searched, unknown=bool(site_id))


async def whom_to_call(viewer: Viewer, site_id: str, topic: str = "food_safety") -> Handler | None:
    """Return whom to call at once about a site, None when nobody can tell now."""
    query: Mapping[str, str] = {"site_id": site_id, "topic": topic}
    part = await optional(viewer.gateway.read(WhomToContact, "/whom-to-contact", query))
    told = part.value
    if told is None:
        return None
    if told.person and told.reason and told.reason.code == "you_yourself":
        return told.person.model_copy(update={"note": told.reason.text})
    return told.stand_in if told.away and told.stand_in and told.stand_in.phone else told.person
