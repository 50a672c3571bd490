"""Each service by itself: whatever its document allows, the answer is one that it describes, never a 5xx."""

import json
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.schemas import OpenApiSchema

from gateway.lifting import DOCUMENTS
from tests.actors import actor, bearer
from tests.seams.city import City
from tests.seams.test_document_holds import CHECKS, meet_what_exists

SERVICES = ("customers", "contracts", "feedback")
EXAMPLES = 2
"""Random requests per operation; the gateway's test tries each limit of a schema."""
TOLD = {name: json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8")) for name in SERVICES}
OPERATIONS = [
    (name, method.upper(), path)
    for name, document in TOLD.items()
    for path, operations in document["paths"].items()
    for method in operations
]


@pytest.fixture(scope="module")
def schemas() -> dict[str, OpenApiSchema]:
    """The documents as Schemathesis reads them."""
    load_all_checks()
    return {name: schemathesis.openapi.from_dict(document) for name, document in TOLD.items()}


@pytest.mark.parametrize(("service", "method", "path"), OPERATIONS)
def test_every_answer_of_a_service_is_described(
    schemas: dict[str, OpenApiSchema], city: City, service: str, method: str, path: str
) -> None:
    asking = TestClient(city.services[service], raise_server_exceptions=False)
    asking.portal = city.client.portal  # the loop that its connections belong to

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def is_described(case: schemathesis.Case[Any]) -> None:
        meet_what_exists(case, city)
        token = bearer(actor("administrator"), service)
        sent = case.as_transport_kwargs(base_url="http://testserver", headers=token)
        answer = asking.request(
            sent["method"],
            sent["url"],
            params=sent.get("params"),
            headers=[(name, str(value).encode("latin-1")) for name, value in sent["headers"].items()],
            json=sent.get("json"),
            content=sent.get("data"),
        )
        case.validate_response(answer, checks=[*CHECKS])

    schema = schemas[service]
    create_test(
        operation=schema[path][method],
        test_func=is_described,
        config=HypothesisTestConfig(
            project=schema.config, modes=[HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING]
        ),
    )()
