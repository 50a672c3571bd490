"""Whatever a document allows or forbids, the answer is one that it describes, and never a 5xx.

What the gateway passes on is asked of its service too, and judged by the service's own document.
"""

import copy
import json
from collections.abc import Sequence
from typing import Any

import pytest
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.schemas import OpenApiSchema

from gateway.app import create_app
from gateway.document import PREFIX
from gateway.lifting import DOCUMENTS
from gateway.passed_on import PASSED_ON
from gateway.settings import GatewaySettings
from tests.actors import actor, bearer, private_jwk
from tests.seams.city import City, Json
from tests.seams.fuzzing import Case, Door, hold, ids_of, long_texts, mark, schema_of
from tests.seams.hostile import BODIES, HEADERS, PATHS, QUERIES, faults
from tests.support.client import Client

EXAMPLES = 1
"""Random requests of each operation, beside those that try each limit of its schema once."""
CALLERS = ("admin", "admin", "school-head", "contract-contact", "handler")
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


TOLD = {name: json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8")) for name in PASSED_ON}
BEHIND = {
    (passed.method, f"{PREFIX}{passed.path}"): (service, f"/v1{passed.path}")
    for service, group in PASSED_ON.items()
    for passed in group
}

INNER = [
    (name, method.upper(), path)
    for name, document in TOLD.items()
    for path, operations in document["paths"].items()
    for method in operations
    if (name, method.upper(), path)
    not in {(service, verb, inner) for (verb, _), (service, inner) in BEHIND.items()}
]


@pytest.fixture(scope="module")
def schemas() -> dict[str, OpenApiSchema]:
    """The documents as Schemathesis reads them."""
    return {"gateway": schema_of(_document)} | {name: schema_of(told) for name, told in TOLD.items()}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_described(
    schemas: dict[str, OpenApiSchema], city: City, method: str, path: str
) -> None:
    def one_of_the_cast(case: Case) -> dict[str, str]:
        """Always the same one for the same request."""
        return city.as_(CALLERS[mark(case.path_parameters, case.query, case.body) % len(CALLERS)])

    doors = [Door(schemas["gateway"][path][method], city.client, one_of_the_cast)]
    if behind := BEHIND.get((method, path)):
        service, inner = behind
        doors.append(of_service(service, schemas[service][inner][method], city))
    hold(doors, city, examples=EXAMPLES)


@pytest.mark.parametrize(("service", "method", "path"), INNER)
def test_every_answer_is_described_where_the_gateway_asks_for_itself(
    schemas: dict[str, OpenApiSchema], city: City, service: str, method: str, path: str
) -> None:
    hold([of_service(service, schemas[service][path][method], city)], city, examples=EXAMPLES)


def of_service(name: str, operation: APIOperation[Any, Any, Any, Any], city: City) -> Door:
    """Return a service's own door, asked as the gateway would for an administrator."""
    client = Client(city.services[name], raise_server_exceptions=False)
    client.portal = city.client.portal  # the loop that its connections belong to
    return Door(operation, client, lambda _: bearer(actor("administrator"), name))


def test_a_long_text_is_taken_at_its_longest_and_refused_one_letter_later(city: City) -> None:
    known = {"point": "changes", **ids_of(city)}
    tried = 0
    taken_wrongly = []
    for method, path in OPERATIONS:
        told = _document["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
        if "application/json" not in told:
            continue
        schema = told["application/json"]["schema"]
        for place, longest in long_texts(_document, schema):
            tried += 1
            pointer = "#/" + "/".join(map(str, place))
            for length in (longest, longest + 1):
                body = _example(schema)
                _put(body, place, "a" * length)
                headers = {
                    "If-Match": '"1"',
                    "Idempotency-Key": f"{method}-{path}-{length}".replace("/", "-"),
                }
                answer = city.ask(
                    "admin", method, path.removeprefix("/api/v1").format_map(known), body, **headers
                )
                faults_of = answer.json().get("errors", []) if answer.status_code == 422 else []
                if (pointer in [each["pointer"] for each in faults_of]) != (length > longest):
                    taken_wrongly.append((method, path, pointer, length, answer.status_code, faults_of))
    assert taken_wrongly == []
    assert tried > 15


def _example(schema: Json) -> Json:
    shape: Json = _document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return copy.deepcopy(shape["examples"][0])  # type: ignore[no-any-return]


def _put(body: Any, place: Sequence[str | int], text: str) -> None:  # Any: JSON of any shape
    """Put a text into its place in a body."""
    for step in place[:-1]:
        body = body[step]
    body[place[-1]] = text


@pytest.mark.parametrize("kind", BODIES)
def test_no_body_breaks_an_operation(city: City, kind: str) -> None:
    media_type, body = BODIES[kind]
    whose = city.as_("admin") | {"Content-Type": media_type}
    known = {"name": "school", "kind": "producers", "point": "changes", **ids_of(city)}
    asked = [
        (method, path.format_map(known))
        for method, path in OPERATIONS
        if "requestBody" in _document["paths"][path][method.lower()]
    ]
    answers = [
        (path, city.client.request(method, path, content=body, headers=whose)) for method, path in asked
    ]
    faulty = {path: found for path, told in answers if (found := faults(told.status_code, told.headers))}
    assert faulty == {}


def test_no_header_path_or_query_breaks_the_gateway(city: City) -> None:
    list_of_cases = "/api/v1/cases"
    asked: list[tuple[str, dict[str, str]]] = [
        *((list_of_cases, headers) for headers in HEADERS),
        *((f"/api/v1{path}", {}) for path in PATHS),
        *((f"{list_of_cases}{path}", {}) for path in PATHS),
        *((f"{list_of_cases}?{query}", {}) for query in QUERIES),
        *((f"/api/v1/events?{query}", {}) for query in QUERIES),
        *((f"/api/v1/search?{query}", {}) for query in QUERIES),
    ]
    faulty = {}
    for path, headers in asked:
        for method in ("GET", "HEAD", "DELETE", "TRACE", "PROPFIND"):
            answer = city.client.request(method, path, headers=city.as_("admin") | headers)
            if found := faults(answer.status_code, answer.headers):
                faulty[method, path[:80], str(headers)[:80]] = found
    assert faulty == {}
