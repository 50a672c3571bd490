"""Routes made of operations: each checks session and scope, then passes the request on."""

import re
from collections.abc import Iterable
from inspect import Parameter, Signature
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from chassis.outbound import Neighbour
from gateway import document
from gateway.access import Caller, holding
from gateway.operations import Operation
from gateway.passage import PATIENCE, WRITE_PATIENCE, ask, passed_back, sent_on

PREFIX = "/api/v1"
Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]*$", max_length=40)]
Year = Annotated[int, Path(ge=2000, le=2199)]


class Forwarding:
    """The endpoint of one operation.

    Only the path is read here, since it becomes part of another address; query and body are the
    service's to judge, so that a new field needs no new gateway.
    """

    def __init__(self, operation: Operation, service: str) -> None:
        self._operation = operation
        self._service = service
        self.__signature__ = signature_of(operation)

    async def __call__(self, request: Request, caller: Caller, **path: object) -> Response:
        """Answer as the service answers."""
        operation = self._operation
        neighbour: Neighbour = request.app.state.neighbours[self._service]
        address = "/v1" + operation.path.format_map(path)
        if request.url.query:
            address += f"?{request.url.query}"
        answer = await ask(
            neighbour,
            operation.method,
            address,
            token=caller.token(self._service),
            headers=sent_on(request, caller.profile.language),
            content=None if operation.safe else await request.body(),
            patience=operation.patience or (PATIENCE if operation.safe else WRITE_PATIENCE),
        )
        return passed_back(answer)


def signature_of(operation: Operation) -> Signature:
    """Return what FastAPI reads of an operation: the session's scope and the parts of the path."""
    named: list[tuple[str, object]] = [
        ("request", Request),
        ("caller", Annotated[Caller, holding(operation.scope)]),
    ]
    named += [(name, _kind_of(name, operation)) for name in re.findall(r"{(\w+)}", operation.path)]
    return Signature([Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in named])


def _kind_of(name: str, operation: Operation) -> object:
    if name.endswith("_id"):
        return UUID
    if name == "year":
        return Year
    if name == "name":
        return Name
    either = Path(
        pattern=f"^({'|'.join(operation.choices)})$", json_schema_extra={"enum": [*operation.choices]}
    )
    return Annotated[str, either]


def routes_for(service: str, tag: str, operations: Iterable[Operation]) -> APIRouter:
    """Return the routes of a noun family that one service answers."""
    router = APIRouter(prefix=PREFIX, tags=[tag])
    for operation in operations:
        router.add_api_route(
            operation.path,
            Forwarding(operation, service),
            methods=[operation.method],
            name=operation.name,
            operation_id=operation.name,
            summary=operation.summary,
            description=operation.description,
            status_code=operation.status,
            response_model=operation.answer,
            responses=document.responses(operation),
            openapi_extra=document.additions(operation),
        )
    return router
