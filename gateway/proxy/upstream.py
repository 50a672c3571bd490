"""Passing a request on to the service that owns the noun, and its answer back, both unread."""

from collections.abc import Mapping
from typing import Protocol

import structlog
from fastapi import Request, Response

from chassis.errors import FieldError, InvalidInput, Unavailable
from chassis.outbound import Neighbour, NeighbourUnavailable
from chassis.problems import MEDIA_TYPE

log = structlog.get_logger()
FORWARDED = frozenset(
    {b"accept-language", b"content-type", b"if-match", b"if-none-match", b"idempotency-key"}
)
RELAYED = frozenset(
    {
        "accept",
        "cache-control",
        "content-disposition",
        "content-language",
        "content-type",
        "etag",
        "idempotency-replayed",
        "last-modified",
        "location",
        "retry-after",
        "vary",
    }
)


class UpstreamAnswer(Protocol):
    """What is read of a service's answer."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def content(self) -> bytes: ...


def forwarded_headers(request: Request, language: str) -> dict[str, str]:
    """Return the headers a service needs; the person's own language where the caller states none.

    Raises:
        InvalidInput: a header that decides something holds other than ASCII, which no service understands.
    """
    headers: dict[str, str] = {}
    for name, value in request.scope["headers"]:
        if name in FORWARDED:
            headers.setdefault(name.decode(), value.decode("latin-1"))
    faulty = [name for name, value in headers.items() if not value.isascii()]
    if faulty:
        raise InvalidInput([FieldError(f"#/header/{name}", "ascii") for name in faulty])
    headers.setdefault("accept-language", language)
    return headers


async def request_upstream(
    neighbour: Neighbour,
    method: str,
    path: str,
    *,
    token: str | None,
    headers: Mapping[str, str],
    content: bytes | None = None,
    patience: float,
    busy_patience: float | None = None,
) -> UpstreamAnswer:
    """Return the service's answer, whatever its status; ``patience`` is how many seconds it has.

    A read has ``busy_patience`` seconds while the service answers others.

    Raises:
        Unavailable: it does not answer in time, or it does not believe the gateway.
    """
    try:
        answer = await neighbour.request(
            method,
            path,
            token=token,
            headers=headers,
            content=content,
            timeout=patience,
            busy_timeout=busy_patience,
        )
    except NeighbourUnavailable as error:
        log.warning("proxy.unavailable", neighbour=neighbour.name, reason=error.reason)
        raise Unavailable(part=neighbour.name) from error
    if answer.status_code == 401 and token is not None:
        # The session was good: a refused actor token is a fault between us, never the caller's.
        log.error("proxy.token_refused", neighbour=neighbour.name)
        raise Unavailable(part=neighbour.name)
    return answer


def relayed(answer: UpstreamAnswer) -> Response:
    """Return a service's answer as the gateway's own."""
    headers = {name: value for name, value in answer.headers.items() if name in RELAYED}
    if headers.get("location", "").startswith("/v1/"):
        headers["location"] = f"/api{headers['location']}"
    content = answer.content
    if headers.get("content-type", "").startswith(MEDIA_TYPE):
        # A problem names the address that was asked; the caller asked here.
        content = content.replace(b'"instance":"/v1/', b'"instance":"/api/v1/', 1)
    return Response(content, answer.status_code, headers)
