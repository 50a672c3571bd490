"""Whether two words may be forms of one, told by how they begin: for small lists of words that we wrote.

Finnish changes a word's end and sometimes its middle (*keitto*, *keitosta*; *hinta*, *hinnat*). A dictionary
knows which; where only some hundred words stand to choose from, their beginnings tell it as well.
"""

import re
from itertools import takewhile
from typing import Final

SHORTEST_SHARED: Final = 4
LONGEST_ENDS: Final = (7, 4)
"""So many letters may follow the shared beginning in the asked word and in the known one."""
_WORD = re.compile(r"\w+")
_DOUBLED: Final = {"kk": "k", "pp": "p", "tt": "t", "nn": "nt", "mm": "mp", "ll": "lt", "rr": "rt"}
"""What becomes of strong consonants: told alike, *hinta* and *hinnat* begin alike."""
_DOUBLE = re.compile("|".join(_DOUBLED))


def words_of(text: str) -> list[str]:
    """Return the words of a text, as they are compared."""
    return _WORD.findall(text.casefold())


def may_be(asked: str, known: str) -> bool:
    """Tell whether an asked word may be a form, or the beginning, of a known one; both by `words_of`."""
    if known.startswith(asked):
        return True
    one, other = _alike(asked), _alike(known)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return (
        shared >= SHORTEST_SHARED
        and len(one) - shared <= LONGEST_ENDS[0]
        and len(other) - shared <= LONGEST_ENDS[1]
    )


def says(text: str, asked: list[str]) -> bool:
    """Tell whether a text holds a form of each of the asked words; of none when nothing is asked."""
    known = words_of(text)
    return bool(asked) and all(any(may_be(word, each) for each in known) for word in asked)


def _alike(word: str) -> str:
    return _DOUBLE.sub(lambda match: _DOUBLED[match[0]], word)
