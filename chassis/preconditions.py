"""Optimistic locking over HTTP: ETag out, If-Match in (RFC 9110 §13.1.1)."""

import re
from typing import Annotated

from fastapi import Depends, Header

from chassis.problems import FieldError, InvalidInput, Stale, VersionMissing

_FORM = re.compile(r'^(?:W/)?"(\d{1,18})"$')
# The pattern stands in the document only: what does not match is refused below, in words.
_Header = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The version that was read (its ETag); when it is outdated 412.",
        json_schema_extra={"pattern": r'^(W/)?"[0-9]{1,18}"$', "examples": ['"7"']},
    ),
]


def etag(version: int) -> str:
    """Return a version as an entity tag."""
    return f'"{version}"'


def _parse(if_match: str) -> int:
    found = _FORM.match(if_match.strip())
    if not found:
        raise InvalidInput([FieldError("#/header/If-Match", "if_match")])
    return int(found[1])


async def _needed(if_match: _Header = None) -> int:
    if if_match is None:
        raise VersionMissing
    return _parse(if_match)


async def _offered(if_match: _Header = None) -> int | None:
    return None if if_match is None else _parse(if_match)


IfMatch = Annotated[int, Depends(_needed)]
"""The version that the caller read; 428 without, 422 when malformed."""
IfMatchOffered = Annotated[int | None, Depends(_offered)]
"""The version that the caller read, or None when the caller does not say."""


def check(version: int, if_match: int | None) -> None:
    """Refuse an edit of another version than the one read.

    Raises:
        Stale: ``version`` is not ``if_match``; the problem's body carries ``current_version``.
    """
    if if_match is not None and version != if_match:
        raise Stale(extra={"current_version": version})
