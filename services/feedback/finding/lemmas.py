"""Words to their basic forms: lounaat → lounas, päiväkodeissa → päiväkoti.

PostgreSQL's Finnish stemmer splits such pairs, so the forms come from `simplemma`. Its dictionary becomes a
compact trie once (some ten seconds and 700 MB), in a process of its own that gives the memory back; after
that the trie is read from the cache folder (35 MB). Both the lemma and the word as written are kept, so
Swedish and English words are found in the form in which they were written.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock

import structlog
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

log = structlog.get_logger()
LANGUAGE = "fi"
_WORD = re.compile(r"\w+")
_BUILD_SECONDS = 180
_LONGEST = 60


class Lemmas:
    """Looks words up in the trie of one cache folder; without the trie words stay as written."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder or Path.home() / ".cache" / "kumppani" / "lemmas"
        self._lock = Lock()
        self._given_up = False

    @property
    def ready(self) -> bool:
        """Tell whether the trie has been built."""
        try:
            return (self._folder / f"{LANGUAGE}.dic").exists()
        except OSError:  # a folder that may not even be looked into
            return False

    def build(self) -> None:
        """Build the trie unless it is there.

        A failure is logged, and this process does not try again: a folder that cannot be written stays so,
        and each attempt may take all the time and memory of a build. Words then stay as written.
        """
        with self._lock:
            if self._given_up or self.ready:
                return
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                subprocess.run(
                    [sys.executable, "-m", __name__, str(self._folder)], check=True, timeout=_BUILD_SECONDS
                )
            except (OSError, subprocess.SubprocessError):
                self._given_up = True
                log.exception("words.lemmas_not_built", folder=str(self._folder))

    def of_word(self, word: str) -> str:
        """Return the basic form in lower case, without apostrophes: a query stands in them."""
        if not self.ready:
            return word
        return self._lemmatizer.lemmatize(word, lang=LANGUAGE).lower().replace("'", "")

    def of_text(self, *texts: str) -> set[str]:
        """Return every word as written and in its basic form, in lower case."""
        found: set[str] = set()
        for text in texts:
            for word in words_of(text):
                found |= {word, self.of_word(word)}
        return found

    @cached_property
    def _lemmatizer(self) -> Lemmatizer:
        return Lemmatizer(
            lemmatization_strategy=DefaultStrategy(
                dictionary_factory=TrieDictionaryFactory(disk_cache_dir=str(self._folder))
            )
        )


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case; overlong ones are cut."""
    for match in _WORD.finditer(text.lower()):
        yield match[0][:_LONGEST]


def build_here(folder: Path) -> None:
    """Build the trie in this process; it appears under its name only when it is whole."""
    partial = folder / "partial"
    factory = TrieDictionaryFactory(disk_cache_dir=str(partial))
    factory.get_dictionary(LANGUAGE)
    (partial / f"{LANGUAGE}.dic").replace(folder / f"{LANGUAGE}.dic")
    partial.rmdir()


if __name__ == "__main__":
    build_here(Path(sys.argv[1]))
