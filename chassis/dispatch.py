"""Finds the route of a request by its address at once.

FastAPI compares a request with one route after the other, and those of an included router twice: for the
gateway's hundred that costs more than a short answer. Here it is the same route that answers, the first that
fits path and method; whatever none of them fits goes FastAPI's own way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from opentelemetry import trace
from starlette.convertors import PathConvertor
from starlette.types import Receive, Scope, Send

from chassis.quick import AtOnce
from chassis.solving import Plan

_DEEPEST: Final = 12
"""Parts of the deepest address of ours; deeper ones are nobody's, and are not remembered."""


@dataclass(frozen=True)
class _Known:
    """A route and which paths are its."""

    route: RouteContext
    path: re.Pattern[str]
    methods: frozenset[str]
    is_ours: bool
    """Whether it answers requests itself; what is mounted goes its own way."""
    depth: int | None
    """How many parts its paths have; None when it takes any number."""
    convertors: dict[str, Any] = field(default_factory=dict)  # Any: Starlette's convertors, of any type
    reads: AtOnce | None = None
    """How it answers GET; None where only FastAPI's own way does."""


class Dispatch:
    """Stands before a router and passes requests to their routes."""

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._usual = router.middleware_stack
        self._by_depth: dict[int, list[_Known]] = {}
        self._by_path: dict[tuple[str, str], _Known] = {}
        self._all: list[_Known] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the request's route."""
        found = self._find(scope) if scope["type"] == "http" and not scope.get("root_path") else None
        if found is None:
            await self._usual(scope, receive, send)
            return
        known, named = found
        scope.setdefault("router", self._router)
        scope["endpoint"] = known.route.endpoint
        scope["route"] = known.route.original_route
        scope["path_params"] = {
            **scope.get("path_params", {}),
            **{name: known.convertors[name].convert(value) for name, value in named.items()},
        }
        span = trace.get_current_span()
        if span.is_recording():
            span.set_attribute("http.route", known.route.path_format or "")
            span.update_name(f"{scope['method']} {known.route.path_format}")
        elif known.reads is not None and scope["method"] == "GET":  # FastAPI's own way tells spans more
            answer = await known.reads(Request(scope, receive, send))
            if answer is not None:
                await answer(scope, receive, send)
                return
        await known.route.app(scope, receive, send)

    def _find(self, scope: Scope) -> tuple[_Known, dict[str, str]] | None:
        if self._all is None:
            self._learn()
        path, method = scope["path"], scope["method"]
        known = self._by_path.get((method, path))
        if known is not None:
            return known, {}
        depth = path.count("/")
        for each in self._with_depth(depth) if depth <= _DEEPEST else ():
            if match := each.path.match(path):
                if not each.is_ours:
                    return None
                if method in each.methods:
                    return each, match.groupdict()
        return None

    def _with_depth(self, depth: int) -> list[_Known]:
        found = self._by_depth.get(depth)
        if found is None:
            found = [each for each in self._all or () if each.depth in (None, depth)]
            self._by_depth[depth] = found
        return found

    def _learn(self) -> None:
        """Read the routes when the first request comes: then all are there."""
        self._all = [*_known(self._router)]
        for each in self._all:
            path = each.route.path
            if not each.is_ours or each.path.groups or path is None:
                continue
            for method in each.methods:
                earlier = (one for one in self._all if one.path.match(path))
                first = next((one for one in earlier if not one.is_ours or method in one.methods), each)
                if first is each:
                    self._by_path[method, path] = each


def _known(router: APIRouter) -> Iterator[_Known]:
    for each in iter_route_contexts(router.routes):
        ours = isinstance(each.original_route, APIRoute)
        convertors = dict(each.param_convertors) if ours else {}
        whole = ours and not any(isinstance(convertor, PathConvertor) for convertor in convertors.values())
        yield _Known(
            each,
            each.path_regex,
            frozenset(each.methods or ()),
            is_ours=ours,
            depth=(each.path_format or "").count("/") if whole else None,
            convertors=convertors,
            reads=_reading(each) if ours and "GET" in (each.methods or ()) else None,
        )


def _reading(route: RouteContext) -> AtOnce | None:
    short_way: AtOnce | None = getattr(route.endpoint, "at_once", None)
    if short_way is not None:
        return short_way
    plan = Plan.of(route)
    return plan.answer if plan else None
