"""The acting person, carried by a one-minute token that the gateway signs and each service verifies."""

import contextlib
import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import extract_compact
from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.errors import Unauthenticated

LIFETIME = 60
"""Seconds an actor token lives."""
OWN_REUSED = 20
"""Seconds for which a deployable's own token is used again: a signature costs as much as a short answer."""
MOST_BELIEVED = 2_000
"""Tokens whose signature is remembered; each lives a minute."""
GATEWAY = "gateway"
EVENTS_READ = "events:read"
EVENTS_PERSONAL = "events:personal"
"""Opens what events tell about people, to the readers that the service names."""
SERVICE_SCOPES = frozenset({EVENTS_READ, EVENTS_PERSONAL})
"""All that another service's own token may do."""


class Actor(BaseModel):
    """Who acts, and what of the city this person may see. An empty set means: nothing of that kind."""

    model_config = ConfigDict(frozen=True)

    subject: str
    """A person's id, or ``service:<name>``."""
    name: str = ""
    language: str = "fi"
    roles: frozenset[str] = frozenset()
    everything: bool = False
    """The producer's own staff: every customer and site."""
    customer_ids: frozenset[UUID] = frozenset()
    site_ids: frozenset[UUID] = frozenset()
    site_customer_ids: frozenset[UUID] = frozenset()
    """Customers of the own sites: their contract is readable on site (need N11), the rest of them is not."""
    producer_ids: frozenset[UUID] = frozenset()
    scopes: frozenset[str] = frozenset()

    @property
    def person_id(self) -> UUID | None:
        """The person's id; None for a service."""
        return None if self.subject.startswith("service:") else UUID(self.subject)

    def has_role(self, *roles: str) -> bool:
        """Tell whether the actor has any of the roles."""
        return not self.roles.isdisjoint(roles)


class ActorSigner:
    """Signs actor tokens with one issuer's private Ed25519 JWK (JSON)."""

    def __init__(self, issuer: str, private_jwk: str, clock: Callable[[], float] = time.time) -> None:
        self.issuer = issuer
        self._key = OKPKey.import_key(json.loads(private_jwk))
        self._clock = clock
        self._own: dict[tuple[str, bool], tuple[str, float]] = {}

    def sign(self, actor: Actor, audience: str, *, issued_at: float | None = None) -> str:
        """Return a compact JWS (RFC 7519 claims) that only ``audience`` believes, for one minute."""
        moment = int(issued_at if issued_at is not None else self._clock())
        claims: dict[str, Any] = {  # Any: JSON
            "iss": self.issuer,
            "aud": audience,
            "sub": actor.subject,
            "iat": moment,
            "exp": moment + LIFETIME,
            "jti": secrets.token_urlsafe(9),
            "actor": actor.model_dump(mode="json", exclude={"subject"}, exclude_defaults=True),
        }
        return jwt.encode({"alg": "Ed25519", "kid": self.issuer}, claims, self._key, algorithms=["Ed25519"])

    def as_itself(self, audience: str, *, personal: bool = False) -> str:
        """Return a token for the deployable itself, to read another service's feed.

        ``personal`` asks for what the events tell about people too.
        """
        token, signed_at = self._own.get((audience, personal), ("", float("-inf")))
        now = self._clock()
        if not 0 <= now - signed_at < OWN_REUSED:
            scopes = SERVICE_SCOPES if personal else SERVICE_SCOPES - {EVENTS_PERSONAL}
            token = self.sign(Actor(subject=f"service:{self.issuer}", scopes=scopes), audience)
            self._own[audience, personal] = token, now
        return token


class ActorVerifier:
    """Believes tokens for one audience, signed by a key of the JWKS (JSON) whose ``kid`` is the issuer.

    An issuer may have several keys, so that a new one can be trusted before it is used.
    """

    def __init__(self, audience: str, jwks: str, clock: Callable[[], float] = time.time) -> None:
        self.audience = audience
        self._keys: dict[str, list[OKPKey]] = {}
        for key in json.loads(jwks)["keys"]:
            self._keys.setdefault(key["kid"], []).append(OKPKey.import_key(key))
        self._clock = clock
        self._believed: OrderedDict[str, tuple[Actor, int]] = OrderedDict()

    @property
    def remembered(self) -> int:
        """How many tokens are remembered."""
        return len(self._believed)

    def verify(self, token: str) -> Actor:
        """Return the actor. A token seen before is believed without its signature until it expires.

        Raises:
            Unauthenticated: not signed by a trusted key, expired, for another audience, or malformed.
        """
        known = self._believed.get(token)
        if known is not None and self._clock() < known[1]:
            return known[0]
        actor, expires = self._read(token)
        self._believed[token] = (actor, expires)
        self._forget()
        return actor

    def _forget(self) -> None:
        """Forget the oldest tokens: those that nobody can use any more, and those beyond the bound."""
        now = self._clock()
        with contextlib.suppress(KeyError, StopIteration, RuntimeError):  # another thread was faster
            while len(self._believed) > MOST_BELIEVED or next(iter(self._believed.values()))[1] < now:
                self._believed.popitem(last=False)

    def _read(self, token: str) -> tuple[Actor, int]:
        try:
            decoded = self._decode(token)
            claims = decoded.claims
            jwt.JWTClaimsRegistry(
                now=int(self._clock()),
                leeway=2,
                aud={"essential": True, "value": self.audience},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                iss={"essential": True, "value": decoded.header["kid"]},
            ).validate(claims)
            if claims["exp"] - claims["iat"] > LIFETIME:
                raise Unauthenticated
            actor = Actor.model_validate({**claims["actor"], "subject": claims["sub"]})
            if actor.person_id is None:
                self._check_service(actor, claims["iss"])
            elif claims["iss"] != GATEWAY:
                raise Unauthenticated
        except (JoseError, ValidationError, KeyError, ValueError, TypeError) as error:
            raise Unauthenticated from error
        return actor, int(claims["exp"])

    def _decode(self, token: str) -> jwt.Token:
        """Return the token if a key of its issuer signed it; in a rotation there are two."""
        keys = self._keys[extract_compact(token.encode()).headers()["kid"]]
        for key in keys[:-1]:
            with contextlib.suppress(BadSignatureError):
                return jwt.decode(token, key, algorithms=["Ed25519"])
        return jwt.decode(token, keys[-1], algorithms=["Ed25519"])

    @staticmethod
    def _check_service(actor: Actor, issuer: str) -> None:
        """A service speaks for itself only; the gateway alone acts for people and resolves them."""
        own = actor.subject == f"service:{issuer}"
        allowed = issuer == GATEWAY or (
            actor.scopes <= SERVICE_SCOPES and not actor.roles and not actor.everything
        )
        if not (own and allowed):
            raise Unauthenticated
