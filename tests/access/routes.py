"""Every route of an app, as its matrix must name them."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

FILES = "/{path:path}"
"""What a folder of static files is written as."""


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Yield method and path of each route; HEAD goes with GET, and a mounted folder is read by GET."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, Mount):
            yield "GET", context.original_route.path + FILES
        else:
            for method in context.methods or ():
                if method != "HEAD":
                    yield method, context.path or ""
