"""Kirjaa nopeasti: a word heard on the corridor is a record in ten seconds."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from web.forms import Form, Posted
from web.gateway import PartMissing, Refused
from web.page import Page, Shown
from web.pages.feedback.intake import FIELDS, KINDS, body_of, judged
from web.pages.feedback.reads import CaseRow, Site
from web.pages.feedback.sites import Choice, chosen_or_choice, services_of, site_of, whom_to_call
from web.session import YEAR_SECONDS, cookie_of, set_cookie
from web.viewer import SignedIn, Viewer

router = APIRouter()
LOG = "/feedback/quick"
LAST_SITE_COOKIE = "kumppani_last_site"
CHANNELS = ("face_to_face", "phone", "email")


@router.get(LOG)
async def begin(request: Request, viewer: SignedIn, page: Shown, site_id: str = "", q: str = "") -> Response:
    """Show the form for the site of the link or the one used last; with neither, the sites to pick from."""
    if not viewer.may("log_case"):
        return RedirectResponse(page.link("/feedback/new", site_id=site_id), status_code=303)
    picking = "change" in request.query_params or bool(q)
    last = "" if picking or site_id else cookie_of(request, LAST_SITE_COOKIE) or ""
    site: Site | Choice | None = await site_of(viewer, last)
    if site is None:
        site = await chosen_or_choice(viewer, site_id, q)
    if isinstance(site, Choice):
        return page.show("feedback/pick_site.html", "feedback/_sites.html", choice=site, onward=LOG)
    return await _show(viewer, page, site, Form.blank({"channel": CHANNELS[0]}))


@router.post(LOG)
async def log(request: Request, viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Keep the word and be ready for the next one."""
    _ = page.text
    site = await site_of(viewer, form.text("site_id"))
    if site is None:
        choice = await chosen_or_choice(viewer, form.text("site_id"))
        return page.show("feedback/pick_site.html", status=422, choice=choice, onward=LOG)
    body = _body_of(page, form, site)
    if form.faulty:
        return await _show(viewer, page, site, form, status=422)
    try:
        case = await viewer.gateway.send(CaseRow, "/cases", body, key=form.key)
    except Refused as refused:
        if refused.status not in (404, 409, 422):
            raise
        form.refuse(refused, FIELDS)
        return await _show(viewer, page, site, form, status=422)
    except PartMissing:
        form.message = _("Kirjaus ei vielä mennyt perille, koska yhteys katkesi. Lähetä uudelleen.")
        return await _show(viewer, page, site, form, status=503)
    said = _("%(reference)s on kirjattu. Valmiina seuraavaan.") % {"reference": case.reference}
    response = page.go(page.link(LOG, site_id=site.id), said)
    set_cookie(request, response, LAST_SITE_COOKIE, site.id, seconds=YEAR_SECONDS)
    return response


async def _show(viewer: Viewer, page: Page, site: Site, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "feedback/quick.html",
        status=status,
        form=form,
        guessed="",
        site=site,
        services=services_of(site),
        kinds=KINDS,
        channels=CHANNELS,
        danger=(await judged(viewer, site, form.text("description"))).word,
        urgent=await whom_to_call(viewer, site.id),
    )


def _body_of(page: Page, form: Form, site: Site) -> dict[str, object]:
    _ = page.text
    channel = form.text("channel")
    body = body_of(page, form, site, channel)
    if channel not in CHANNELS:
        form.fail("channel", _("Valitse, miten asia tuli tietoosi."))
    if form.ticked("fixed_on_the_spot"):
        body["fixed_on_the_spot"] = True
    if form.text("reporter"):
        body["reporter"] = {"name": form.text("reporter")}
    return body
