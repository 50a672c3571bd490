"""Routes made of the table: each checks session and scope, then passes the request on."""

from functools import cache
from inspect import Parameter, Signature
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.security import SecurityScopes
from pydantic import TypeAdapter, ValidationError

from chassis.openapi import Json
from chassis.outbound import Neighbour
from chassis.quick import QuickRoute
from gateway.access import Caller, caller_of, holding
from gateway.document import PREFIX
from gateway.kept import Kept
from gateway.lifting import Service
from gateway.passed_on import PASSED_ON, PassedOn
from gateway.proxy.upstream import forwarded_headers, relayed, request_upstream
from gateway.settings import GatewaySettings


class Forwarding:
    """The endpoint of one operation.

    Only the path is read here, since it becomes part of another address; query and body are the
    service's to judge, so that a new field needs no new gateway.
    """

    passes_on = True

    def __init__(self, passed: PassedOn, name: str, service: Service) -> None:
        self._passed = passed
        self._service = name
        kinds: dict[str, Any] = {  # Any: types
            each: _kind_of(schema)
            for each, schema in service.path_parameters(passed.method, passed.path).items()
        }
        self._parts = {each: TypeAdapter[object](kind) for each, kind in kinds.items()}
        self._needed = SecurityScopes([passed.scope])
        self.__signature__ = _signature(passed, kinds)

    async def at_once(self, request: Request) -> Response | None:
        """Answer what has a sound path; a refusal of another is worded where all are."""
        given = request.path_params
        try:
            path = {name: part.validate_python(given[name]) for name, part in self._parts.items()}
        except ValidationError:
            return None
        return await self(request, await caller_of(request, self._needed), **path)

    async def __call__(self, request: Request, caller: Caller, **path: object) -> Response:
        """Answer as the service answers."""
        passed = self._passed
        settings: GatewaySettings = request.app.state.settings
        neighbour: Neighbour = request.app.state.neighbours[self._service]
        address = "/v1" + passed.path.format_map(path)
        if request.url.query:
            address += f"?{request.url.query}"
        kept: Kept = request.app.state.kept[self._service]
        headers = forwarded_headers(request, caller.profile.language)
        question = (caller.actor, address, headers["accept-language"])
        keeps = passed.kept and passed.kept_with in request.url.query and "if-none-match" not in headers
        answer = kept.find(question, caller.now) if keeps else None
        if answer is not None:
            return relayed(answer)
        changes = kept.changes
        try:
            answer = await request_upstream(
                neighbour,
                passed.method,
                address,
                token=caller.token(self._service),
                headers=headers,
                content=None if passed.safe else await request.body(),
                patience=passed.seconds or (settings.patience if passed.safe else settings.write_patience),
                busy_patience=settings.busy_patience,
            )
        finally:
            if not passed.safe:
                kept.forget()  # who changed something sees it at once, before the news of it comes
        if keeps and answer.status_code == 200:
            kept.keep(question, answer, caller.now, changes)
        return relayed(answer)


def _signature(passed: PassedOn, path: dict[str, object]) -> Signature:
    """Return what FastAPI reads of an operation: the session's scope and the parts of the path."""
    named: list[tuple[str, object]] = [
        ("request", Request),
        ("caller", Annotated[Caller, holding(passed.scope)]),
        *path.items(),
    ]
    return Signature([Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in named])


def _kind_of(schema: Json) -> object:
    """Return what a part of a path must be, so that it cannot become another address.

    Raises:
        ValueError: the service's document does not say enough.
    """
    match schema:
        case {"format": "uuid"}:
            return UUID
        case {"type": "integer"}:
            return Annotated[int, Path(ge=schema.get("minimum"), le=schema.get("maximum"))]
        case {"enum": [*words]}:
            return Annotated[str, Path(pattern=f"^({'|'.join(words)})$")]
        case {"pattern": pattern}:
            return Annotated[str, Path(pattern=pattern, max_length=schema.get("maxLength"))]
    raise ValueError(f"a part of a path that may be any text: {schema}")


@cache
def routes_for(name: str) -> APIRouter:
    """Return the routes that one service answers; `document` tells of them. Any gateway takes the same."""
    router, service = APIRouter(prefix=PREFIX, route_class=QuickRoute), Service(name)
    for passed in PASSED_ON[name]:
        router.add_api_route(
            passed.path,
            Forwarding(passed, name, service),
            methods=[passed.method],
            name=passed.name,
            include_in_schema=False,
        )
    return router
