"""The document at /api/v1/openapi.json: complete, with examples that are true to their shapes."""

import json
import re
from typing import Any

import pytest

from gateway.access import SCOPES
from gateway.app import PASSED_ON, create_app
from gateway.settings import GatewaySettings
from gateway.shapes.common import Input, Shape
from tests.actors import private_jwk

ISSUE_NOUNS = [
    "",
    "GET /me",
    "GET /departments",
    "GET /customers",
    "GET /customers/{customer_id}/overview",
    "GET /sites",
    "GET /sites/{site_id}/card",
    "GET /contacts",
    "GET /whom-to-contact",
    "GET /contracts",
    "GET /contracts/{contract_id}/years/{year}",
    "GET /clock",
    "GET /clock.ics",
    "POST /milestones/{milestone_id}/actual",
    "GET /cases",
    "POST /cases",
    "GET /cases/{case_id}",
    "GET /cases/{case_id}/clock",
    "POST /cases/{case_id}/acknowledge",
    "POST /cases/{case_id}/messages",
    "POST /cases/{case_id}/wait",
    "POST /cases/{case_id}/resume",
    "POST /cases/{case_id}/resolve",
    "POST /cases/{case_id}/reopen",
    "POST /cases/{case_id}/assign",
    "POST /cases/{case_id}/severity",
    "POST /sla/preview",
    "GET /search",
    "GET /events",
    "",
][1:-1]
Json = dict[str, Any]  # Any: JSON


def _document() -> Json:
    settings = GatewaySettings(
        demo=True, database_url="postgresql://localhost/none", signing_key=private_jwk("gateway")
    )
    document: Json = json.loads(json.dumps(create_app(settings).openapi()))
    return document


DOCUMENT = _document()
OPERATIONS = [
    pytest.param(path, method, operation, id=f"{method.upper()} {path}")
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
SHAPES = sorted(
    {
        shape
        for base in (Shape, Input)
        for shape in base.__subclasses__()
        if shape.__module__.startswith("gateway")
    }
    | {
        deeper
        for base in (Shape, Input)
        for shape in base.__subclasses__()
        for deeper in shape.__subclasses__()
    },
    key=lambda shape: shape.__name__,
)


@pytest.mark.parametrize("noun", ISSUE_NOUNS)
def test_every_promised_noun_is_there(noun: str) -> None:
    method, path = noun.split(" ")

    assert method.lower() in DOCUMENT["paths"][f"/api/v1{path}"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_says_what_it_is_for(path: str, method: str, operation: Json) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert re.fullmatch(r"[a-z_]+", operation["operationId"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_names_its_scope(path: str, method: str, operation: Json) -> None:
    if path in {"/api/v1/sessions", "/api/v1/demo-people"}:
        assert "security" not in operation
        return
    scopes = [scope for requirement in operation["security"] for scope in requirement.get("session", [])]

    assert set(scopes) <= SCOPES.keys()
    assert scopes or path in {"/api/v1/me", "/api/v1/sessions/current"}


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_has_examples(path: str, method: str, operation: Json) -> None:
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for body in bodies:
        for media_type, media in body.get("content", {}).items():
            empty = "/Nothing" in str(media["schema"])
            assert empty or media_type == "application/problem+json" or media["example"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_names_its_problems(path: str, method: str, operation: Json) -> None:
    statuses = set(operation["responses"])
    names = {parameter["name"]: parameter for parameter in operation.get("parameters", [])}

    assert "503" in statuses
    assert {"401", "403"} <= statuses or "security" not in operation
    assert "404" in statuses or "_id}" not in path
    if "without it 428" in names.get("If-Match", {}).get("description", ""):
        assert {"412", "428"} <= statuses
    for status, answer in operation["responses"].items():
        if status >= "400":
            assert list(answer["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("shape", [each for each in SHAPES if each.example], ids=lambda shape: shape.__name__)
def test_every_example_is_true_to_its_shape(shape: type[Shape] | type[Input]) -> None:
    read = shape.model_validate_json(json.dumps(shape.example))

    again = json.loads(read.model_dump_json(by_alias=True))
    assert shape.example.keys() <= again.keys()


def test_shapes_have_different_names() -> None:
    names = [shape.__name__ for shape in SHAPES]

    assert sorted(names) == sorted(set(names))


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in DOCUMENT["components"]["schemas"]


def test_operations_have_different_names_and_every_post_takes_a_key() -> None:
    operations = [operation for *_, group in PASSED_ON for operation in group]

    assert len({each.name for each in operations}) == len(operations)
    for each in operations:
        names = [
            parameter["name"]
            for parameter in DOCUMENT["paths"][f"/api/v1{each.path}"][each.method.lower()].get(
                "parameters", []
            )
        ]
        assert ("Idempotency-Key" in names) is (each.method == "POST")
