"""A page's answer: the whole page or only its fragment, or a redirect after a success."""

from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chassis.languages import Language
from web.forms import KEY_FIELD, TOKEN_FIELD, VERSION_FIELD
from web.navigation import NavLink, main_action_of, ways_of
from web.rendering import Rendering
from web.session import (
    NOTICE_COOKIE,
    VISITOR_COOKIE,
    Tone,
    forget_cookie,
    form_token,
    language_for,
    leave_notice,
    notice_of,
    set_cookie,
    settings_of,
)
from web.viewer import Viewer

VARY = "HX-Request, Cookie, Accept-Language"
PUNCTUATION = ":/%#?=@[]!$&'()*+,;"
"""What stays as it is in an address that a header carries; the rest is written with per cent signs."""


def wants_fragment(request: Request) -> bool:
    """Say whether htmx asks for a part of a page (going back in history asks for the whole)."""
    headers = request.headers
    return headers.get("hx-request-type") == "partial" and "hx-history-restore-request" not in headers


class Page:
    """What a route answers with; templates see it as ``page``."""

    token_field = TOKEN_FIELD
    key_field = KEY_FIELD
    version_field = VERSION_FIELD

    def __init__(self, request: Request) -> None:
        self._request = request
        self._rendering: Rendering = request.app.state.rendering
        self.language: Language = language_for(request)
        self.path: str = request.url.path
        self.notice = notice_of(request)
        self._form_token = ""

    @property
    def address(self) -> str:
        """Return this page's address inside the site, with its query."""
        query = self._request.url.query
        return self.path + (f"?{query}" if query else "")

    @property
    def viewer(self) -> Viewer | None:
        """Return who looks, when the page is for signed-in people."""
        viewer: Viewer | None = getattr(self._request.state, "viewer", None)
        return viewer

    @property
    def is_demo(self) -> bool:
        """Say whether this is a demo city, where all people are invented."""
        return settings_of(self._request).demo

    @property
    def today(self) -> date:
        """Return the day it is in Helsinki."""
        return self._rendering.today()

    @property
    def ways(self) -> list[NavLink]:
        """Return the navigation of who looks."""
        return ways_of(self.viewer) if self.viewer else []

    @property
    def main_action(self) -> NavLink | None:
        """Return what who looks most often comes to do."""
        return main_action_of(self.viewer) if self.viewer else None

    @property
    def form_token(self) -> str:
        """Return the hidden token of this answer's forms."""
        self._form_token = self._form_token or form_token(self._request)
        return self._form_token

    @property
    def wants_fragment(self) -> bool:
        """Say whether htmx asks for a part of this page."""
        return wants_fragment(self._request)

    def text(self, message: str) -> str:
        """Return a Finnish text in the page's language; use it as ``_``."""
        return self._rendering.text(self.language, message)

    def link(self, path: str | None = None, **query: object) -> str:
        """Return an address with its query: empty values are left out."""
        given = {name: value for name, value in query.items() if value not in (None, "", False)}
        return (path or self.path) + (f"?{urlencode(given)}" if given else "")

    def show(
        self, template: str, fragment: str | None = None, *, status: int = 200, **values: object
    ) -> Response:
        """Answer with the page, or only with its fragment when htmx asked for that."""
        chosen = fragment if fragment is not None and self.wants_fragment else template
        body = self._rendering.render(self.language, chosen, {"page": self, **values})
        response = HTMLResponse(body, status_code=status, headers={"Vary": VARY, "Cache-Control": "no-store"})
        response.headers["Content-Language"] = self.language
        visitor: str | None = getattr(self._request.state, "new_visitor", None)
        if visitor:
            set_cookie(self._request, response, VISITOR_COOKIE, visitor, seconds=None)
        if self.notice and chosen == template:
            forget_cookie(self._request, response, NOTICE_COOKIE)
        return response

    def go(self, path: str, notice: str | None = None, tone: Tone = "success") -> Response:
        """Redirect after a success (303), with a sentence that the next page shows once."""
        if "hx-request" in self._request.headers:
            response = Response(status_code=200, headers={"HX-Redirect": quote(path, safe=PUNCTUATION)})
        else:
            response = RedirectResponse(path, status_code=303)
        if notice:
            leave_notice(self._request, response, notice, tone)
        return response


async def _page(request: Request) -> Page:
    return Page(request)


Shown = Annotated[Page, Depends(_page)]
