"""What a reading route asks of its request, solved by a plan that is made once.

For each request FastAPI walks the tree of dependencies, asks of each how it is called and of each of a
filter's dozen parameters what it is; that costs as much as a short answer. A plan has the dependencies in
the order of that walk, each once. It only answers requests in which nothing is wrong: all others go FastAPI's
own way from the beginning, where what is wrong is worded in one place. So what is planned has no effects
before its endpoint runs.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from fastapi import Request, Response
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.routing import RouteContext
from fastapi.security import SecurityScopes

_MADE: Final = "makes_response"
_UNCHANGING: Final = (str, int, float, bytes, tuple, frozenset, Enum, type(None))
"""Types of defaults that need no copy for each request."""
_Key = tuple[object, tuple[str, ...]]


class _Unplannable(Exception):
    """A route asks for something that only FastAPI gives."""


def makes_response(endpoint: Callable[..., Any]) -> None:
    """Mark an endpoint that returns a response, whatever its annotation tells the document."""
    endpoint.__dict__[_MADE] = True


class _Parameters:
    """The parameters that one dependency reads from a query, the headers or a path."""

    def __init__(self, fields: list[ModelField]) -> None:
        self._defaults: dict[str, object] = {}
        self._perhaps: list[ModelField] = []
        self._always: list[ModelField] = []
        for field in fields:
            info, default = field.field_info, field.get_default()
            plain = not info.is_required() and not info.validate_default and isinstance(default, _UNCHANGING)
            if plain and info.validation_alias in (None, field.alias):
                self._perhaps.append(field)
                self._defaults[field.name] = default
            else:
                self._always.append(field)

    @property
    def demanding(self) -> bool:
        """Whether there is something to look at even when nothing is given."""
        return bool(self._always)

    def read(self, given: Mapping[str, Any] | None, into: dict[str, Any]) -> bool:  # Any: FastAPI's values
        """Put the values in, and tell whether all are sound; None is nothing given."""
        into.update(self._defaults)
        if given is None:
            return True
        asked = [*self._always, *(field for field in self._perhaps if field.alias in given)]
        if not asked:
            return True
        values, errors = request_params_to_args(asked, given)
        into.update(values)
        return not errors


@dataclass(frozen=True)
class _Step:
    """A dependency, or at last the endpoint, and where its arguments come from."""

    call: Callable[..., Any]
    solved: tuple[tuple[str, int], ...]
    """Arguments that earlier steps made, by their number."""
    path: _Parameters | None
    query: _Parameters | None
    headers: _Parameters | None
    request: str | None
    response: str | None
    scopes: tuple[str, SecurityScopes] | None

    def arguments(self, request: Request, response: Response, made: list[object]) -> dict[str, Any] | None:
        """Return the arguments, None when the request has a faulty one."""
        values: dict[str, Any] = {name: made[number] for name, number in self.solved}
        if self.path is not None and not self.path.read(request.path_params, values):
            return None
        if self.query is not None:
            asks = request.scope["query_string"] or self.query.demanding
            if not self.query.read(request.query_params if asks else None, values):
                return None
        if self.headers is not None and not self.headers.read(request.headers, values):
            return None
        if self.request is not None:
            values[self.request] = request
        if self.response is not None:
            values[self.response] = response
        if self.scopes is not None:
            values[self.scopes[0]] = self.scopes[1]
        return values


class Plan:
    """The dependencies of a route and its endpoint, in the order in which they are called."""

    def __init__(self, dependant: Dependant) -> None:
        self._steps: list[_Step] = []
        self._known: dict[_Key, int] = {}
        self._add(dependant)

    @classmethod
    def of(cls, route: RouteContext) -> "Plan | None":
        """Return the plan of a route that reads and answers with a response of its own, if it has one."""
        endpoint, dependant = route.endpoint, route.dependant
        if endpoint is None or dependant is None or route.max_body_size is not None:
            return None
        if not (getattr(endpoint, _MADE, False) or _returns_response(endpoint)):
            return None
        try:
            return cls(dependant)
        except _Unplannable:
            return None

    async def answer(self, request: Request) -> Response | None:
        """Answer; None when the request, which is untouched, is FastAPI's to refuse."""
        shared = Response()
        del shared.headers["content-length"]
        # As FastAPI gives it: nobody set a status yet.
        shared.status_code = None  # type: ignore[assignment]  # ty: ignore[invalid-assignment]
        made: list[object] = []
        for step in self._steps:
            arguments = step.arguments(request, shared, made)
            if arguments is None:
                return None
            made.append(await step.call(**arguments))
        answer = made[-1]
        assert isinstance(answer, Response)  # noqa: S101 - its annotation says so
        return answer

    def _add(self, dependant: Dependant) -> int:
        """Add a dependency after those that it asks for, and return its number."""
        call = dependant.call
        scopes = [*(dependant.parent_oauth_scopes or ()), *(dependant.own_oauth_scopes or ())]
        if (
            call is None
            or not (inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__))
            or dependant.body_params
            or dependant.cookie_params
            or dependant.background_tasks_param_name
            or dependant.websocket_param_name
            or dependant.concurrency
            or not dependant.use_cache
        ):
            raise _Unplannable
        key = call, tuple(sorted(set(scopes)))
        if key in self._known:
            return self._known[key]
        needed = [(each.name, self._add(each)) for each in dependant.dependencies]
        step = _Step(
            call,
            tuple((name, number) for name, number in needed if name is not None),
            _Parameters(dependant.path_params) if dependant.path_params else None,
            _Parameters(dependant.query_params) if dependant.query_params else None,
            _Parameters(dependant.header_params) if dependant.header_params else None,
            dependant.request_param_name or dependant.http_connection_param_name,
            dependant.response_param_name,
            _named_scopes(dependant.security_scopes_param_name, scopes),
        )
        self._steps.append(step)
        self._known[key] = len(self._steps) - 1
        return self._known[key]


def _named_scopes(name: str | None, scopes: list[str]) -> tuple[str, SecurityScopes] | None:
    return (name, SecurityScopes(list(dict.fromkeys(scopes)))) if name else None


def _returns_response(endpoint: Callable[..., Any]) -> bool:
    told = inspect.signature(endpoint, eval_str=True).return_annotation
    return isinstance(told, type) and issubclass(told, Response)
