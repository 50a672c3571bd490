"""A service believes nothing but an actor token that was made for it, whichever route is asked.

The apps are connected to no database: whoever is not believed is refused before anything is read.
"""

import time
from collections.abc import Callable, Iterator, Mapping

import pytest
from fastapi.testclient import TestClient

from chassis.actors import LIFETIME, Actor, ActorSigner
from kumppani.parts import OWNERS, SERVICES
from tests.access.cast import CAST, METRICS, PUBLIC
from tests.access.matrix import MATRIX
from tests.actors import actor, bearer, forged, private_jwk
from tests.city import make_parts
from tests.support.client import Client

ANY_ID = "0197f5a0-0000-7000-8000-000000000001"
WORDS = {"year": "2026", "point": "changes", "kind": "sites", "name": "school", "username": "admin"}
ADMIN = actor("administrator")
FOR_SERVICES = {("GET", "/v1/events")}
FOR_THE_GATEWAY = {("GET", "/v1/actors/{person_id}"), ("GET", "/v1/actors/by-username/{username}")}
Headers = Mapping[str, str]
Statuses = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, TestClient]:
    """The services' apps, connected to nothing."""
    urls = dict.fromkeys(OWNERS, "postgresql://nobody:nothing@127.0.0.1:9/nowhere")
    parts = make_parts(urls, tmp_path_factory.mktemp("words"))
    return {name: Client(parts[name], raise_server_exceptions=False) for name in SERVICES}


def guarded(service: str) -> Iterator[tuple[str, str]]:
    """Yield every route of a service that is not open to everybody."""
    for row in MATRIX[service]:
        if row.answers is not PUBLIC and row.answers is not METRICS:
            yield row.route


def statuses(client: TestClient, service: str, headers: Headers) -> Statuses:
    """Ask every guarded route with the headers and a body that says nothing."""
    return {(method, path): _ask(client, method, path, headers) for method, path in guarded(service)}


def _ask(client: TestClient, method: str, path: str, headers: Headers) -> int:
    names = dict.fromkeys(("person_id", *_ids(path)), ANY_ID)
    return client.request(method, path.format(**names | WORDS), headers=dict(headers)).status_code


def _ids(path: str) -> Iterator[str]:
    return (part.strip("{}") for part in path.split("/") if part.endswith("_id}"))


def a_service(name: str, audience: str) -> Headers:
    """Return the header with a deployable's own token."""
    signer = ActorSigner(name, private_jwk(name))
    return {"Authorization": f"Bearer {signer.as_itself(audience)}"}


UNBELIEVED: Mapping[str, Callable[[str, str], Headers]] = {
    "no token": lambda _service, _other: {},
    "nonsense": lambda _service, _other: {"Authorization": "Bearer nonsense"},
    "an expired one": lambda service, _other: bearer(ADMIN, service, issued_at=time.time() - LIFETIME - 10),
    "a forged one": lambda service, _other: forged(ADMIN, service),
    "one for another service": lambda _service, other: bearer(ADMIN, other),
    "another service's for a person": lambda service, other: bearer(ADMIN, service, issuer=other),
    "its own for a person": lambda service, _other: bearer(ADMIN, service, issuer=service),
    "another service's that claims a role": lambda service, other: bearer(
        Actor(subject=f"service:{other}", roles=frozenset({"administrator"})), service, issuer=other
    ),
    "another service's in the gateway's name": lambda service, other: bearer(
        Actor(subject="service:gateway", scopes=frozenset({"actors:resolve"})), service, issuer=other
    ),
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("token", UNBELIEVED)
def test_a_token_that_is_not_believed_is_401_on_every_route(
    clients: Mapping[str, TestClient], service: str, token: str
) -> None:
    other = next(name for name in SERVICES if name != service)
    found = statuses(clients[service], service, UNBELIEVED[token](service, other))
    assert found == dict.fromkeys(guarded(service), 401)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("issuer", OWNERS)
def test_a_deployables_own_token_opens_no_persons_route(
    clients: Mapping[str, TestClient], service: str, issuer: str
) -> None:
    found = statuses(clients[service], service, a_service(issuer, service))
    refused = {route: status for route, status in found.items() if route not in FOR_SERVICES}
    assert refused == dict.fromkeys(refused, 403)
    assert len(refused) == len(found) - 1


@pytest.mark.parametrize("service", SERVICES)
def test_the_gateways_token_for_resolving_opens_nothing_else(
    clients: Mapping[str, TestClient], service: str
) -> None:
    itself = Actor(subject="service:gateway", scopes=frozenset({"actors:resolve"}))
    found = statuses(clients[service], service, bearer(itself, service))
    refused = {route: status for route, status in found.items() if route not in FOR_THE_GATEWAY}
    assert refused == dict.fromkeys(refused, 403)


@pytest.mark.parametrize("service", SERVICES)
def test_no_scope_of_a_person_opens_what_is_for_deployables(
    clients: Mapping[str, TestClient], service: str
) -> None:
    client = actor("integration", scopes={"events:read", "actors:resolve"})
    closed = [route for route in guarded(service) if route in FOR_SERVICES | FOR_THE_GATEWAY]
    for method, path in closed:
        assert _ask(clients[service], method, path, bearer(client, service)) == 403


def test_the_routes_open_to_everybody_tell_nothing_of_the_city() -> None:
    opened = {row.path for service in SERVICES for row in MATRIX[service] if row.answers is PUBLIC}
    assert opened == {"/health/live", "/health/ready", "/openapi.json"}


def test_nobody_gets_further_than_401_at_a_guarded_route() -> None:
    for service in SERVICES:
        assert {row.answers[CAST[0]] for row in MATRIX[service] if row.answers is not PUBLIC} == {401}
