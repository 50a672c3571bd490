"""What a person sees when the process has more to do than it can: made to cost next to nothing."""

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from chassis.languages import Language
from web.failures import SAFE_METHODS, show_failure
from web.page import VARY, wants_fragment
from web.session import language_for
from web.texts import mark

AGAIN_SECONDS = "5"
HEADING = mark("Palvelussa on ruuhkaa")


class Busy:
    """Answers with a page that is ready; a form's answer holds what was typed, to be sent again."""

    def __init__(self) -> None:
        self._ready: dict[Language, Response] = {}

    async def __call__(self, request: Request) -> Response:
        """Return the answer for a request."""
        if language := self.kind(request):
            return self._ready.get(language) or self._make_ready(request, language)
        response = await show_failure(request, 503, heading=HEADING, resend=True)
        response.headers["Retry-After"] = AGAIN_SECONDS
        return response

    def kind(self, request: Request) -> Language | None:
        """Return the language of a whole page; what answers a form or a part of a page is its own."""
        whole = request.method in SAFE_METHODS and not wants_fragment(request)
        return language_for(request) if whole else None

    def _make_ready(self, request: Request, language: Language) -> Response:
        written = request.app.state.rendering.render(language, "failures/busy.html", {})
        headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": VARY}
        ready = HTMLResponse(written, 503, headers | {"Retry-After": AGAIN_SECONDS})
        self._ready[language] = ready
        return ready
