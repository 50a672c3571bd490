"""Requests generated from a document: how many, and the same ones each time."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx2
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.schemas import APIOperation

Case = schemathesis.Case[Any]  # Any: a schema's own types


def each_request(
    operation: APIOperation[Any, Any, Any, Any],  # Any: Schemathesis' own parts
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
        operation=operation,
        test_func=repeatable(holds),
        config=HypothesisTestConfig(project=operation.schema.config, modes=[*modes]),
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
