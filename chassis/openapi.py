"""What FastAPI's document lacks: each problem once with an example, headers as they are needed, no noise."""

from collections.abc import Callable, Iterator
from typing import Any

from chassis.problem_table import HTTP_ERRORS, UNEXPECTED, Problem
from chassis.problems import MEDIA_TYPE, ProblemView

Json = dict[str, Any]  # Any: a part of an OpenAPI document
SCHEMAS = "#/components/schemas/"
RESPONSES = "#/components/responses/"
VERBS = frozenset({"get", "put", "post", "delete"})
ETAG: Json = {
    "ETag": {
        "description": "The version of what is answered, for If-Match.",
        "schema": {"type": "string"},
        "example": '"7"',
    }
}
READ_ETAG: Json = {
    "ETag": {
        "description": "Names this answer, for If-None-Match. It begins with the version of what has one, "
        "for If-Match.",
        "schema": {"type": "string"},
        "example": '"7-3f0c1a52a6b4"',
    }
}
LOCATION: Json = {
    "Location": {
        "description": "Where the new thing is read.",
        "schema": {"type": "string", "format": "uri-reference"},
        "example": "/api/v1/cases/0197f5a0-0000-7000-8000-000000000001",
    }
}
_VALUES = frozenset({"example", "examples", "default", "enum", "const", "required"})
"""Keys below which a document holds values, not descriptions of values."""
_EXTRAS: dict[int, Json] = {
    412: {"current_version": 8},
    413: {"limit": 64_000},
    422: {"errors": [{"pointer": "#/kind", "code": "missing", "detail": "This is missing."}]},
}
"""What the examples of these problems hold beside what every problem does."""
_RETRY_AFTER: Json = {
    "Retry-After": {
        "description": "In how many seconds to try again.",
        "schema": {"type": "integer", "minimum": 1},
        "example": 5,
    }
}
_HEADERS: dict[int, Json] = {
    401: {
        "WWW-Authenticate": {
            "description": "How to sign in.",
            "schema": {"type": "string"},
            "example": "Bearer",
        }
    },
    429: {
        **_RETRY_AFTER,
        "RateLimit": {
            "description": "Of which limit `r` calls are left, and in `t` seconds all of them.",
            "schema": {"type": "string"},
            "example": '"session";r=0;t=6',
        },
        "RateLimit-Policy": {
            "description": "The limit: `q` calls in `w` seconds.",
            "schema": {"type": "string"},
            "example": '"session";q=300;w=6',
        },
    },
    503: _RETRY_AFTER,
}
"""The headers that these problems are answered with."""


def complete(document: Json) -> None:
    """Complete a document of FastAPI's making, in place."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    own = ProblemView.model_json_schema(ref_template=f"{SCHEMAS}{{model}}")
    schemas |= own.pop("$defs", {}) | {"ProblemView": own}
    document["paths"] = rewritten(document["paths"], _without_title)
    document["components"]["schemas"] = {
        name: rewritten(schema, _without_title) for name, schema in schemas.items()
    }
    shapes = document["components"]["schemas"]
    for schema in shapes.values():
        if "examples" in schema:
            schema["examples"] = [_with_nulls(each, schema, shapes) for each in schema["examples"]]
    for schema in shapes.values():
        _show_a_page(schema, shapes)
    for path, operations in document["paths"].items():
        if _is_read_below(path, document["paths"]) and "201" in operations.get("post", {}).get(
            "responses", {}
        ):
            operations["post"]["responses"]["201"]["headers"] = LOCATION
    for operation in operations_of(document):
        _complete_parameters(operation)
        _complete_answers(operation, document["components"])


def _is_read_below(path: str, paths: Json) -> bool:
    """Tell whether what is made at a path can be read below it."""
    return any(
        below.startswith(f"{path}/{{") and below.count("/") == path.count("/") + 1 and "get" in operations
        for below, operations in paths.items()
    )


def operations_of(document: Json) -> Iterator[Json]:
    """Yield every operation of a document."""
    for path in document["paths"].values():
        yield from (operation for verb, operation in path.items() if verb in VERBS)


def rewritten(part: Any, change: Callable[[Json], Json]) -> Any:  # Any: JSON
    """Return a copy in which every object that describes something was changed, the inner ones first.

    Values (examples, defaults, members of an enum) stay as they are.
    """
    if isinstance(part, list):
        return [rewritten(each, change) for each in part]
    if not isinstance(part, dict):
        return part
    below: Json = {}
    for key, value in part.items():
        if key == "properties":
            below[key] = {name: rewritten(field, change) for name, field in value.items()}
        else:
            below[key] = value if key in _VALUES else rewritten(value, change)
    return change(below)


def _without_title(part: Json) -> Json:
    """FastAPI titles every field with its own name."""
    if isinstance(part.get("title"), str) and "version" not in part:
        part = {key: value for key, value in part.items() if key != "title"}
    return part


def example_of(schema: Json, schemas: Json) -> Any:  # Any: JSON
    """Return the example of what a schema describes; null where there is none."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].removeprefix(SCHEMAS)], schemas)
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    return example_of(schema["anyOf"][0], schemas) if "anyOf" in schema else None


