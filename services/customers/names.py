"""How names are ordered and found: Finnish alphabetical order and the text that searches look into."""

import re
import unicodedata

_PHONE = re.compile(r"[+()\d\s-]{6,30}")
_FROM_ABROAD = re.compile(r"^(?:\+|00)358")
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def sort_key(name: str) -> str:
    """Return a key whose code point order is Finnish alphabetical order (å, ä, ö last), case ignored.

    The order must not depend on the locale of the database server: paging by key compares these keys.
    """
    folded = unicodedata.normalize("NFC", " ".join(name.casefold().split())).translate(_AFTER_Z)
    return "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))


def search_text(*parts: str | None) -> str:
    """Return what a search looks into: each word in lower case after a space, so `` ko`` finds a start."""
    words = " ".join(part for part in parts if part).lower().split()
    return "".join(f" {word}" for word in dict.fromkeys(words))


def patterns(query: str) -> list[str]:
    """Return one LIKE pattern for each word of a query; all of them must match.

    Words of one or two letters match the start of a word (trigrams cannot find them inside one), longer words
    match anywhere: ``koulu`` finds ``Kaakkurin peruskoulu``.
    """
    found = []
    for word in dict.fromkeys(query.lower().split()):
        literal = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        found.append(f"% {literal}%" if len(word) < 3 else f"%{literal}%")
    return found[:8]


def phone_digits(text: str) -> str | None:
    """Return the digits of a telephone number as dialled in Finland, or None when it is something else.

    ``+358 40 123 4567`` and ``(040) 123 4567`` are both ``0401234567``.
    """
    if not _PHONE.fullmatch(text.strip()):
        return None
    dialled = _FROM_ABROAD.sub("0", re.sub(r"[^+\d]", "", text))
    return re.sub(r"\D", "", dialled) or None
