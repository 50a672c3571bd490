"""What a request must fit before it is judged: the media type of its body, the names in its query."""

from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from chassis.errors import FieldError, InvalidInput
from chassis.media import demand_media_type

_MOST_NAMES = 50
_MOST_CHARACTERS = 100


class Fitting:
    """The dependency of every documented route of an app that refuses what would be misread in silence.

    A filter with a typing error would answer the whole list, a file in another encoding wrong letters. A
    route whose endpoint ``passes_on`` leaves both to the part that answers.
    """

    def __init__(self) -> None:
        self._names: dict[int, frozenset[str]] = {}

    async def __call__(self, request: Request) -> None:
        """Let a fitting request through.

        Raises:
            HTTPException: 415, the body is of another kind, or in another encoding than UTF-8.
            InvalidInput: a name in the query is unknown.
        """
        route = request.scope.get("route")
        if not isinstance(route, APIRoute) or not route.include_in_schema:
            return
        demand_media_type(request)
        if request.scope["query_string"] and not getattr(route.endpoint, "passes_on", False):
            known = self._names.get(id(route))
            if known is None:
                known = self._names[id(route)] = frozenset(
                    _query_names(route.dependant) | _documented_names(route.openapi_extra or {})
                )
            unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
            if unknown:
                raise InvalidInput(
                    [
                        FieldError(f"#/query/{name[:_MOST_CHARACTERS]}", "unknown_query")
                        for name in unknown[:_MOST_NAMES]
                    ]
                )


def _query_names(dependant: Dependant) -> set[str]:
    names = {field.alias for field in dependant.query_params}
    return names.union(*(_query_names(each) for each in dependant.dependencies))


def _documented_names(extra: dict[str, Any]) -> set[str]:
    """Return the names of a query that a route reads whole and only documents."""
    return {each["name"] for each in extra.get("parameters", ()) if each["in"] == "query"}
