"""The glossary of the trade (docs' domain §7) in three languages, each term with a short explanation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chassis.inflected import says, words_of
from chassis.languages import LANGUAGES, Language
from chassis.words import Phrase, Words

FILE = Path(__file__).with_name("terms.toml")
# Finnish and Swedish put å, ä and ö last.
LAST_LETTERS = {"å": "{", "ä": "|", "ö": "}"}


@dataclass(frozen=True)
class Term:
    """A word by its code identifier: the word and its explanation in each language."""

    code: str
    words: Phrase
    meanings: Phrase

    def word(self, language: Language) -> str:
        """Return the word in a language."""
        return self.words[language]

    def meaning(self, language: Language) -> str:
        """Return the explanation in a language."""
        return self.meanings[language]

    def letter(self, language: Language) -> str:
        """Return the letter under which the word stands."""
        return self.words[language][0].upper()

    def others(self, language: Language) -> list[tuple[Language, str]]:
        """Return the word in the other languages."""
        return [(other, self.words[other]) for other in LANGUAGES if other != language]


@lru_cache
def terms() -> tuple[Term, ...]:
    """Return all terms of terms.toml."""
    words = Words.read(FILE)
    return tuple(Term(code, words[code]["word"], words[code]["meaning"]) for code in words)


def in_order(found: Sequence[Term], language: Language) -> list[Term]:
    """Return terms in the language's alphabetical order."""
    return sorted(found, key=lambda term: _order(term.word(language)))


def search(words: str, letter: str, language: Language) -> list[Term]:
    """Return the terms that begin with a letter and hold the words in any language."""
    wanted = words.strip().casefold()
    found = [
        term
        for term in terms()
        if (not letter or term.letter(language) == letter.upper())
        and (
            not wanted
            or _is_called(term, words_of(words))
            or any(
                wanted in text.casefold()
                for text in (*(term.words[each] for each in LANGUAGES), term.meaning(language))
            )
        )
    ]
    return in_order(found, language)


def named(words: str, language: Language) -> list[Term]:
    """Return the terms that are called so in any language, in any form of the word."""
    asked = words_of(words)
    return in_order([term for term in terms() if _is_called(term, asked)], language)


def letters(language: Language) -> list[str]:
    """Return the letters under which there is a word, in order."""
    return sorted({term.letter(language) for term in terms()}, key=_order)


def _is_called(term: Term, asked: list[str]) -> bool:
    return any(says(term.words[each], asked) for each in LANGUAGES)


def _order(word: str) -> str:
    return "".join(LAST_LETTERS.get(character, character) for character in word.casefold())