def _with_nulls(example: Any, schema: Json, schemas: Json) -> Any:  # Any: JSON
    """FastAPI drops every null of an example; put those of needed fields back."""
    if "$ref" in schema:
        return _with_nulls(example, schemas[schema["$ref"].removeprefix(SCHEMAS)], schemas)
    if isinstance(example, list):
        return [_with_nulls(each, schema.get("items", {}), schemas) for each in example]
    if "anyOf" in schema:
        return _with_nulls(example, schema["anyOf"][0], schemas)
    fields: Json = schema.get("properties", {})
    if not isinstance(example, dict) or not fields:
        return example
    needed = {**dict.fromkeys(schema.get("required", ())), **example}
    return {name: _with_nulls(needed[name], fields[name], schemas) for name in fields if name in needed}


def _show_a_page(schema: Json, schemas: Json) -> None:
    """A page of a list is shown with one item."""
    fields = schema.get("properties", {})
    if fields.keys() == {"items", "next"} and "examples" not in schema:
        schema["examples"] = [{"items": example_of(fields["items"], schemas), "next": None}]


def _complete_parameters(operation: Json) -> None:
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        # Neither a query nor a header can say null: of "this or null" the document keeps "this".
        kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
        schema.pop("description", None)
        parameter["schema"] = (kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {}) | schema
        if "description" not in parameter and parameter["name"].endswith("_id"):
            noun = parameter["name"].removesuffix("_id").replace("_", " ")
            parameter["description"] = f"The {noun}'s id."
        if parameter["name"] == "If-Match":
            parameter["required"] = "428" in operation["responses"]


def _complete_answers(operation: Json, components: Json) -> None:
    answers = operation["responses"]
    if "requestBody" in operation:
        answers |= {status: {} for status in ("400", "413", "415") if status not in answers}
    for status, answer in answers.items():
        if int(status) < 400:
            _tag(answer, components["schemas"], read=status == "200" and "304" in answers)
        else:
            answers[status] = documented_problem(int(status), components)
    operation["responses"] = dict(sorted(answers.items()))


def documented_problem(status: int, components: Json) -> Json:
    """Return what an operation says of a problem, and put the problem among the components."""
    problem = HTTP_ERRORS.get(status, UNEXPECTED)
    name = problem.code.title().replace("_", "")
    components.setdefault("responses", {}).setdefault(name, _response(problem))
    return {"$ref": f"{RESPONSES}{name}"}


def _response(problem: Problem) -> Json:
    words = problem.words("en", {"part": "feedback", "limit": 64_000})
    example: Json = {
        "type": f"urn:kumppani:problem:{problem.code}",
        "title": words,
        "status": problem.status,
        "detail": words,
        "code": problem.code,
        "instance": "/api/v1/cases",
        **_EXTRAS.get(problem.status, {}),
    }
    schema = {"$ref": f"{SCHEMAS}ProblemView"}
    response: Json = {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }
    if problem.status in _HEADERS:
        response["headers"] = _HEADERS[problem.status]
    return response


def _tag(answer: Json, schemas: Json, *, read: bool) -> None:
    """What is read has an entity tag; a view with a version answers it so in every answer."""
    if read:
        answer["headers"] = READ_ETAG | answer.get("headers", {})
        return
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").removeprefix(SCHEMAS)
    if "version" in schemas.get(name, {}).get("properties", {}):
        answer["headers"] = ETAG | answer.get("headers", {})
