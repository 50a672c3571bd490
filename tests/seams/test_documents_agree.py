"""What the gateway's document says of a plain operation is what the service's own document says."""

import json
from functools import cache
from typing import Any

import pytest

from gateway.app import PASSED_ON
from gateway.app import create_app as create_gateway
from gateway.operations import Operation
from gateway.settings import GatewaySettings
from services.contracts.app import create_app as create_contracts
from services.contracts.settings import ContractsSettings
from services.customers.app import create_app as create_customers
from services.customers.settings import CustomersSettings
from services.feedback.app import create_app as create_feedback
from services.feedback.settings import FeedbackSettings
from tests.actors import private_jwk, trusted_keys

Json = dict[str, Any]  # Any: JSON
OPERATIONS = [
    pytest.param(service, operation, id=f"{operation.method} {operation.path}")
    for service, _, group in PASSED_ON
    for operation in group
]
LIMITS = ("enum", "minLength", "maxLength", "minimum", "maximum", "pattern", "format", "maxItems", "minItems")


@cache
def document_of(name: str) -> Json:
    settings = {
        "demo": True,
        "database_url": "postgresql://localhost/none",
        "signing_key": private_jwk(name),
        "trusted_keys": trusted_keys(),
    }
    match name:
        case "customers":
            app = create_customers(CustomersSettings.model_validate(settings))
        case "contracts":
            app = create_contracts(ContractsSettings.model_validate(settings))
        case "feedback":
            app = create_feedback(FeedbackSettings.model_validate(settings))
        case _:
            del settings["trusted_keys"]
            app = create_gateway(GatewaySettings.model_validate(settings))
    document: Json = json.loads(json.dumps(app.openapi()))
    return document


def operation_in(name: str, path: str, method: str) -> Json:
    found: Json = document_of(name)["paths"][path][method.lower()]
    return found


def resolved(name: str, schema: Json) -> Json:
    """Return a schema without references, titles and words, "this or null" folded into "this"."""
    if "$ref" in schema:
        return resolved(name, document_of(name)["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        kinds = [kind for kind in schema["anyOf"] if kind != {"type": "null"}]
        if len(kinds) == 1:
            return resolved(name, {**{key: schema[key] for key in LIMITS if key in schema}, **kinds[0]})
    plain = {key: schema[key] for key in LIMITS if key in schema}
    if "const" in schema:
        plain["enum"] = [schema["const"]]
    if "items" in schema:
        plain["items"] = resolved(name, schema["items"])
    if "properties" in schema:
        plain["required"] = sorted(schema.get("required", []))
        plain["properties"] = {key: resolved(name, value) for key, value in schema["properties"].items()}
    return plain


def queries(name: str, operation: Json) -> Json:
    return {
        parameter["name"]: resolved(name, parameter["schema"])
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    }


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_query_and_status_agree(service: str, operation: Operation) -> None:
    ours = operation_in("gateway", f"/api/v1{operation.path}", operation.method)
    theirs = operation_in(service, f"/v1{operation.path}", operation.method)

    assert queries("gateway", ours) == queries(service, theirs)
    good = next(status for status in theirs["responses"] if status < "300")
    assert good == str(operation.status)
    assert {status for status in theirs["responses"] if "400" <= status < "500"} <= ours["responses"].keys()


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_headers_agree(service: str, operation: Operation) -> None:
    theirs = {
        parameter["name"]
        for parameter in operation_in(service, f"/v1{operation.path}", operation.method).get("parameters", [])
        if parameter["in"] == "header"
    }

    assert ("If-Match" in theirs) is (operation.version is not None)
    assert operation.method != "POST" or "Idempotency-Key" in theirs


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_request_bodies_agree(service: str, operation: Operation) -> None:
    if operation.body is None:
        return
    theirs = operation_in(service, f"/v1{operation.path}", operation.method)["requestBody"]
    assert theirs.get("required", False) is not operation.body_optional
    bodies = [
        resolved(name, document["requestBody"]["content"]["application/json"]["schema"])
        for name, document in (
            ("gateway", operation_in("gateway", f"/api/v1{operation.path}", operation.method)),
            (service, operation_in(service, f"/v1{operation.path}", operation.method)),
        )
    ]

    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_the_service_promises_every_field_that_the_gateway_does(service: str, operation: Operation) -> None:
    if operation.answer is None:
        return
    status = str(operation.status)
    ours, theirs = (
        resolved(name, document["responses"][status]["content"]["application/json"]["schema"])
        for name, document in (
            ("gateway", operation_in("gateway", f"/api/v1{operation.path}", operation.method)),
            (service, operation_in(service, f"/v1{operation.path}", operation.method)),
        )
    )

    assert missing(ours, theirs) == []


def missing(ours: Json, theirs: Json, where: str = "") -> list[str]:
    """Return the places of fields that we promise and they do not have."""
    if "items" in ours:
        return missing(ours["items"], theirs.get("items", {}), f"{where}[]")
    found = []
    for field, shape in ours.get("properties", {}).items():
        if field in theirs.get("properties", {}):
            found += missing(shape, theirs["properties"][field], f"{where}.{field}")
        elif field in ours["required"]:
            found.append(f"{where}.{field}")
    return found
