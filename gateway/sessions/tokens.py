"""Session tokens: signed statements (RFC 7519, Ed25519) of who signed in, believed by the gateway alone."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from uuid_utils.compat import uuid7

from chassis.errors import Unauthenticated

AUDIENCE = "kumppani-gateway"
TYPE = "session+jwt"
"""Sets a session apart from an actor token, which the same key signs."""
MOST_BELIEVED = 5_000
"""Tokens whose signature is remembered."""


@dataclass(frozen=True)
class Session:
    """One sign-in of one person."""

    id: UUID
    person_id: UUID
    expires_at: datetime


class Sessions:
    """Issues and reads session tokens with the gateway's private Ed25519 JWK (JSON)."""

    def __init__(self, private_jwk: str, lifetime: timedelta) -> None:
        self._key = OKPKey.import_key(json.loads(private_jwk))
        self._lifetime = lifetime
        self._believed: OrderedDict[str, Session] = OrderedDict()

    def issue(self, person_id: UUID, now: datetime) -> tuple[str, Session]:
        """Return a new token and what it says."""
        expires = (now + self._lifetime).replace(microsecond=0)
        session = Session(id=uuid7(), person_id=person_id, expires_at=expires)
        claims = {
            "iss": AUDIENCE,
            "aud": AUDIENCE,
            "sub": str(person_id),
            "jti": str(session.id),
            "iat": int(now.timestamp()),
            "exp": int(expires.timestamp()),
        }
        return jwt.encode({"alg": "Ed25519", "typ": TYPE}, claims, self._key, algorithms=["Ed25519"]), session

    def read(self, token: str, now: datetime) -> Session:
        """Return the session that the token states; the signature of one seen before is not checked again.

        Raises:
            Unauthenticated: not ours, not a session, expired or malformed.
        """
        known = self._believed.get(token)
        if known is not None and now < known.expires_at:
            return known
        session = self._believed[token] = self._read(token, now)
        if len(self._believed) > MOST_BELIEVED:
            self._believed.popitem(last=False)
        return session

    def _read(self, token: str, now: datetime) -> Session:
        try:
            decoded = jwt.decode(token, self._key, algorithms=["Ed25519"])
            if decoded.header.get("typ") != TYPE:
                raise Unauthenticated
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=0,
                iss={"essential": True, "value": AUDIENCE},
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
                sub={"essential": True},
                jti={"essential": True},
            ).validate(decoded.claims)
            claims = decoded.claims
            return Session(
                id=UUID(claims["jti"]),
                person_id=UUID(claims["sub"]),
                expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            )
        except (JoseError, ValueError, TypeError, AttributeError, OverflowError, OSError) as error:
            raise Unauthenticated from error
