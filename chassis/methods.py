"""HTTP's general methods for every address: HEAD where there is GET, OPTIONS, and an Allow that is whole.

Starlette's own Allow names the methods of the first route of a path only, and FastAPI's routes know no HEAD.
"""

import re
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class _Known:
    """A route: which paths are its, and what it does there."""

    path: re.Pattern[str]
    methods: frozenset[str]
    is_named: bool
    """Whether it has this one path, without a part that is an id."""


class GeneralMethods:
    """Answers HEAD as GET without its content (RFC 9110 §9.3.2) and OPTIONS with Allow (§9.3.7)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known: list[_Known] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on in the way that its method asks for."""
        method = scope.get("method") if scope["type"] == "http" else None
        if method == "HEAD":
            await self._head(scope, receive, send)
        elif method == "OPTIONS" and (allowed := self._allowed(scope)):
            await Response(status_code=204, headers={"Allow": allowed})(scope, receive, send)
        elif method is None:
            await self._app(scope, receive, send)
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

    def _with_whole_allow(self, scope: Scope, send: Send) -> Send:
        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                MutableHeaders(scope=message)["Allow"] = self._allowed(scope)
            await send(message)

        return complete

    def _allowed(self, scope: Scope) -> str:
        """Return the methods of all routes of the path, as Allow lists them; empty when there is none."""
        if self._known is None:
            self._known = _methods_by_path(scope["app"])
        meant = [each for each in self._known if each.path.match(scope["path"])]
        # "/cases/triage" is no case, though "/cases/{case_id}" would take it for one.
        named = [each for each in meant if each.is_named] or meant
        found = {method for each in named for method in each.methods}
        if "GET" in found:
            found.add("HEAD")
        return ", ".join(sorted({*found, "OPTIONS"})) if found else ""


def _methods_by_path(app: FastAPI) -> list[_Known]:
    """Return the pattern and the methods of each route; what is mounted serves files."""
    return [
        _Known(
            each.path_regex,
            frozenset(getattr(each, "methods", None) or {"GET"}),
            is_named=not each.path_regex.groups,
        )
        for each in iter_route_contexts(app.routes)
    ]
