"""The three languages, and the choice among them."""

from typing import Literal, get_args

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


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
