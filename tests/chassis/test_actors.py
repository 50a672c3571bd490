"""A service trusts a signature, not a network."""

import json
import time
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OKPKey

from chassis.actors import LIFETIME, Actor, ActorSigner, ActorVerifier
from chassis.errors import Unauthenticated
from tests.actors import actor, bearer, everlasting, forged, private_jwk, trusted_keys

ME = actor("site_head")


def test_the_actor_arrives_as_it_was_signed() -> None:
    token = ActorSigner("gateway", private_jwk("gateway")).sign(ME, "notes")
    assert ActorVerifier("notes", trusted_keys()).verify(token) == ME


def test_without_a_token_it_is_401(client: TestClient) -> None:
    answer = client.get("/v1/notes")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "made",
    [
        lambda: bearer(ME, "notes", issued_at=time.time() - LIFETIME - 10),
        lambda: everlasting(ME, "notes"),
        lambda: bearer(ME, "feedback"),
        lambda: forged(ME, "notes"),
        lambda: bearer(ME, "notes", issuer="contracts"),
        lambda: {"Authorization": "Bearer nonsense"},
        lambda: {"Authorization": "Basic dXNlcjpwYXNz"},
    ],
    ids=[
        "expired",
        "everlasting",
        "for another service",
        "forged",
        "a service acting for a person",
        "nonsense",
        "basic",
    ],
)
def test_a_wrong_token_is_401(client: TestClient, made: Callable[[], dict[str, str]]) -> None:
    answer = client.get("/v1/notes", headers=made())
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"


@pytest.mark.parametrize(
    "claim",
    [
        Actor(subject="service:contracts", everything=True),
        Actor(subject="service:contracts", roles=frozenset({"administrator"})),
        Actor(subject="service:contracts", scopes=frozenset({"actors:resolve"})),
        Actor(subject="service:gateway", scopes=frozenset({"events:read"})),
    ],
)
def test_a_service_may_claim_no_more_than_reading_events(claim: Actor) -> None:
    token = ActorSigner("contracts", private_jwk("contracts")).sign(claim, "notes")
    with pytest.raises(Unauthenticated):
        ActorVerifier("notes", trusted_keys()).verify(token)


def test_a_services_own_token_opens_no_persons_route(client: TestClient) -> None:
    token = ActorSigner("contracts", private_jwk("contracts")).as_itself("notes")
    answer = client.get("/v1/notes", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


def test_a_services_own_token_is_signed_once_for_a_while_and_for_each_audience() -> None:
    now = 1_000_000.0
    signer = ActorSigner("contracts", private_jwk("contracts"), lambda: now)
    first = signer.as_itself("notes")
    assert signer.as_itself("notes") == first
    assert signer.as_itself("notes", personal=True) != first
    assert signer.as_itself("feedback") != first
    now += LIFETIME / 2
    assert signer.as_itself("notes") != first


def test_no_person_reads_the_feed_of_events(client: TestClient) -> None:
    reader = ME.model_copy(update={"scopes": frozenset({"events:read"})})
    assert client.get("/v1/events", headers=bearer(reader, "notes")).status_code == 403


def test_an_old_and_a_new_key_of_an_issuer_are_trusted_side_by_side() -> None:
    old, new = (
        OKPKey.generate_key("Ed25519", {"kid": "gateway"}),
        OKPKey.generate_key("Ed25519", {"kid": "gateway"}),
    )
    keys = json.dumps({"keys": [key.as_dict(private=False) for key in (old, new)]})
    verifier = ActorVerifier("notes", keys)
    for key in (old, new):
        signer = ActorSigner("gateway", json.dumps(key.as_dict(private=True)))
        assert verifier.verify(signer.sign(ME, "notes")) == ME
    with pytest.raises(Unauthenticated):
        verifier.verify(ActorSigner("gateway", private_jwk("forger")).sign(ME, "notes"))


def test_tokens_that_nobody_can_use_any_more_are_not_kept() -> None:
    now = 1_000_000.0
    verifier = ActorVerifier("notes", trusted_keys(), clock=lambda: now)
    signer = ActorSigner("gateway", private_jwk("gateway"))
    kept = []
    for _ in range(5):
        for _ in range(10):
            verifier.verify(signer.sign(ME, "notes", issued_at=now))
        now += LIFETIME / 2
        kept.append(verifier.remembered)
    assert kept == [10, 20, 30, 30, 30]
