"""The document at /api/v1/openapi.json: complete, and its examples are true to their shapes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from chassis.openapi import operations_of
from gateway.access import SCOPES
from gateway.app import create_app
from gateway.lifting import DOCUMENTS
from gateway.passed_on import CLOCK_ICS, PASSED_ON, PassedOn
from gateway.settings import GatewaySettings
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
OPEN = {"/api/v1/sessions", "/api/v1/demo-people"}
"""What needs no session."""
Json = dict[str, Any]  # Any: JSON


@pytest.fixture(scope="module")
def document() -> Json:
    """The document as clients get it."""
    settings = GatewaySettings(
        demo=True, database_url="postgresql://localhost/none", signing_key=private_jwk("gateway")
    )
    answer = TestClient(create_app(settings)).get("/api/v1/openapi.json")
    document: Json = answer.json()
    return document


def named_operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, operations in document["paths"].items():
        yield from ((path, method, operation) for method, operation in operations.items())


@pytest.mark.parametrize("noun", ISSUE_NOUNS)
def test_every_promised_noun_is_there(document: Json, noun: str) -> None:
    method, path = noun.split(" ")

    assert method.lower() in document["paths"][f"/api/v1{path}"]


def test_every_operation_says_what_it_is_for_under_a_heading_that_is_told(document: Json) -> None:
    headings = {tag["name"] for tag in document["tags"] if tag["description"]}
    for path, _, operation in named_operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert set(operation["tags"]) <= headings, path
        assert re.fullmatch(r"[a-z_]+", operation["operationId"]), path
    used = {tag for _, _, operation in named_operations(document) for tag in operation["tags"]}
    assert used == headings


def test_every_operation_names_its_scope_or_says_that_it_is_open(document: Json) -> None:
    for path, _, operation in named_operations(document):
        if path in OPEN:
            assert operation["security"] == []
            continue
        scopes = operation.get("x-required-scopes", [])
        assert {"session": []} in operation["security"], path
        assert set(scopes) <= SCOPES.keys(), path
        assert scopes or path in {"/api/v1/me", "/api/v1/sessions/current"}
        assert all(f"`{scope}`" in operation["description"] for scope in scopes)


def test_every_operation_names_its_problems_and_each_is_shown(document: Json) -> None:
    for path, _, operation in named_operations(document):
        statuses = set(operation["responses"])
        names = {parameter["name"]: parameter for parameter in operation.get("parameters", [])}
        assert {"500", "503"} <= statuses, path
        assert {"401", "403", "422"} <= statuses or not operation["security"], path
        assert "404" in statuses or "_id}" not in path
        if names.get("If-Match", {}).get("required"):
            assert {"412", "428"} <= statuses, path
        assert ("428" in statuses) is names.get("If-Match", {}).get("required", False), path
        for status, answer in operation["responses"].items():
            if status >= "400":
                name = answer["$ref"].rpartition("/")[2]
                told = document["components"]["responses"][name]["content"]["application/problem+json"]
                assert str(told["example"]["status"]) == status


def test_refusals_that_pass_tell_when_to_come_again(document: Json) -> None:
    responses = document["components"]["responses"]

    assert {"Retry-After", "RateLimit", "RateLimit-Policy"} == responses["TooManyRequests"]["headers"].keys()
    assert "Retry-After" in responses["Unavailable"]["headers"]
    assert "WWW-Authenticate" in responses["Unauthenticated"]["headers"]
    assert all("429" in operation["responses"] for _, _, operation in named_operations(document))


def test_every_reference_leads_somewhere_and_every_shape_is_used(document: Json) -> None:
    referred = set(re.findall(r'"#/components/(\w+)/([^"]+)"', json.dumps(document)))
    there = {(kind, name) for kind in ("schemas", "responses") for name in document["components"][kind]}

    assert referred == there


def test_operations_have_different_names_and_every_post_takes_a_key(document: Json) -> None:
    operations = [operation for group in PASSED_ON.values() for operation in group]

    assert len({each.name for each in operations}) == len(operations)
    for each in operations:
        shown = document["paths"][f"/api/v1{each.path}"][each.method.lower()]
        names = [parameter["name"] for parameter in shown.get("parameters", [])]
        assert ("Idempotency-Key" in names) is (each.method == "POST")


def test_conditions_and_keys_say_their_form(document: Json) -> None:
    headers = {
        parameter["name"]: parameter["schema"]
        for operation in operations_of(document)
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "header"
    }

    assert re.fullmatch(headers["If-Match"]["pattern"], '"7"')
    assert not re.fullmatch(headers["If-Match"]["pattern"], "7")
    key = headers["Idempotency-Key"]
    assert (key["minLength"], key["maxLength"]) == (1, 200)
    assert not re.fullmatch(key["pattern"], "two words")


def test_every_field_and_parameter_is_described(document: Json) -> None:
    fields = {
        f"{name}.{field}": told
        for name, shape in document["components"]["schemas"].items()
        for field, told in shape.get("properties", {}).items()
    }
    parameters = {
        f"{path} {parameter['name']}": parameter
        for path, _, operation in named_operations(document)
        for parameter in operation.get("parameters", [])
    }

    assert [name for name, told in (fields | parameters).items() if not told.get("description")] == []
    assert len(fields) > 600


def test_no_part_of_an_answer_is_without_a_type(document: Json) -> None:
    for name, shape in document["components"]["schemas"].items():
        if shape.get("type") == "object":
            assert shape.get("properties") or name == "Nothing", name


def test_every_json_that_is_sent_or_told_has_an_example(document: Json) -> None:
    for path, _, operation in named_operations(document):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            for media_type, media in body.get("content", {}).items():
                schema = media["schema"]
                shape = schema.get("anyOf", [schema])[0].get("$ref", "").rpartition("/")[2]
                shown = document["components"]["schemas"].get(shape, {})
                assert "examples" in {**schema, **shown} or "example" in media, (path, media_type, shape)


def test_every_example_is_true_to_its_shape(document: Json) -> None:
    shown = 0
    for name, schema in document["components"]["schemas"].items():
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        for example in schema.get("examples", []):
            shown += 1
            assert [error.message for error in validator.iter_errors(example)] == [], name
            assert example.keys() <= schema.get("properties", {}).keys(), name
    assert shown > 50


def test_an_answer_tells_every_field_in_its_example(document: Json) -> None:
    for operation in operations_of(document):
        for status, answer in operation["responses"].items():
            schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
            if status < "400" and schema:
                shape = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
                assert shape["examples"][0].keys() == shape["properties"].keys(), schema


def test_words_of_answers_are_told_and_open_to_new_ones(document: Json) -> None:
    schemas = document["components"]["schemas"]
    for field in ("kind", "state", "service", "severity", "channel"):
        told = schemas["CaseView"]["properties"][field]["anyOf"]
        assert {"type": "string"} in told
        words = schemas[told[0]["$ref"].rpartition("/")[2]]["enum"]
        assert len(words) > 3, field
        asked = schemas["Intake"]["properties"].get(field)
        assert asked is None or {"type": "string"} not in asked.get("anyOf", [])


def test_what_is_told_may_get_new_fields(document: Json) -> None:
    for operation in operations_of(document):
        for status, answer in operation["responses"].items():
            if status < "400":
                assert all(
                    shape.get("additionalProperties") is not False
                    for shape in _reached(answer, document["components"]["schemas"])
                )


def _reached(part: object, schemas: Json, seen: frozenset[str] = frozenset()) -> Iterator[Json]:
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part))) - seen:
        yield schemas[name]
        yield from _reached(schemas[name], schemas, seen | {name})


def test_what_no_service_says_cannot_be_passed_on() -> None:
    for service, group in {**PASSED_ON, "": ()}.items():
        for each in group:
            told = json.loads((DOCUMENTS / f"{service}.json").read_text("utf-8"))["paths"]
            assert each.method.lower() in told[f"/v1{each.path}"]
    assert isinstance(CLOCK_ICS, PassedOn)
