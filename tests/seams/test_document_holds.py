"""Whatever the document allows or forbids, the answer is one that the document describes, and never a 5xx."""

import zlib
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from gateway.app import create_app
from gateway.settings import GatewaySettings
from tests.actors import private_jwk
from tests.seams.city import City

EXAMPLES = 3
"""Random requests per operation, beside those that try each limit of its schema and the services' own."""
CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
)
CALLERS = ("admin", "admin", "school-head", "contract-contact", "handler")
REQUESTS = (HypothesisTestMode.EXAMPLES, HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING)
_document = create_app(
    GatewaySettings(demo=True, database_url="postgresql://localhost/none", signing_key=private_jwk("gateway"))
).openapi()
OPERATIONS = [
    (method.upper(), path)
    for path, operations in _document["paths"].items()
    for method in operations
    # Signing out would end the session that the test acts with.
    if path != "/api/v1/sessions/current"
]


@pytest.fixture(scope="module")
def schema() -> OpenApiSchema:
    """The document as Schemathesis reads it."""
    load_all_checks()
    return schemathesis.openapi.from_dict(_document)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_described(schema: OpenApiSchema, city: City, method: str, path: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def is_described(case: schemathesis.Case[Any]) -> None:
        only_the_body = faulty_parts(case) == {ParameterLocation.BODY}
        meet_what_exists(case, city)
        answer = ask(case, city)
        if answer.status_code == 503:  # a busy machine; the answer says to try again
            answer = ask(case, city)
        refusal = [checks.negative_data_rejection] if only_the_body else []
        case.validate_response(answer, checks=[*CHECKS, *refusal])

    # `schema.parametrize()` would make the requests of all operations when the module is imported,
    # which takes each worker longer than sending them.
    create_test(
        operation=schema[path][method],
        test_func=is_described,
        config=HypothesisTestConfig(project=schema.config, modes=[*REQUESTS]),
    )()


def ask(case: schemathesis.Case[Any], city: City) -> httpx2.Response:
    """Send the request as one of the cast, always the same one for the same request."""
    who = CALLERS[mark(case.path_parameters, case.query, case.body) % len(CALLERS)]
    sent = case.as_transport_kwargs(base_url="http://testserver", headers=city.as_(who))
    return city.client.request(
        sent["method"],
        sent["url"],
        params=sent.get("params"),
        headers=[(name, str(value).encode("latin-1")) for name, value in sent["headers"].items()],
        json=sent.get("json"),
        content=sent.get("data"),
    )


def faulty_parts(case: schemathesis.Case[Any]) -> set[ParameterLocation]:
    """Return the parts of a request that break its schema on purpose."""
    parts = case.meta.components if case.meta else {}
    return {place for place, part in parts.items() if part.mode is GenerationMode.NEGATIVE}


def mark(*values: object) -> int:
    """Return a number that the same values always get."""
    return zlib.crc32(repr(values).encode())


def meet_what_exists(case: schemathesis.Case[Any], city: City) -> None:
    """Let half of the requests meet what is there, since an id that nobody has is 404 at once; none waits."""
    known = {
        "case_id": city.case["id"],
        "site_id": city.school["id"],
        "customer_id": city.education["id"],
        "department_id": city.department["id"],
        "producer_id": city.own["id"],
        "person_id": city.people["school-head"]["id"],
        "contract_id": city.contract["id"],
        "milestone_id": city.clock["items"][0]["id"],
        "year": 2026,
    }
    for name, value in (case.path_parameters or {}).items():
        if name in known and mark(value) % 2 == 0:
            case.path_parameters[name] = known[name]
    if "wait" in (case.query or {}):
        case.query["wait"] = 0
