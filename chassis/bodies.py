"""How large a request may be: refused unread when it says so, else where reading reaches the limit.

FastAPI's own limit answers in plain text; here it is a problem like every other.
"""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.problem_table import HTTP_ERRORS
from chassis.problems import TooLarge, problem_response

SMALL = 64_000
"""Bytes of a request that one person writes; the longest text fits."""
MEDIUM = 1_000_000
"""Bytes of a list of some thousand rows, e.g. the lines of a contract year; the largest form of a page."""
FILE = 5_000_000
"""Bytes of a registry file."""


Refusal = Callable[[Request, int], Awaitable[Response]]
"""Makes the answer to a request of more than so many bytes, before anything is done."""


async def too_large_problem(request: Request, limit: int) -> Response:
    """Refuse with a problem that tells the limit."""
    told = {"limit": limit}
    return problem_response(request, HTTP_ERRORS[413], params=told, extra=told)


class BodyLimit:
    """Answers 413 to a request that says it is too large or turns out to be.

    ``larger`` names the beginnings of paths below which more than ``most`` bytes are taken; ``refusal``
    answers what says so itself.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        most: int,
        larger: Mapping[str, int],
        refusal: Refusal = too_large_problem,
    ) -> None:
        self._app = app
        self._refusal = refusal
        self._most = most
        self._larger = larger

    def _limit(self, path: str) -> int:
        return next((most for start, most in self._larger.items() if path.startswith(start)), self._most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count what is read of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        left = most = self._limit(scope["path"])
        said = Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and (len(said) > 18 or int(said) > left):
            await (await self._refusal(Request(scope), most))(scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLarge(most)
            return message

        await self._app(scope, counted, send)
