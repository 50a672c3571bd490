"""The OpenAPI document of ``/api/v1``: what FastAPI cannot know of operations that are passed on unread."""

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chassis.problems import openapi_problems
from gateway.operations import Operation
from gateway.shapes.common import Input, Shape

Json = dict[str, Any]
"""A part of an OpenAPI document."""
REFERENCE = "#/components/schemas/{model}"
ETAG: Json = {
    "ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}, "example": '"7"'}
}
ALWAYS = (401, 403, 422, 503)
"""Problems that any operation may answer."""


def _header(name: str, description: str, example: str) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


IF_MATCH = _header(
    "If-Match",
    "The version that was read (its ETag). Needed: without it 428, when outdated 412.",
    '"7"',
)
IF_MATCH_OFFERED = _header("If-Match", "The version that was read; when sent and outdated 412.", '"7"')
IDEMPOTENCY_KEY = _header(
    "Idempotency-Key",
    "Any unique text, 1–200 visible ASCII characters. A retry with the same key and body gets "
    "the first answer.",
    "3f0c1a52-6a56-4a6f-9d43-0c8a4a1a7f10",
)


def query_parameters(shape: type[BaseModel]) -> list[Json]:
    """Return the fields of a query as parameters."""
    schema = shape.model_json_schema(ref_template=REFERENCE)
    needed = schema.get("required", [])
    parameters = []
    for name, field in schema["properties"].items():
        # A query cannot say null: of "this or null" the document keeps "this".
        kinds = [kind for kind in field.pop("anyOf", []) if kind != {"type": "null"}]
        rest = {key: value for key, value in field.items() if key != "title" and value is not None}
        description = rest.pop("description", None)
        parameter: Json = {
            "name": name,
            "in": "query",
            "required": name in needed,
            "schema": {**(kinds[0] if kinds else {}), **rest},
        }
        parameters.append(parameter | ({"description": description} if description else {}))
    return parameters


def request_body(operation: Operation) -> Json | None:
    """Return what the document says of the request's body."""
    if operation.csv:
        return {
            "required": True,
            "description": "CSV in UTF-8, separated by semicolons, with a header row.",
            "content": {"text/csv": {"schema": {"type": "string"}, "example": operation.csv}},
        }
    if operation.body is None:
        return None
    schema: Json = {"$ref": REFERENCE.format(model=operation.body.__name__)}
    if operation.body_optional:
        schema = {"anyOf": [schema, {"type": "null"}]}
    content = {"application/json": {"schema": schema}}
    return {"required": not operation.body_optional, "content": content}


def additions(operation: Operation) -> Json:
    """Return the parameters and the body of an operation, which FastAPI adds to what it knows."""
    parameters = query_parameters(operation.query) if operation.query else []
    if operation.version is not None:
        parameters.append(IF_MATCH if operation.version == "required" else IF_MATCH_OFFERED)
    if operation.method == "POST":
        parameters.append(IDEMPOTENCY_KEY)
    body = request_body(operation)
    return ({"parameters": parameters} if parameters else {}) | ({"requestBody": body} if body else {})


def responses(operation: Operation) -> dict[int | str, Json]:
    """Return the good answer with its example, and every problem."""
    good: Json = {
        "description": operation.answer.__doc__ if operation.answer else "Done; there is nothing to say."
    }
    if operation.tagged:
        good["headers"] = ETAG
    return {operation.status: good, **problems(*operation.problems, *_of_version(operation))}


def _of_version(operation: Operation) -> tuple[int, ...]:
    return {"required": (412, 428), "optional": (412,), None: ()}[operation.version]


def problems(*statuses: int, without: tuple[int, ...] = ()) -> dict[int | str, Json]:
    """Return these problems and those that any operation may answer."""
    return openapi_problems(*sorted({*ALWAYS, *statuses} - {*without}))


def complete(app: FastAPI, operations: Iterable[Operation]) -> None:
    """Put into the document the shapes of unread bodies, and the example of each shape where it is used."""
    bodies = sorted({each.body for each in operations if each.body}, key=lambda shape: shape.__name__)
    original = app.openapi

    def openapi() -> Json:
        if app.openapi_schema is None:
            document = original()
            _, own = models_json_schema([(body, "validation") for body in bodies], ref_template=REFERENCE)
            document["components"]["schemas"] |= own.get("$defs", {})
            _add_examples(document)
        return original()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI documents this way of extending it


def _add_examples(document: Json) -> None:
    examples = {REFERENCE.format(model=shape.__name__): shape.example for shape in _shapes(Shape, Input)}
    for operations in document["paths"].values():
        for operation in operations.values():
            for answer in (operation.get("requestBody", {}), *operation["responses"].values()):
                for media in answer.get("content", {}).values():
                    # A body that need not be sent is "this or null", and the example is of this.
                    reference = media["schema"].get("anyOf", [media["schema"]])[0].get("$ref")
                    if reference in examples:
                        media["example"] = examples[reference]


def _shapes(*bases: type[Shape] | type[Input]) -> Iterator[type[Shape] | type[Input]]:
    for base in bases:
        yield base
        yield from _shapes(*base.__subclasses__())
