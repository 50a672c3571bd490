"""The middleware that recognises who calls, and lets in, shortly holds or refuses (429) each request."""

from collections.abc import Callable
from datetime import datetime
from math import ceil
from urllib.parse import parse_qs

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import Unauthenticated
from chassis.outbound import ON_BEHALF_OF
from chassis.problem_table import KNOWN
from chassis.problems import problem_response
from gateway.limits.callers import Callers, TooMany
from gateway.limits.rules import Allowance, Kind, Usage, place_of
from gateway.sessions.tokens import Sessions


class RateLimits:
    """Lets each caller do as much as its allowance says: a session, or the address of who has none.

    A token that is no session counts for its address, so that guessing is slow.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        prefix: str,
        waits_at: str,
        callers: Callers,
        sessions: Sessions,
        of_sessions: Allowance,
        of_addresses: Allowance,
    ) -> None:
        self._app = app
        self._prefix = prefix
        self._waits_at = waits_at
        self._callers = callers
        self._sessions = sessions
        self._of_sessions = of_sessions
        self._of_addresses = of_addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with when to come again."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        clock: Callable[[], datetime] = scope["app"].state.clock
        caller, allowance = self._caller_of(scope, clock())
        mark = ON_BEHALF_OF.set(caller)
        try:
            async with self._callers.turn(caller, allowance, self._kind_of(scope)) as usage:
                await self._app(scope, receive, self._telling(send, usage))
        except TooMany as refusal:
            answer = problem_response(Request(scope), KNOWN["too_many_requests"])
            answer.headers["Retry-After"] = str(ceil(refusal.retry_after))
            await answer(scope, receive, self._telling(send, self._callers.usages[caller]))
        finally:
            ON_BEHALF_OF.reset(mark)

    def _caller_of(self, scope: Scope, now: datetime) -> tuple[str, Allowance]:
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            try:
                return f"session {self._sessions.read(token.strip(), now).id}", self._of_sessions
            except Unauthenticated:
                pass
        address = scope["client"][0] if scope.get("client") else "nowhere"
        return f"address {place_of(address)}", self._of_addresses

    def _kind_of(self, scope: Scope) -> Kind:
        if scope["path"] != self._waits_at or b"wait=" not in scope["query_string"]:
            return "request"
        wait = parse_qs(scope["query_string"].decode("latin-1")).get("wait", ["0"])
        return "request" if wait[-1].strip("0") == "" else "wait"

    def _telling(self, send: Send, usage: Usage) -> Send:
        """Tell with each answer how much is left (draft-ietf-httpapi-ratelimit-headers)."""
        allowance = usage.allowance

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                left = usage.remaining(self._callers.clock())
                again = ceil((allowance.burst - left) / allowance.rate)
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"] = (
                    f'"{allowance.name}";q={allowance.burst};w={ceil(allowance.window)}'
                )
                headers["RateLimit"] = f'"{allowance.name}";r={left};t={again}'
            await send(message)

        return tell
