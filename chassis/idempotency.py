"""Twice is once: a POST that is retried with its Idempotency-Key gets the first answer again."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.callers import CurrentActor
from chassis.database import Transaction
from chassis.errors import DomainError, FieldError, InvalidInput
from chassis.preconditions import etag

KEPT = timedelta(days=7)
"""How long an answer is remembered."""
REPLAYED = "Idempotency-Replayed"
_FORM = re.compile(r"^[\x21-\x7e]{1,200}$")
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Any unique text, 1–200 visible ASCII characters. "
        "A retry with the same key and body gets the first answer.",
        json_schema_extra={
            "minLength": 1,
            "maxLength": 200,
            "pattern": "^[!-~]{1,200}$",
            "examples": ["3f0c1a52-6a56-4a6f-9d43-0c8a4a1a7f10"],
        },
    ),
]


class KeyReused(DomainError):
    """The key came before with another body."""


class IdempotencyKey:
    """The key of one request, its caller, and the path and fingerprint of what was asked."""

    def __init__(self, subject: str, key: str | None, fingerprint: str, path: str) -> None:
        self.subject = subject
        self.key = key
        self.fingerprint = fingerprint
        self.path = path

    def location(self, name: object) -> dict[str, str]:
        """Return the header that tells where the thing is that this request made (RFC 9110 §10.2.2)."""
        return {"Location": f"{self.path}/{name}"}


async def idempotency_key(request: Request, actor: CurrentActor, key: KeyHeader = None) -> IdempotencyKey:
    """Return the request's key; the fingerprint covers method, path, query and body."""
    if key is not None and not _FORM.match(key):
        raise InvalidInput([FieldError("#/header/Idempotency-Key", "idempotency_key")])
    asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + await request.body()
    return IdempotencyKey(actor.subject, key, hashlib.sha256(asked).hexdigest(), request.url.path)


Key = Annotated[IdempotencyKey, Depends(idempotency_key)]

# Two requests with one key meet at the unique index: the second waits for the first one's commit.
_CLAIM = text(
    "insert into idempotency_key (subject, key, fingerprint) values (:subject, :key, :fingerprint)"
    " on conflict do nothing returning 1"
)
_KNOWN = text(
    "select fingerprint, status, body, etag from idempotency_key where subject = :subject and key = :key"
)
_KEEP = text(
    "update idempotency_key set status = :status, body = :body, etag = :etag"
    " where subject = :subject and key = :key"
)


def replay(session: Session, key: IdempotencyKey, *, named: str = "id") -> Response | None:
    """Return the answer that was given to this key before, or None; ``named`` as in `Once`.

    Raises:
        KeyReused: the key came before with another request.
    """
    row = session.execute(_KNOWN, {"subject": key.subject, "key": key.key}).one_or_none()
    if row is None:
        return None
    if row.fingerprint != key.fingerprint:
        raise KeyReused
    headers = {REPLAYED: "true"} | ({"ETag": row.etag} if row.etag else {})
    if row.status == 201:
        headers |= key.location(json.loads(row.body)[named])
    return Response(row.body, row.status, headers, "application/json")


class Once:
    """Runs a use case once per Idempotency-Key, inside the request's transaction."""

    def __init__(self, session: Session, key: IdempotencyKey) -> None:
        self._session = session
        self._key = key

    def __call__(
        self, act: Callable[[], BaseModel | None], *, status: int = 200, named: str = "id"
    ) -> Response:
        """Return the answer of ``act``, or the kept one; a refused act keeps nothing (it rolls back).

        A view with a ``version`` also answers an ETag; None answers 204. With 201 the thing made is below the
        path that was asked, by its field ``named``.
        """
        mine = {"subject": self._key.subject, "key": self._key.key, "fingerprint": self._key.fingerprint}
        keyed = self._key.key is not None
        if keyed and self._session.execute(_CLAIM, mine).one_or_none() is None:
            known = replay(self._session, self._key, named=named)
            if known is not None:
                return known
        view = act()
        body = view.model_dump_json() if view is not None else None
        version = getattr(view, "version", None)
        tag = etag(version) if isinstance(version, int) else None
        status = 204 if view is None else status
        if keyed:
            self._session.execute(_KEEP, {**mine, "status": status, "body": body, "etag": tag})
        headers = {"ETag": tag} if tag else {}
        if status == 201:
            headers |= self._key.location(getattr(view, named))
        return Response(body, status, headers, "application/json" if body else None)


async def _once(session: Transaction, key: Key) -> Once:
    return Once(session, key)


OnlyOnce = Annotated[Once, Depends(_once)]
"""``once: OnlyOnce`` – then ``return once(lambda: usecases.report(...), status=201)``."""


def forget_old_keys(session: Session, now: datetime) -> int:
    """Delete answers older than a week; return how many."""
    gone = session.execute(
        text(
            "with gone as (delete from idempotency_key where created_at < :limit returning 1)"
            " select count(*) from gone"
        ),
        {"limit": now - KEPT},
    )
    return int(gone.scalar_one())
