"""Each service by itself: whatever its document allows, the answer is one that it describes, never a 5xx."""

import json

import pytest
from fastapi.testclient import TestClient
from schemathesis.generation.hypothesis.builder import HypothesisTestMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from gateway.lifting import DOCUMENTS
from tests.actors import actor, bearer
from tests.seams.city import City
from tests.seams.test_document_holds import meet_what_exists
from tests.support.generated import CHECKS, Case, as_read, each_request, sent

SERVICES = ("customers", "contracts", "feedback")
REQUESTS = (HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING)
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
    """The services' documents."""
    return {name: as_read(document) for name, document in TOLD.items()}


@pytest.mark.parametrize(("service", "method", "path"), OPERATIONS)
def test_every_answer_of_a_service_is_described(
    schemas: dict[str, OpenApiSchema], city: City, service: str, method: str, path: str
) -> None:
    asking = TestClient(city.services[service], raise_server_exceptions=False)
    asking.portal = city.client.portal  # the loop that its connections belong to

    def is_described(case: Case) -> None:
        meet_what_exists(case, city)
        answer = sent(case, asking, bearer(actor("administrator"), service))
        case.validate_response(answer, checks=[*CHECKS])

    each_request(schemas[service], method, path, is_described, modes=REQUESTS, examples=EXAMPLES)
