"""Anna palautetta: four things, then who answers and by when."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.forms import Form, Posted
from web.gateway import PartMissing, Refused
from web.page import Page, Shown
from web.pages.feedback.intake import FIELDS, KINDS, LONGEST, body_of, judged
from web.pages.feedback.reads import Case, CaseRow, Site
from web.pages.feedback.sites import Choice, chosen_or_choice, services_of, site_of, whom_to_call
from web.viewer import SignedIn, Viewer

router = APIRouter()
GIVE = "/feedback/new"


@router.get(GIVE)
async def write(request: Request, viewer: SignedIn, page: Shown, site_id: str = "", q: str = "") -> Response:
    """Show the form, or first the sites to pick from."""
    site = await chosen_or_choice(viewer, site_id, q)
    if isinstance(site, Choice):
        return page.show("feedback/pick_site.html", "feedback/_sites.html", choice=site, onward=GIVE)
    kind = request.query_params.get("kind", "")
    begun = {
        "kind": kind if kind in KINDS else None,
        "danger": "yes" if "danger" in request.query_params else None,
    }
    return await _show(viewer, page, site, Form.blank(begun))


@router.post(f"{GIVE}/guess")
async def guess(viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Show what the words typed so far give away; a service that the person chose is left as it is.

    A POST, because what people write belongs in no address and in no access log.
    """
    site = await site_of(viewer, form.text("site_id"))
    if site is None:
        raise Refused(404)
    services = services_of(site)
    typed, chosen, guessed_before = form.text("description"), form.text("service"), form.text("guessed")
    found = await judged(viewer, site, typed)
    guessed = (found.service or "") if len(services) > 1 else services[0]
    own_choice = bool(chosen) and chosen != guessed_before
    danger = found.word
    if (own_choice or guessed == guessed_before) and bool(danger) == form.ticked("noticed"):
        return Response(status_code=204)
    return page.show(
        "feedback/_guess.html",
        form=Form.blank({"service": chosen if own_choice else guessed}),
        guessed="" if own_choice else guessed,
        services=services,
        danger=danger,
        urgent=await whom_to_call(viewer, site.id) if danger else None,
    )


@router.post(GIVE)
async def tell(viewer: SignedIn, page: Shown, form: Posted) -> Response:
    """Send the word on; whatever goes wrong, what was typed comes back."""
    _ = page.text
    site = await site_of(viewer, form.text("site_id"))
    if site is None:
        choice = await chosen_or_choice(viewer, form.text("site_id"))
        return page.show("feedback/pick_site.html", status=422, choice=choice, onward=GIVE)
    body = body_of(page, form, site, "web")
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
        form.message = _(
            "Palaute ei mennyt perille, koska yhteys katkesi. Kirjoittamasi on tallessa: lähetä uudelleen."
        )
        return await _show(viewer, page, site, form, status=503)
    return page.go(f"/feedback/sent/{case.id}", _("Palaute on perillä."))


@router.get("/feedback/sent/{case_id}")
async def sent(case_id: UUID, viewer: SignedIn, page: Shown) -> Response:
    """Show who answers and by when."""
    case = await viewer.gateway.read(Case, f"/cases/{case_id}")
    urgent = await whom_to_call(viewer, case.site.id) if case.severity == "critical" else None
    return page.show("feedback/sent.html", case=case, urgent=urgent)


async def _show(viewer: Viewer, page: Page, site: Site, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "feedback/give.html",
        status=status,
        form=form,
        guessed="",
        site=site,
        services=services_of(site),
        kinds=KINDS,
        danger=(await judged(viewer, site, form.text("description"))).word,
        urgent=await whom_to_call(viewer, site.id),
        longest=LONGEST,
        changeable=len(viewer.sites) != 1,
    )
