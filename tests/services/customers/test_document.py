"""The API document: every route says what it does, what can go wrong, and shows a sound example."""

import json
from typing import Any

import pydantic
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from services.customers.actors.schemas import ActorView
from services.customers.contacts.schemas import ContactView, WhomToContactView
from services.customers.imports.schemas import ImportReport
from services.customers.people.schemas import AbsencesInput, PersonInput, PersonView
from services.customers.registry.customers.schemas import (
    AccountManagerInput,
    CustomerEdit,
    CustomerInput,
    CustomerView,
)
from services.customers.registry.departments.schemas import DepartmentInput, DepartmentView
from services.customers.registry.producers.schemas import ProducerInput, ProducerView
from services.customers.registry.sites.schemas import SiteEdit, SiteInput, SiteView
from services.customers.search.schemas import Hits

SHAPES: list[type[pydantic.BaseModel]] = [
    AbsencesInput,
    AccountManagerInput,
    ActorView,
    ContactView,
    CustomerEdit,
    CustomerInput,
    CustomerView,
    DepartmentInput,
    DepartmentView,
    Hits,
    ImportReport,
    PersonInput,
    PersonView,
    ProducerInput,
    ProducerView,
    SiteEdit,
    SiteInput,
    SiteView,
    WhomToContactView,
]


def operations(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """Return method, path and description of each operation."""
    paths = app.openapi()["paths"]
    return [(method, path, each) for path, all_ in paths.items() for method, each in all_.items()]


def test_every_operation_has_summary_description_and_problems(app: FastAPI) -> None:
    assert len(operations(app)) > 25
    for method, path, operation in operations(app):
        assert operation["summary"], path
        assert operation["description"], path
        assert {"401", "422"} <= set(operation["responses"]), (method, path)
        if method in {"post", "put"}:
            assert "403" in operation["responses"], (method, path)
        if method == "put":
            assert {"404", "412", "428"} <= set(operation["responses"]), path


@pytest.mark.parametrize("shape", SHAPES)
def test_an_example_is_sound_and_is_shown(app: FastAPI, shape: type[pydantic.BaseModel]) -> None:
    examples = shape.model_json_schema()["examples"]
    assert examples
    for example in examples:
        shape.model_validate_json(json.dumps(example))
    assert app.openapi()["components"]["schemas"][shape.__name__]["examples"]


def test_every_json_body_has_an_example(app: FastAPI) -> None:
    shown = {shape.__name__ for shape in SHAPES}
    for method, path, operation in operations(app):
        for kind, body in operation.get("requestBody", {"content": {}})["content"].items():
            assert (
                kind in ("text/csv", "application/octet-stream")
                or body["schema"]["$ref"].rsplit("/", 1)[1] in shown
            ), (method, path)


@pytest.mark.parametrize("method", ["get", "put", "post"])
def test_nothing_is_answered_without_a_token(app: FastAPI, client: TestClient, method: str) -> None:
    for found, path, _ in operations(app):
        if found == method:
            filled = path.replace("{kind}", "sites").replace("{username}", "admin")
            for name in ("department_id", "customer_id", "site_id", "producer_id", "person_id"):
                filled = filled.replace(f"{{{name}}}", "018f0a1c-7c00-7000-8000-000000000001")
            assert client.request(method, filled).status_code == 401, path
