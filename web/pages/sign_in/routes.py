"""Signing in as a person of the demo city, signing out, and choosing the language."""

from contextlib import suppress

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import RedirectResponse, Response

from chassis.languages import LANGUAGES
from web.forms import Form, Posted
from web.gateway import GatewayError, PartMissing, Refused, optional
from web.page import Page, Shown
from web.pages.sign_in.reads import DemoPeople, Session
from web.session import (
    LANGUAGE_COOKIE,
    YEAR_SECONDS,
    cookie_of,
    local_path,
    set_cookie,
    sign_in,
    sign_out,
    take_session,
)
from web.texts import mark
from web.viewer import forget, gateway_for

router = APIRouter()
KEPT = TypeAdapter(list[tuple[str, str]])
# What each person of the demo city can try here, by username.
CAN_DO = {
    "contract-contact": mark(
        "Näkee hallintokuntansa kaikki asiakkaat, sopimukset ja vuosikellon; neuvottelee ja hyväksyy."
    ),
    "school-head": mark("Antaa palautetta koulunsa ruoasta ja siivouksesta ja seuraa vastauksia."),
    "daycare-head": mark("Sama kuin rehtori, mutta toisen asiakkaan päiväkodissa: ei näe koulun asioita."),
    "supervisor": mark("Näkee kohteidensa palautteet, vastaa niihin ja kirjaa kuullut nopeasti."),
    "handler": mark("Käsittelee palautteita määräajan mukaan: kuittaa, kysyy, vastaa ja ratkaisee."),
    "account-manager": mark(
        "Vastaa asiakkuuksista: laatii sopimusvuodet, vie vuosikelloa ja tapaa asiakkaita."
    ),
    "management": mark("Seuraa kokonaisuutta: mikä on myöhässä, mitkä sopimukset ovat auki."),
    "admin": mark("Ylläpitää henkilöitä, kohteita ja asetuksia; näkee kaiken."),
    "producer-supervisor": mark("Ulkoisen tuottajan esimies: näkee vain oman työnsä palautteet."),
}


async def sign_in_page(
    request: Request,
    page: Page,
    *,
    status: int = 200,
    then: str = "/",
    kept_path: str = "",
    kept: list[tuple[str, str]] | None = None,
    fault: str = "",
) -> Response:
    """Answer with the people to choose from; ``kept`` is a form whose writer's session ended meanwhile."""
    people = await optional(gateway_for(request).read(DemoPeople, "/demo-people"))
    chosen = people.value.items if people.value else ()
    return page.show(
        "sign_in/sign_in.html",
        status=status,
        form=Form.blank(),
        people=[person for person in chosen if person.username in CAN_DO] or chosen,
        people_missing=people.missing,
        can_do=CAN_DO,
        then=local_path(then),
        kept_path=kept_path,
        kept=KEPT.dump_json(kept).decode() if kept else "",
        fault=fault,
    )


@router.get("/sign-in")
async def choose(request: Request, page: Shown, next: str = "/") -> Response:
    """Show who one can be."""
    return await sign_in_page(request, page, then=next)


@router.post("/sign-in")
async def enter(request: Request, page: Shown, form: Posted) -> Response:
    """Begin a session, then go where the person was going, or show the form they were sending."""
    gateway = gateway_for(request)
    then, kept_path = local_path(form.text("then")), local_path(form.text("kept_path"), "")
    kept = _kept_of(form.text("kept")) if kept_path else []
    try:
        session = await gateway.send(Session, "/sessions", {"username": form.text("username")})
    except Refused as refused:
        words = refused.detail or page.text("Kirjautuminen ei onnistunut. Valitse henkilö uudelleen.")
        return await sign_in_page(
            request, page, status=422, then=then, kept_path=kept_path, kept=kept, fault=words
        )
    except PartMissing:
        words = page.text("Kirjautuminen ei juuri nyt onnistu. Yritä hetken kuluttua uudelleen.")
        return await sign_in_page(
            request, page, status=503, then=then, kept_path=kept_path, kept=kept, fault=words
        )
    if kept:
        # The next form must fit the new session, whose cookie this very answer sets.
        take_session(request, session.token)
        response = page.show("sign_in/resume.html", kept_path=kept_path, kept=kept)
    else:
        response = page.go(then)
    sign_in(request, response, session.token)
    if cookie_of(request, LANGUAGE_COOKIE) is None:
        set_cookie(request, response, LANGUAGE_COOKIE, session.person.language, seconds=YEAR_SECONDS)
    return response


@router.post("/sign-out")
async def leave(request: Request, page: Shown, _: Posted) -> Response:
    """End the session; the browser forgets it even if the gateway is away."""
    forget(request)
    with suppress(GatewayError):  # then the session ends by itself at its time; the cookie goes now
        await gateway_for(request).ask("DELETE", "/sessions/current")
    response = page.go("/sign-in", page.text("Olet kirjautunut ulos."), "info")
    sign_out(request, response)
    response.headers["Clear-Site-Data"] = '"storage"'  # drafts too; an ended session keeps them
    return response


@router.get("/language/{code}")
async def language(request: Request, code: str, next: str = "/") -> Response:
    """Choose the language and come back to the same view."""
    response = RedirectResponse(local_path(next), status_code=303)
    own_link = request.headers.get("sec-fetch-site") in (None, "same-origin", "none")
    if code in LANGUAGES and own_link:  # another site sends nobody's language
        set_cookie(request, response, LANGUAGE_COOKIE, code, seconds=YEAR_SECONDS)
    return response


def _kept_of(raw: str) -> list[tuple[str, str]]:
    try:
        return KEPT.validate_json(raw or "[]")
    except ValueError:
        return []
