"""Which status, stable code and words each error of the domain has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
from chassis.languages import Language
from chassis.words import Phrase, Words, demand_keys


@dataclass(frozen=True)
class Problem:
    """Status, stable code and words of one kind of error; words may use ``{param}``."""

    status: int
    code: str
    phrase: Phrase

    def words(self, language: Language, params: Mapping[str, object]) -> str:
        """Return the words in the language; a missing parameter shows as its name."""
        return said(self.phrase, language, params)


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def said(phrase: Phrase, language: Language, params: Mapping[str, object]) -> str:
    """Return the words of a refusal; a missing parameter shows as its name, so that something is said."""
    return phrase.say(language, _Lenient(params))


ProblemTable = Mapping[type[DomainError], Problem]


def problem_table(
    phrases: Mapping[str, Phrase], refusals: Mapping[type[DomainError], tuple[int, str]]
) -> ProblemTable:
    """Return the problems of a room: each refusal's status and code, with the words of that code."""
    demand_keys(phrases, (code for _, code in refusals.values()))
    return {kind: Problem(status, code, phrases[code]) for kind, (status, code) in refusals.items()}


_WORDS = Words.beside(__file__)
_STATUSES = {
    "bad_request": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "conflict": 409,
    "stale": 412,
    "too_large": 413,
    "unsupported_media_type": 415,
    "invalid_input": 422,
    "idempotency_key_reused": 422,
    "version_missing": 428,
    "too_many_requests": 429,
    "unexpected": 500,
    "busy": 503,
    "unavailable": 503,
}
demand_keys(_WORDS["problem"], _STATUSES)
KNOWN: Mapping[str, Problem] = {
    code: Problem(status, code, _WORDS["problem"][code]) for code, status in _STATUSES.items()
}
"""The chassis' own problems by code."""
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
_OF_CHOICES = frozenset({"enum", "literal_error"})
_CHOICE = re.compile(r"'([^']*)'")
"""Pydantic lists choices in English: 'today' or 'late'."""


def words_of_validation(code: str, language: Language, params: Mapping[str, object]) -> str:
    """Return plain words for a faulty field by pydantic's error type, else a general sentence."""
    fields = _WORDS["field"]
    if code in _OF_CHOICES:
        params = {**params, "expected": ", ".join(_CHOICE.findall(str(params.get("expected", ""))))}
    try:
        return fields.get(code, fields["otherwise"]).say(language, params)
    except KeyError:
        return fields["otherwise"][language]
