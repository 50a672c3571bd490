"""Headers that every answer carries, and how long it may be kept, where the route does not say itself."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"
NO_PAGE = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""Of what is no page: a browser that shows it all the same loads and runs nothing of it (ASVS 3.4.3)."""


class AnswerHeaders:
    """Completes the headers of every answer, of the unexpected error's too.

    Answers are for the one who asked, in the language asked for: unless a route decides otherwise they may be
    kept by this caller only, and asked for again each time (RFC 9111 §5.2.2).
    """

    def __init__(self, app: ASGIApp, *, transport_security: bool) -> None:
        self._app = app
        self._always = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
        if transport_security:
            self._always["Strict-Transport-Security"] = TRANSPORT_SECURITY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                if not headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", NO_PAGE)
                if "cache-control" not in headers:
                    headers["Cache-Control"] = "private, no-cache"
                    headers.add_vary_header("Authorization, Accept-Language")
            await send(message)

        await self._app(scope, receive, complete)
