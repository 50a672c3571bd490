"""Which status, stable code and words each error of the domain has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import (
    Busy,
    Conflict,
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    Stale,
    Unauthenticated,
    Unavailable,
    VersionMissing,
)
from chassis.languages import WORDS, Language


@dataclass(frozen=True)
class Problem:
    """Status, stable code and words of one kind of error; words may use ``{param}``."""

    status: int
    code: str
    fi: str
    sv: str
    en: str

    def words(self, language: Language, params: Mapping[str, object]) -> str:
        """Return the words in the language; a missing parameter shows as its name."""
        text: str = getattr(self, language)
        return text.format_map(_Lenient(params))


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


ProblemTable = Mapping[type[DomainError], Problem]


def _ready_made() -> dict[str, Problem]:
    words: dict[str, dict[str, Any]] = WORDS["problem"]  # Any: texts and one number
    return {code: Problem(code=code, **entry) for code, entry in words.items()}


KNOWN: Mapping[str, Problem] = _ready_made()
"""The chassis' own problems by code (``words.toml``)."""
STANDARD: dict[type[DomainError], Problem] = {
    NotFound: KNOWN["not_found"],
    Forbidden: KNOWN["forbidden"],
    Unauthenticated: KNOWN["unauthenticated"],
    Conflict: KNOWN["conflict"],
    Stale: KNOWN["stale"],
    VersionMissing: KNOWN["version_missing"],
    InvalidInput: KNOWN["invalid_input"],
    Busy: KNOWN["busy"],
    Unavailable: KNOWN["unavailable"],
}
_UNNAMED = ("bad_request", "method_not_allowed", "too_large", "too_many_requests", "unsupported_media_type")
HTTP_ERRORS = {entry.status: entry for entry in (*STANDARD.values(), *(KNOWN[code] for code in _UNNAMED))}
UNEXPECTED = KNOWN["unexpected"]
