"""What a text may hold: the letters that people write, nothing that acts on screens and files unseen.

Pure rules of Unicode: control characters break calendars and terminals, marks of direction turn around what
stands beside them, and a name that is empty to the eye cannot be clicked.
"""

import re
import unicodedata
from typing import Final

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff]")
"""Without width and without use in our three languages: hyphenation and marks that pasting brings along."""
_FORBIDDEN: Final = (
    r"\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u202a-\u202e\u2061-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
"""As a class of a regular expression: what forms other characters (Cf), and numbers that are no characters.

Two joiners, which hold emoji together, are not among them. What is beyond U+FFFF stands as itself, since
languages write its number differently.
"""
_CONTROLS: Final = r"\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f"
_MORE_LINES: Final = r"\n\r\u000b\u000c\u0085\u2028\u2029"
_NOT_SEEN: Final = r"\s\u00ad\u061c\u180e\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\u115f\u1160\u2800\u3164\uffa0"
"""Spaces, what is cleaned away, joiners, variations of what stands before, and letters that show nothing."""
ACTING: Final = re.compile(f"[{_CONTROLS}{_FORBIDDEN}\ud800-\udfff]")
"""What no text may hold."""
_SEEN = re.compile(f"[^{_NOT_SEEN}]")


NOTHING_TO_SEE: Final = _CONTROLS + _FORBIDDEN + _MORE_LINES + _NOT_SEEN
"""As a class: what no word holds."""


def _pattern(never: str) -> str:
    return f"^[^{never}]*[^{never}{_NOT_SEEN}][^{never}]*$"


ONE_LINE: Final = _pattern(_CONTROLS + _FORBIDDEN + _MORE_LINES)
MANY_LINES: Final = _pattern(_CONTROLS + _FORBIDDEN)
"""What a text looks like that is taken and is not empty, as a document tells it (ECMA 262, flag `u`)."""
EMPTY_OR_ONE_LINE: Final = f"^[^{_CONTROLS}{_FORBIDDEN}{_MORE_LINES}]*$"


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
    if acting := ACTING.search(value):
        raise Forbidden(acting[0], acting.start() + 1)
    return value if _SEEN.search(value) else ""


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
