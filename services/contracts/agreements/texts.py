"""What the six points are called, and what is missing before a signature."""

from chassis.languages import Language
from chassis.words import Words
from services.contracts.agreements.vocabulary import Missing, Point

_WORDS = Words.beside(__file__)
_POINTS = _WORDS.of("point", Point)
_MISSING = _WORDS.of("missing", Missing)


def point_title(point: Point, language: Language) -> str:
    """Return the point's name as a heading."""
    title = _POINTS[point][language]
    return title[0].upper() + title[1:]


def blocker_text(code: Point | Missing, language: Language) -> str:
    """Return what is missing, e.g. "puuttuu: viestinnän työnjako"."""
    what = _POINTS[code] if isinstance(code, Point) else _MISSING[code]
    return _WORDS["blocker"]["missing"].say(language, {"what": what[language]})
