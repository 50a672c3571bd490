"""HTTP's general methods for every address: HEAD where there is GET, OPTIONS, and an Allow that is whole.

Starlette's own Allow names the methods of the first route of a path only, and FastAPI's routes know no HEAD.
"""

import re
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class _Methods:
    """What an app does at which paths."""

    names: dict[str, frozenset[str]]
    """By a path of which no part is an id."""
    patterns: list[tuple[re.Pattern[str], frozenset[str]]]
    """Of the other paths."""


class GeneralMethods:
    """Answers HEAD as GET without its content (RFC 9110 §9.3.2) and OPTIONS with Allow (§9.3.7)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known: _Methods | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on in the way that its method asks for."""
        method = scope.get("method") if scope["type"] == "http" else None
        if method == "HEAD":
            await self._head(scope, receive, send)
        elif method == "OPTIONS" and (allowed := self._allowed(scope)):
            await Response(status_code=204, headers={"Allow": allowed})(scope, receive, send)
        elif method is None:
            await self._app(scope, receive, send)
        elif self._is_anothers(scope, method):
            await self._refuse(scope, receive, self._with_whole_allow(scope, send))
        else:
            await self._app(scope, receive, self._with_whole_allow(scope, send))

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def without_content(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        scope["method"] = "GET"
        try:
            await self._app(scope, receive, without_content)
        finally:
            scope["method"] = "HEAD"  # what measures and logs the request tells what was asked

    def _is_anothers(self, scope: Scope, method: str) -> bool:
        """Tell whether a name lacks the method, so that a route of ids might take it for one."""
        return method not in self._table(scope).names.get(scope["path"], {method})

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 405 in the way that the app answers errors."""
        handler = scope["app"].exception_handlers[HTTPException]
        answer: Response = await handler(Request(scope, receive), HTTPException(405))
        await answer(scope, receive, send)

    def _with_whole_allow(self, scope: Scope, send: Send) -> Send:
        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                MutableHeaders(scope=message)["Allow"] = self._allowed(scope)
            await send(message)

        return complete

    def _table(self, scope: Scope) -> _Methods:
        if self._known is None:
            self._known = _methods_of(scope["app"])
        return self._known

    def _allowed(self, scope: Scope) -> str:
        """Return the methods of all routes of the path, as Allow lists them; empty when there is none."""
        table, path = self._table(scope), scope["path"]
        # "/cases/triage" is no case, though "/cases/{case_id}" would take it for one.
        found = set(table.names.get(path, ()))
        if not found:
            found = {
                method for pattern, methods in table.patterns if pattern.match(path) for method in methods
            }
        if "GET" in found:
            found.add("HEAD")
        return ", ".join(sorted({*found, "OPTIONS"})) if found else ""


def _methods_of(app: FastAPI) -> _Methods:
    """Return the methods of all routes; what is mounted serves files."""
    found = _Methods({}, [])
    for each in iter_route_contexts(app.routes):
        methods = frozenset(getattr(each, "methods", None) or {"GET"})
        if each.path is None or each.path_regex.groups:
            found.patterns.append((each.path_regex, methods))
        else:
            found.names[each.path] = found.names.get(each.path, frozenset()) | methods
    return found
