"""What a person sees when a page cannot be had: what to do next, and what they typed is kept."""

from collections.abc import Mapping
from contextlib import suppress

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from web.forms import ForeignForm, kept_fields
from web.gateway import PartMissing, Refused, SignInNeeded
from web.page import Page
from web.session import is_same_origin, session_token, sign_out, take_session
from web.texts import mark
from web.viewer import forget, viewer_or_none

log = structlog.get_logger()
SAFE_METHODS = {"GET", "HEAD"}
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
# status: heading, what to do
WORDS: Mapping[int, tuple[str, str]] = {
    400: (
        mark("Lomaketta ei voitu lukea"),
        mark("Mitään ei lähetetty. Palaa lomakkeelle ja lähetä tiedot uudelleen."),
    ),
    403: (
        mark("Tämä ei kuulu sinun oikeuksiisi"),
        mark("Näet asian, mutta tämän voi tehdä vain joku muu. Kysy yhteyshenkilöltäsi, jos oikeus puuttuu."),
    ),
    404: (
        mark("Sivua ei löytynyt"),
        mark("Osoite on voinut muuttua, tai asia ei näy sinulle. Etsi sitä haulla tai palaa etusivulle."),
    ),
    409: (
        mark("Tämä ei onnistu juuri nyt"),
        mark("Asian tila on muuttunut. Avaa sivu uudelleen ja katso, mitä sille voi tehdä."),
    ),
    412: (
        mark("Joku muu ehti muuttaa tätä"),
        mark("Avaa asia uudelleen, katso mikä muuttui ja tee muutoksesi sen jälkeen. Kirjoittamasi on alla."),
    ),
    413: (
        mark("Lähetit liian paljon kerralla"),
        mark("Mitään ei lähetetty. Lyhennä tekstiä tai lähetä se osissa."),
    ),
    422: (
        mark("Jokin tieto puuttuu tai on väärin"),
        mark("Palaa lomakkeelle ja tarkista tiedot."),
    ),
    500: (
        mark("Jokin meni rikki"),
        mark("Vika on meidän puolellamme. Yritä hetken kuluttua uudelleen."),
    ),
    503: (
        mark("Osa Kumppanista ei vastaa"),
        mark("Yritä hetken kuluttua uudelleen. Mitään ei ole kadonnut."),
    ),
}


async def typed_fields(request: Request) -> list[tuple[str, str]]:
    """Return what was typed in the posted form, to keep it; nothing of a foreign page's form."""
    if request.method in SAFE_METHODS or not is_same_origin(request):
        return []
    if not hasattr(request.state, "posted"):
        # What failed before its form was read; a form that could not be read is not tried again.
        request.state.posted = None
        if request.headers.get("content-type", "").startswith(FORM_TYPES):
            with suppress(HTTPException, ClientDisconnect):
                request.state.posted = await request.form()
    posted: FormData | None = request.state.posted
    return kept_fields(posted) if posted is not None else []


async def _sign_in_needed(request: Request, _: Exception) -> Response:
    page = Page(request)
    ended = session_token(request) is not None
    forget(request)
    if request.method in SAFE_METHODS:
        destination = page.address
        if page.wants_fragment:  # back to the page, not to its fragment
            destination = request.headers.get("hx-current-url", "/")
            destination = "/" + destination.split("/", 3)[3] if destination.count("/") >= 3 else "/"
        notice = (
            page.text("Istuntosi päättyi. Kirjaudu uudelleen, niin jatkat samasta kohdasta.")
            if ended
            else None
        )
        response = page.go(
            page.link("/sign-in", next=None if destination == "/" else destination), notice, "info"
        )
    else:
        # The answer forgets the ended session, so its form must not be tied to it.
        take_session(request, None)
        from web.pages.sign_in.routes import (
            sign_in_page,
        )  # the page that keeps a form while its writer signs in

        response = await sign_in_page(
            request, page, status=401, kept_path=page.path, kept=await typed_fields(request)
        )
        response.headers["HX-Retarget"] = "body"
    if ended:
        sign_out(request, response)
    return response


async def show_too_large(request: Request, _limit: int) -> Response:
    """Answer a form that says it is too large with its page; what it holds is not read, and so not kept."""
    request.state.posted = None
    return await show_failure(request, 413)


async def show_failure(
    request: Request,
    status: int,
    *,
    heading: str = "",
    advice: str = "",
    detail: str = "",
    part: str = "",
    resend: bool = False,
) -> Response:
    """Answer with a friendly page: what happened, what to do, the typed text, and maybe to send it again."""
    page = Page(request)
    words = WORDS.get(status) or (WORDS[500] if status >= 500 else WORDS[404])
    if status < 500 and not hasattr(request.state, "viewer"):
        await viewer_or_none(request)  # so that the page has its navigation
    kept = await typed_fields(request)
    return page.show(
        "failures/failure.html",
        "failures/_failure.html",
        status=status,
        heading=page.text(heading or words[0]),
        advice=page.text(advice or words[1]),
        detail=detail,
        part=part,
        kept=kept,
        kept_path=page.address,
        resend=resend,
        try_again=status >= 500,
    )


async def _part_missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, PartMissing)  # noqa: S101 - told to the type checker; registered for this class
    log.warning("page without its part", part=error.part, path=request.url.path, detail=error.detail)
    return await show_failure(request, 503, part=error.part, resend=True)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - as above
    return await show_failure(request, error.status, detail=error.detail)


async def _foreign_form(request: Request, _: Exception) -> Response:
    return await show_failure(
        request,
        403,
        heading=mark("Lomake oli vanhentunut"),
        advice=mark("Mitään ei lähetetty. Tarkista tiedot ja lähetä ne uudelleen tältä sivulta."),
        resend=True,
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    response = await show_failure(request, error.status_code)
    response.headers.update(error.headers or {})
    return response


async def _closed(_: Request, __: Exception) -> Response:
    """Answer a browser that went away in the middle of its form: nobody hears it, and nothing is wrong."""
    return Response(status_code=400)


async def _malformed(request: Request, _: Exception) -> Response:
    return await show_failure(request, 404)


async def _broken(request: Request, _: Exception) -> Response:
    if not hasattr(request.state, "posted"):
        request.state.posted = None  # whatever broke, there is no more to read from the browser here
    return await show_failure(request, 500, resend=True)


def add_failure_pages(app: FastAPI) -> None:
    """Give each failure its page."""
    app.add_exception_handler(SignInNeeded, _sign_in_needed)
    app.add_exception_handler(PartMissing, _part_missing)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(ForeignForm, _foreign_form)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _closed)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(Exception, _broken)
