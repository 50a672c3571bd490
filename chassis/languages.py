"""The three languages, the choice among them, and the words of faulty fields."""

from collections.abc import Mapping
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


# Codes are pydantic's error types; families share their words.
_WORDS: dict[str, tuple[str, str, str]] = {
    "missing": ("Tämä tieto puuttuu.", "Den här uppgiften saknas.", "This is missing."),
    "extra_forbidden": ("Tätä tietoa ei tunneta.", "Den här uppgiften är okänd.", "This field is unknown."),
    "string_too_short": (
        "Kirjoita vähintään {min_length} merkkiä.",
        "Skriv minst {min_length} tecken.",
        "Write at least {min_length} characters.",
    ),
    "string_too_long": (
        "Kirjoita enintään {max_length} merkkiä.",
        "Skriv högst {max_length} tecken.",
        "Write at most {max_length} characters.",
    ),
    "enum": (
        "Valitse yksi näistä: {expected}.",
        "Välj ett av dessa: {expected}.",
        "Choose one of: {expected}.",
    ),
    "literal_error": (
        "Valitse yksi näistä: {expected}.",
        "Välj ett av dessa: {expected}.",
        "Choose one of: {expected}.",
    ),
    "uuid_parsing": ("Tunniste ei ole oikea.", "Identifieraren är felaktig.", "The id is not valid."),
    "instant": (
        "Anna hetki muodossa 2026-03-10T12:00:00+02:00.",
        "Ange tidpunkten i formen 2026-03-10T12:00:00+02:00.",
        "Give the instant as 2026-03-10T12:00:00+02:00.",
    ),
    "day": (
        "Anna päivä muodossa 2026-03-10.",
        "Ange dagen i formen 2026-03-10.",
        "Give the day as 2026-03-10.",
    ),
    "cursor": (
        "Sivun kohdistin ei ole oikea. Aloita ensimmäiseltä sivulta.",
        "Sidmarkören är felaktig. Börja från första sidan.",
        "The page cursor is not valid. Start from the first page.",
    ),
    "if_match": (
        'If-Match on muotoa "7".',
        'If-Match har formen "7".',
        'If-Match has the form "7".',
    ),
    "json_invalid": ("Viesti ei ole JSONia.", "Meddelandet är inte JSON.", "The message is not JSON."),
    "idempotency_key": (
        "Idempotency-Key on 1–200 näkyvää ASCII-merkkiä.",
        "Idempotency-Key är 1–200 synliga ASCII-tecken.",
        "Idempotency-Key is 1–200 visible ASCII characters.",
    ),
    "greater_than_equal": ("Vähintään {ge}.", "Minst {ge}.", "At least {ge}."),
    "greater_than": ("Suurempi kuin {gt}.", "Större än {gt}.", "Greater than {gt}."),
    "less_than_equal": ("Enintään {le}.", "Högst {le}.", "At most {le}."),
    "too_long": ("Enintään {max_length}.", "Högst {max_length}.", "At most {max_length}."),
    "too_short": ("Vähintään {min_length}.", "Minst {min_length}.", "At least {min_length}."),
}
_OTHERWISE = ("Tämä tieto ei ole oikein.", "Den här uppgiften är felaktig.", "This is not valid.")


def words_of_validation(code: str, language: Language, params: Mapping[str, object]) -> str:
    """Return plain words for a faulty field; an unlisted code gets a general sentence."""
    words = _WORDS.get(code, _OTHERWISE)[LANGUAGES.index(language)]
    try:
        return words.format(**params)
    except KeyError:
        return _OTHERWISE[LANGUAGES.index(language)]
