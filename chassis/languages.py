"""The three languages, the choice among them, and the words of faulty fields."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
WORDS: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text("utf-8")
)  # Any: TOML


def language_of(accept_language: str | None) -> Language:
    """Return the best of fi, sv and en for an Accept-Language header (RFC 9110 §12.5.4); Finnish if none."""
    best: tuple[float, Language] = (0.0, "fi")
    for part in (accept_language or "").split(","):
        tag, _, rest = part.strip().partition(";")
        primary = tag.split("-")[0].lower()
        try:
            quality = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            continue
        for language in LANGUAGES:
            if primary == language and quality > best[0]:
                best = (quality, language)
    return best[1]


_OF_CHOICES = frozenset({"enum", "literal_error"})
_CHOICE = re.compile(r"'([^']*)'")
"""Pydantic lists choices in English: 'today' or 'late'."""


def words_of_validation(code: str, language: Language, params: Mapping[str, object]) -> str:
    """Return plain words for a faulty field by pydantic's error type, else a general sentence."""
    fields: dict[str, dict[Language, str]] = WORDS["field"]
    if code in _OF_CHOICES:
        params = {**params, "expected": ", ".join(_CHOICE.findall(str(params.get("expected", ""))))}
    try:
        return fields.get(code, fields["otherwise"])[language].format_map(params)
    except KeyError:
        return fields["otherwise"][language]
