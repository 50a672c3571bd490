"""Promised times as people type them: ``4 t``, ``1 pv 4 t``, ``30 min``, in any of the three languages."""

import re

from chassis.languages import Language

TYPED = re.compile(r"(\d+)\s*([a-zäö]+)\.?")
LETTERS: dict[str, tuple[str, ...]] = {
    "D": (
        "pv", "päivä", "päivää", "työpäivä", "työpäivää", "vrk",
        "d", "dag", "dagar", "arbetsdag", "arbetsdagar", "dygn", "day", "days",
    ),
    "H": ("t", "h", "tunti", "tuntia", "tim", "timme", "timmar", "hour", "hours"),
    "M": ("m", "min", "minuutti", "minuuttia", "minut", "minuter", "minute", "minutes"),
}  # fmt: skip
ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
SHORT: dict[Language, tuple[str, str, str]] = {
    "fi": ("pv", "t", "min"),
    "sv": ("d", "h", "min"),
    "en": ("d", "h", "min"),
}


def duration_of(typed: str) -> str | None:
    """Return the ISO 8601 duration of a typed one; None when it is not understood or is nothing."""
    words = typed.strip().lower().replace("working day", "day")
    found = {}
    rest = words
    for match in TYPED.finditer(words):
        letter = next((key for key, names in LETTERS.items() if match[2] in names), None)
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
    parts = zip(match.groups()[:3], SHORT[language], strict=True)
    return " ".join(f"{count} {unit}" for count, unit in parts if int(count or 0))
