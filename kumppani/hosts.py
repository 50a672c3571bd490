"""Which names a process at a loopback address answers to: its own, and that of its public address.

A page anywhere may name this machine by a host name of its own choosing (DNS rebinding), and the browser
then takes it for the same site. What listens on loopback for this machine alone answers to no such name.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.problem_table import Problem
from chassis.problems import problem_response
from chassis.settings import LOOPBACK
from chassis.words import Words

MISDIRECTED = Problem(421, "misdirected", Words.beside(__file__)["problem"]["misdirected"])


def guarded(app: ASGIApp, bound_to: str, public_url: str | None) -> ASGIApp:
    """Return the app as it is to be served at the address `bound_to`."""
    if bound_to not in LOOPBACK - {""}:
        return app  # a private network, where a proxy or another part calls by whatever name
    return _OwnNames(app, public_url)


class _OwnNames:
    """Answers 421 to whoever calls this machine by another's name."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self._app = app
        self._names = (LOOPBACK - {""}) | {urlsplit(public_url or "").hostname or "localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its Host is ours, or absent as HTTP/1.0 allows."""
        if scope["type"] == "http":
            request = Request(scope)
            host = request.headers.get("host")
            if host is not None and _name(host) not in self._names:
                refusal = problem_response(request, MISDIRECTED, params={"host": host[:100]})
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _name(host: str) -> str:
    """Return the host without its port; what is no host is nobody's name."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
