"""Promised times as people type them: ``4 t``, ``1 pv 4 t``, ``30 min``, in any of the three languages."""

import re
import tomllib
from pathlib import Path

from chassis.languages import LANGUAGES, Language

TYPED = re.compile(r"(\d+)\s*([^\W\d_]+)\.?")
UNITS: dict[str, dict[Language, list[str]]] = tomllib.loads(
    Path(__file__).with_name("lengths.toml").read_text("utf-8")
)
"""The words for each unit of an ISO 8601 duration; the first of a language is what we write ourselves."""
LETTERS = {
    word: letter for letter, words in UNITS.items() for language in LANGUAGES for word in words[language]
}
ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def duration_of(typed: str) -> str | None:
    """Return the ISO 8601 duration of a typed one; None when it is not understood or is nothing."""
    words = typed.strip().lower().replace("working day", "day")
    found = {}
    rest = words
    for match in TYPED.finditer(words):
        letter = LETTERS.get(match[2])
        if letter is None or letter in found:
            return None
        found[letter] = int(match[1])
        rest = rest.replace(match[0], "", 1)
    if rest.strip(" ,") or not any(found.values()):
        return None
    days = f"{found['D']}D" if found.get("D") else ""
    time = "".join(f"{found[letter]}{letter}" for letter in "HM" if found.get(letter))
    return f"P{days}{'T' + time if time else ''}"


def typed_of(duration: str, language: Language) -> str:
    """Return an ISO 8601 duration as it is typed; one that has seconds stays as it is."""
    match = ISO.fullmatch(duration)
    if match is None or int(match[4] or 0):
        return duration
    parts = zip(match.groups()[:3], UNITS.values(), strict=True)
    return " ".join(f"{count} {words[language][0]}" for count, words in parts if int(count or 0))
