"""Actors for tests, and tokens signed as the gateway and the services sign them."""

import json
from collections.abc import Iterable
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OKPKey

from chassis.actors import Actor, ActorSigner
from chassis.tables import new_id

STAFF = frozenset(
    {"service_supervisor", "complaint_handler", "account_manager", "management", "administrator"}
)
ISSUERS = ("gateway", "customers", "contracts", "feedback")
_KEYS = {
    name: OKPKey.generate_key("Ed25519", parameters={"kid": name}, private=True)
    for name in (*ISSUERS, "forger")
}


def private_jwk(issuer: str) -> str:
    """Return the private key of an issuer, as a deployable's ``signing_key``."""
    return json.dumps(_KEYS[issuer].as_dict(private=True))


def trusted_keys() -> str:
    """Return the JWKS with the public keys of all honest issuers."""
    return json.dumps({"keys": [_KEYS[issuer].as_dict(private=False) for issuer in ISSUERS]})


def actor(
    role: str,
    *,
    person_id: UUID | None = None,
    name: str = "Testi Ihminen",
    customer_ids: Iterable[UUID] = (),
    site_ids: Iterable[UUID] = (),
    site_customer_ids: Iterable[UUID] = (),
    producer_ids: Iterable[UUID] = (),
    scopes: Iterable[str] = (),
) -> Actor:
    """Return a person with one role; the producer's own staff see everything."""
    return Actor(
        subject=str(person_id or new_id()),
        name=name,
        roles=frozenset({role}),
        everything=role in STAFF,
        customer_ids=frozenset(customer_ids),
        site_ids=frozenset(site_ids),
        site_customer_ids=frozenset(site_customer_ids),
        producer_ids=frozenset(producer_ids),
        scopes=frozenset(scopes),
    )


def bearer(
    who: Actor, audience: str, *, issuer: str = "gateway", issued_at: float | None = None
) -> dict[str, str]:
    """Return the Authorization header with an actor token."""
    token = ActorSigner(issuer, private_jwk(issuer)).sign(who, audience, issued_at=issued_at)
    return {"Authorization": f"Bearer {token}"}


def everlasting(who: Actor, audience: str) -> dict[str, str]:
    """Return a header whose token the gateway signed for a year, which it never does."""
    key = _KEYS["gateway"]
    claims = jwt.decode(bearer(who, audience)["Authorization"][7:], key, algorithms=["Ed25519"]).claims
    claims["exp"] += 365 * 24 * 3600
    token = jwt.encode({"alg": "Ed25519", "kid": "gateway"}, claims, key, algorithms=["Ed25519"])
    return {"Authorization": f"Bearer {token}"}


def forged(who: Actor, audience: str) -> dict[str, str]:
    """Return a header whose token claims to be the gateway's but is signed by a stranger."""
    signer = ActorSigner("gateway", private_jwk("forger"))
    return {"Authorization": f"Bearer {signer.sign(who, audience)}"}
