"""What is wrong with a cell, in words that tell how to mend it."""

from collections.abc import Mapping

from chassis.languages import Language
from chassis.problem_table import words_of_validation
from chassis.words import Words

WORDS = Words.beside(__file__)["fault"]


def words_of(code: str, params: Mapping[str, object], language: Language) -> str:
    """Return what is wrong, in the language; what is wrong with any text is said as of every field."""
    if code not in WORDS:
        return words_of_validation(code, language, params)
    return WORDS[code].say(language, params)
