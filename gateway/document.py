"""The OpenAPI document of ``/api/v1``: the services' operations beside the gateway's own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from chassis.openapi import SCHEMAS, Json, example_of, operations_of, rewritten
from chassis.problems import openapi_problems
from gateway.answers import Overview, Read, SiteCard
from gateway.lifting import ALWAYS, Service
from gateway.passed_on import CLOCK_ICS, PASSED_ON, PassedOn

PREFIX = "/api/v1"
SCHEME = "session"
TAGS: Mapping[str, str] = {
    "sessions": "Signing in and out, and who I am.",
    "search": "Finding anything by its words.",
    "events": "Following what happens.",
}
"""The headings of the gateway's own operations; the others are the services'."""
ABOUT: Json = {
    "contact": {"name": "The keepers of this Kumppani"},
    "license": {"name": "All rights reserved", "identifier": "LicenseRef-Kumppani"},
}


def problems(*statuses: int, without: tuple[int, ...] = ()) -> dict[int | str, Json]:
    """Return these problems and those that any operation may answer."""
    return openapi_problems(*sorted({*ALWAYS, *statuses} - {*without}))


def complete(app: FastAPI, services: Mapping[str, Service]) -> None:
    """Join the services' operations to the document of an app."""
    original = app.openapi

    def openapi() -> Json:
        if app.openapi_schema is None:
            _join(original(), services)
        return original()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI documents this way of extending it


def _join(document: Json, services: Mapping[str, Service]) -> None:
    document["info"] |= ABOUT
    document["servers"] = [{"url": "/", "description": "Where this document was read."}]
    components: Json = document["components"]
    for operation in operations_of(document):
        _name_scopes(operation)
    for name, passed in _all_passed_on():
        operation = services[name].operation(passed.method, passed.path, passed.name, components)
        operation["security"] = [*([{}] if passed is CLOCK_ICS else []), {SCHEME: [passed.scope]}]
        _name_scopes(operation)
        document["paths"].setdefault(PREFIX + passed.path, {})[passed.method.lower()] = operation
    _tell_as_the_services_do(document, services)
    for service in services.values():
        _add(document["components"]["schemas"], service.schemas)
    for shape in (SiteCard, Overview):
        _show_parts(document["components"]["schemas"], shape.__name__)
    document["tags"] = [
        *({"name": name, "description": words} for name, words in TAGS.items()),
        *_used(document, (tag for service in services.values() for tag in service.tags)),
    ]


def _all_passed_on() -> Iterator[tuple[str, PassedOn]]:
    for name, group in PASSED_ON.items():
        yield from ((name, passed) for passed in group)
    yield "contracts", CLOCK_ICS


def _name_scopes(operation: Json) -> None:
    """Tell the scopes in words: a bearer token's scopes have no place of their own in OpenAPI."""
    needed = operation.setdefault("security", [])
    scopes = [scope for each in needed for scope in each.get(SCHEME, [])]
    operation["security"] = [{scheme: [] for scheme in each} for each in needed]
    if scopes:
        operation["x-required-scopes"] = scopes
        words = " and ".join(f"`{scope}`" for scope in scopes)
        operation["description"] += f"\n\nA client needs the scope {words}."


def _tell_as_the_services_do(document: Json, services: Mapping[str, Service]) -> None:
    """Parts of composed answers are told whole, though the gateway itself reads little of them."""
    schemas = document["components"]["schemas"]
    told = {
        f"{SCHEMAS}{shape.__name__}": services[shape.service].shape(shape.told_as)
        for shape in Read.__subclasses__()
        if schemas.pop(shape.__name__, None)
    }

    def change(part: Json) -> Json:
        return part | told.get(part.get("$ref", ""), {})

    document["paths"] = rewritten(document["paths"], change)
    document["components"]["schemas"] = {name: rewritten(each, change) for name, each in schemas.items()}


def _show_parts(schemas: Json, name: str) -> None:
    """Show a composed answer with the services' examples of its parts."""
    parts = {part: example_of(field, schemas) for part, field in schemas[name]["properties"].items()}
    schemas[name]["examples"] = [parts | {"degraded": []}]


def _add(schemas: Json, more: Json) -> None:
    """Add shapes; two may have one name if they differ in their words alone."""
    for name, schema in more.items():
        if _wordless(schemas.setdefault(name, schema)) != _wordless(schema):
            raise ValueError(f"two services call different things {name}: see NAMES in gateway/lifting.py")


def _wordless(schema: Any) -> Any:  # Any: JSON
    def change(part: Json) -> Json:
        return {key: value for key, value in part.items() if key not in {"description", "examples"}}

    return rewritten(schema, change)


def _used(document: Json, tags: Iterable[Json]) -> list[Json]:
    used = {name for operation in operations_of(document) for name in operation["tags"]} - TAGS.keys()
    return [tag for tag in tags if tag["name"] in used]
