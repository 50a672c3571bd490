"""The secret of a calendar link. Only its hash is stored; the same link's token can be told again."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from uuid import UUID


def token_of(feed_id: UUID, signing_key: str) -> str:
    """Return the link's token, 43 characters: an HMAC of its id under a key drawn from the service's own.

    A repeated POST with the same Idempotency-Key must answer the same token, and none may be stored.
    """
    key = hashlib.sha256(b"kumppani calendar link\x00" + signing_key.encode()).digest()
    return urlsafe_b64encode(hmac.digest(key, feed_id.bytes, "sha256")).decode().rstrip("=")


def hash_of(token: str) -> str:
    """Return the hex SHA-256 under which a token is found."""
    return hashlib.sha256(token.encode()).hexdigest()
