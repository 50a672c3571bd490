"""What a text may hold: the letters that people write, nothing that acts on screens and files unseen.

Pure rules of Unicode: control characters break calendars and terminals, marks of direction turn around what
stands beside them, and a name that is empty to the eye cannot be clicked.
"""

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff]")
"""Without width and without use in our three languages: hyphenation and marks that pasting brings along."""
_JOINERS = "\u200c\u200d"
"""They hold emoji together."""
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by their category, but nothing to be seen."""


class Forbidden(ValueError):
    """A character that no text may hold; ``character`` names it, ``position`` counts from 1."""

    def __init__(self, character: str, position: int) -> None:
        super().__init__(character, position)
        self.character = f"U+{ord(character):04X}"
        self.position = position


class ManyLines(ValueError):
    """A line break where a text has one line."""


def one_line(value: str) -> str:
    """Return the text of one line as it is kept: composed (NFC), a tab as a space, nothing unseen in it.

    Raises:
        ManyLines: it has a line break.
        Forbidden: it has a control character, a mark of direction or the like.
    """
    value = value.strip()
    if value.isascii() and value.isprintable():
        return value
    if _BREAKS.search(value) or "\n" in value:
        raise ManyLines
    return _kept(value.replace("\t", " "))


def many_lines(value: str) -> str:
    """Return a text of several lines as it is kept: composed (NFC), every kind of line break as one.

    Raises:
        Forbidden: it has a control character, a mark of direction or the like.
    """
    return _kept(_BREAKS.sub("\n", value))


def _kept(value: str) -> str:
    value = unicodedata.normalize("NFC", _UNSEEN.sub("", value)).strip()
    if not value.replace("\n", "").isprintable():
        for position, character in enumerate(value, start=1):
            if _is_forbidden(character):
                raise Forbidden(character, position)
    return value if any(map(_is_seen, value)) else ""


def _is_forbidden(character: str) -> bool:
    if character in "\n\t" or character in _JOINERS:
        return False
    number = ord(character)
    no_character = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return no_character or unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def _is_seen(character: str) -> bool:
    return (
        character not in _FILLERS
        and unicodedata.category(character)[0] not in "ZC"
        and not (
            0xFE00 <= ord(character) <= 0xFE0F  # how the character before looks
        )
    )


def escaped(value: str) -> str:
    """Return a text that can be written to a terminal: what is not printable as Python writes it."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in value
    )


def without_controls(value: str) -> str:
    """Return a text that was kept before these rules, without what a file of lines cannot hold."""
    return "".join(
        character
        for character in _BREAKS.sub("\n", value)
        if character == "\n" or unicodedata.category(character) != "Cc"
    )
