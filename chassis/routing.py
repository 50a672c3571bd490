"""Routes of a service: a plain function, its commit and its answer's writing are one stay in one thread.

A request waits for its place at the database's gate (`chassis.admission`), after everything that can be
checked without the database has been; then one thread runs the endpoint, commits and writes the answer. So
no request holds a connection while it waits for a thread, and the commit comes before the answer leaves. What
is read has a tag, and who names it gets 304 instead of the same again.
"""

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from chassis.admission import HungUp
from chassis.database import Database, transaction
from chassis.openapi import Json
from chassis.preconditions import is_known, tag_of
from chassis.quick import QuickRoute
from chassis.solving import makes_response

_EMPTY = frozenset({204, 304})
LARGEST: Final = 2_000_000
"""Bytes of an answer at most, where a list can be read in smaller pages."""
_UNMODIFIED: dict[int | str, Json] = {304: {"description": "It is what the tag in If-None-Match names."}}
_IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that was read: 304 without content when the answer would be the same.",
    "schema": {"type": "string", "examples": ['"7-3f0c1a52a6b4"']},
}
Made = TypeVar("Made")


class ServiceRoute(QuickRoute):
    """A route whose plain function runs in one thread, as one transaction if it asks for one."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # Any: as inherited
        plain = not inspect.iscoroutinefunction(endpoint)
        self._is_tagged = plain and options.get("methods") in (["GET"], {"GET"})
        if self._is_tagged and 304 not in (options.get("responses") or {}):
            options["responses"] = {**(options.get("responses") or {}), **_UNMODIFIED}
            extra: Json = options.get("openapi_extra") or {}
            options["openapi_extra"] = extra | {"parameters": [*extra.get("parameters", ()), _IF_NONE_MATCH]}
        super().__init__(path, self._in_one_hop(endpoint) if plain else endpoint, **options)
        self._adapter = TypeAdapter[Any](self.response_model) if self.response_model else None
        for call in _calls(self.dependant):
            if not inspect.iscoroutinefunction(call):
                raise TypeError(f"{call} would cost {path} a thread of its own: make it async")
            if call is transaction and not plain:
                raise TypeError(
                    f"{path} would keep its transaction in the event loop: make it a plain function"
                )

    def _in_one_hop(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        asked = inspect.signature(endpoint, eval_str=True)
        request_name, more = _parameter(asked, Request, "the_request")
        response_name, again = _parameter(asked, Response, "the_response")

        @functools.wraps(endpoint)
        async def hop(**values: Any) -> Response:  # Any: what the endpoint asks for
            request: Request = values[request_name]
            shared: Response = values[response_name]
            given = {name: value for name, value in values.items() if name in asked.parameters}
            session: Session | None = getattr(request.state, "session", None)

            def answer() -> Response:
                return self._of_bounded_size(endpoint, given, shared, request)

            if session is None:
                return await anyio.to_thread.run_sync(answer)
            kept = session

            def act() -> Response:
                with kept, kept.begin():
                    return answer()

            database: Database = request.app.state.database
            return await database.run(act, hung_up=hung_up(request))

        makes_response(hop)
        hop.__dict__["__signature__"] = asked.replace(parameters=[*asked.parameters.values(), *more, *again])
        return hop

    def _of_bounded_size(
        self, endpoint: Callable[..., Any], given: dict[str, Any], shared: Response, request: Request
    ) -> Response:
        """Answer; a page that is too large is asked for again with fewer items, and its cursor leads on."""
        answer = self._answer(endpoint(**given), shared, request)
        while given.get("limit", 1) > 1 and len(answer.body) > LARGEST:
            fewer = given["limit"] * LARGEST // (2 * len(answer.body))
            given = given | {"limit": max(1, fewer)}
            del shared.headers["ETag"]
            answer = self._answer(endpoint(**given), shared, request)
        return answer

    def _answer(self, told: object, shared: Response, request: Request) -> Response:
        """Write the answer, with the headers and status that the endpoint or a dependency set."""
        if isinstance(told, Response):
            return told
        status = shared.status_code or self.status_code or 200
        body = b""
        if status not in _EMPTY:
            adapter = self._adapter or TypeAdapter(type(told))
            body = adapter.dump_json(adapter.validate_python(told, from_attributes=True), by_alias=True)
        if self._is_tagged and status == 200:
            tag = shared.headers["ETag"] = tag_of(body, shared.headers.get("ETag"))
            if is_known(tag, request.headers.get("if-none-match")):
                status, body = 304, b""
        answer = Response(body, status, media_type="application/json" if body else None)
        answer.headers.raw.extend(shared.headers.raw)
        return answer


class ServiceRouter(APIRouter):
    """A router of `ServiceRoute`s."""

    def __init__(self, **options: Any) -> None:  # Any: as inherited
        super().__init__(route_class=ServiceRoute, **options)


def made(kind: Callable[..., Made]) -> Callable[..., Awaitable[Made]]:
    """Return a dependency that makes an object where it is; a class itself would be given a thread for it."""

    async def make(**values: Any) -> Made:  # Any: what the constructor asks for
        return kind(**values)

    make.__dict__["__signature__"] = inspect.signature(kind, eval_str=True)
    return make


def hung_up(request: Request) -> HungUp:
    """Return what waits until the caller of a request, whose body has been read, is gone."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return gone


def _parameter(asked: inspect.Signature, kind: type, name: str) -> tuple[str, list[inspect.Parameter]]:
    """Return the name by which the endpoint gets the request or response, or a parameter to add for it."""
    for each in asked.parameters.values():
        if each.annotation is kind:
            return each.name, []
    return name, [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind)]


def _calls(dependant: Dependant) -> list[Callable[..., Any]]:
    """Return every dependency of a route, those of dependencies too."""
    return [
        call
        for each in dependant.dependencies
        for call in ((each.call,) if each.call else ()) + tuple(_calls(each))
    ]
