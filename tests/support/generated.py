"""Requests generated from a document: how many, the same ones each time, and what each answer is held to."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx2
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

Case = schemathesis.Case[Any]  # Any: a schema's own types
CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
)


def as_read(document: dict[str, Any]) -> OpenApiSchema:  # Any: JSON
    """The document as Schemathesis reads it."""
    load_all_checks()
    return schemathesis.openapi.from_dict(document)


def each_request(
    schema: OpenApiSchema,
    method: str,
    path: str,
    holds: Callable[[Case], None],
    *,
    modes: Sequence[HypothesisTestMode],
    examples: int,
) -> None:
    """Try an operation with generated requests, so many random ones beside those of the modes.

    `schema.parametrize()` would make the requests of all operations when a module is imported, which takes
    each worker longer than sending them.
    """
    repeatable = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    create_test(
        operation=schema[path][method],
        test_func=repeatable(holds),
        config=HypothesisTestConfig(project=schema.config, modes=[*modes]),
    )()


def sent(case: Case, client: TestClient, headers: dict[str, str]) -> httpx2.Response:
    """Send a request; a header goes out as the bytes that were generated."""
    asked = case.as_transport_kwargs(base_url="http://testserver", headers=headers)
    return client.request(
        asked["method"],
        asked["url"],
        params=asked.get("params"),
        headers=[(name, str(value).encode("latin-1")) for name, value in asked["headers"].items()],
        json=asked.get("json"),
        content=asked.get("data"),
    )
