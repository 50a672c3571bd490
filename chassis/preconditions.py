"""Conditional requests: ETag out; If-Match against lost edits, If-None-Match against needless answers.

The tag of what can be edited is its version and a hash of the answer, such as ``"7-3f0c1a52a6b4"``. If-Match
reads the version alone, since the same thing is shown differently by language, rights and the time of day;
If-None-Match the whole (RFC 9110 §13.1).
"""

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Header

from chassis.errors import FieldError, InvalidInput, Stale, VersionMissing

_FORM = re.compile(r'^(?:W/)?"([0-9]{1,18})(?:-[0-9a-f]{1,64})?"$')
_HASH_BYTES = 6
# The pattern stands in the document only: what does not match is refused below, in words.
_Header = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag that was read, or its version alone; when that is outdated 412.",
        json_schema_extra={"pattern": r'^(W/)?"[0-9]{1,18}(-[0-9a-f]{1,64})?"$', "examples": ['"7"']},
    ),
]


def etag(version: int) -> str:
    """Return a version as an entity tag."""
    return f'"{version}"'


def tag_of(body: bytes, version_tag: str | None = None) -> str:
    """Return the tag of an answer, beginning with its version where it has one."""
    digest = hashlib.blake2b(body, digest_size=_HASH_BYTES).hexdigest()
    return f'{version_tag[:-1]}-{digest}"' if version_tag else f'"{digest}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Tell whether If-None-Match names the tag, by weak comparison (RFC 9110 §13.1.2)."""
    if if_none_match is None:
        return False
    given = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return "*" in given or tag in given


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
