"""Words for people in three languages: a ``words.toml`` beside the code that says them.

A file has sections of keys, ``[problem.not_found]`` with ``fi``, ``sv`` and ``en``; ``{params}`` are filled
in when the words are said. It is read when the code is imported. What lacks a language, or fills in other
things in one than in another, is refused, so that a service with such words does not start.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from string import Formatter
from typing import TypeVar

from chassis.languages import LANGUAGES, Language

Kind = TypeVar("Kind", bound=Enum)


class FaultyWords(ValueError):
    """Words lack a language or a key, or do not fill in the same things in each language."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same thing said in three languages."""

    fi: str
    sv: str
    en: str

    def __post_init__(self) -> None:
        """Refuse what says nothing in a language, or fills in other things than the Finnish."""
        for language in LANGUAGES:
            if not self[language].strip():
                raise FaultyWords(f"nothing in {language}: {self.fi or self.en!r}")
            if _filled_in(self[language]) != _filled_in(self.fi):
                raise FaultyWords(f"fi and {language} fill in different things: {self.fi!r}")

    def __getitem__(self, language: Language) -> str:
        """Return the words as they are written, with nothing filled in."""
        said: str = getattr(self, language)
        return said

    def say(self, language: Language, params: Mapping[str, object] | None = None) -> str:
        """Return the words with the parameters filled in; KeyError when one of these is missing."""
        return self[language].format_map(params or {})


class Words:
    """The phrases of one file by section and key."""

    def __init__(self, sections: Mapping[str, Mapping[str, Phrase]]) -> None:
        self._sections = sections

    @classmethod
    def beside(cls, file: str) -> "Words":
        """Read the ``words.toml`` beside a module's ``__file__``; FaultyWords when anything is amiss."""
        return cls.read(Path(file).with_name("words.toml"))

    @classmethod
    def read(cls, path: Path) -> "Words":
        """Read a file of words; FaultyWords, naming the place, when anything is amiss."""
        return cls(
            {
                name: {key: _phrase(given, f"{path}: {name}.{key}") for key, given in section.items()}
                for name, section in tomllib.loads(path.read_text("utf-8")).items()
            }
        )

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the sections."""
        return iter(self._sections)

    def __getitem__(self, section: str) -> Mapping[str, Phrase]:
        """Return a section's phrases by key."""
        return self._sections[section]

    def of(self, section: str, kind: type[Kind]) -> Mapping[Kind, Phrase]:
        """Return a section that has words for each of a closed list, and no others; FaultyWords otherwise."""
        demand_keys(self[section], {str(each.value) for each in kind})
        return {each: self[section][str(each.value)] for each in kind}


def demand_keys(phrases: Mapping[str, Phrase], keys: Iterable[str]) -> None:
    """Refuse phrases that lack one of the keys, or have another: nobody would say it."""
    if amiss := set(phrases) ^ set(keys):
        raise FaultyWords(f"words are missing, or nobody's: {', '.join(sorted(amiss))}")


def _phrase(given: object, place: str) -> Phrase:
    if not isinstance(given, dict) or set(given) != set(LANGUAGES):
        raise FaultyWords(f"{place}: give {', '.join(LANGUAGES)} and nothing else")
    try:
        return Phrase(**given)
    except FaultyWords as refusal:
        raise FaultyWords(f"{place}: {refusal}") from refusal


def _filled_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
