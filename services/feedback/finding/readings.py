"""What a written word may mean to a search: every reading of a Finnish form, parts of compounds, stems.

Finnish forms are read by Voikko (`analyser`), which gives all readings: *keitosta* is of *keitos* and of
*keitto*. Words that it does not know, and all words of a text that is not plainly Finnish, are also kept by
their Snowball stems, each language apart (``sv/golv``): *golvet* finds *golven*, *meal* finds *meals*.
Analyses are remembered in memory and, for words that somebody wrote, in the table ``word_form``, so that the
analyser is asked only for words it was never asked before.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import Final

import snowballstemmer
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from services.feedback.finding.analyser import Analyser, Analysis, Broken, Silent
from services.feedback.finding.model import WordForm

REMEMBERED: Final = 20_000
PLAINLY_FINNISH: Final = 0.7
"""Share of a text's words that Voikko knows, from which on it is taken for Finnish alone."""
_LONGEST = 60
_WORD = re.compile(r"\w+")
_STEMMERS: Final = {
    code: snowballstemmer.stemmer(name) for code, name in (("sv", "swedish"), ("en", "english"))
}
_FINNISH: Final = snowballstemmer.stemmer("finnish")
_SIGNS = str.maketrans("", "", "'\\")


class Readings:
    """The words' readings, by memory, table and analyser in this order."""

    def __init__(self, analyser: Analyser | None = None) -> None:
        self._analyser = analyser or Analyser()
        self._memory: OrderedDict[str, Analysis] = OrderedDict()
        self._lock = Lock()

    def close(self) -> None:
        """End the analyser's process."""
        self._analyser.close()

    def learn(self, session: Session, words: Iterable[str], *, within: float) -> Mapping[str, Analysis]:
        """Return the analyses of words that stand in texts, and store those that are new in the table.

        Where the analyser cannot be run at all, new words have none: a text is then found as it was written.

        Raises:
            Silent: the analyser did not answer in time; the words are to be tried again.
        """
        known, unknown = self._known(session, words)
        if unknown:
            try:
                found = self._ask(unknown, within)
            except Broken:
                return known | dict.fromkeys(unknown, Analysis())
            rows = [
                {"form": form, "wholes": [*each.wholes], "inside": [*each.inside]}
                for form, each in found.items()
            ]
            session.execute(insert(WordForm).on_conflict_do_nothing(), rows)
            known |= found
        return known

    def read(self, session: Session, words: Iterable[str], *, within: float) -> Mapping[str, Analysis]:
        """Return the analyses of searched words; words that the analyser is too slow for have none."""
        known, unknown = self._known(session, words)
        if unknown:
            try:
                known |= self._ask(unknown, within)
            except Silent:
                known |= dict.fromkeys(unknown, Analysis())
        return known

    def _known(self, session: Session, words: Iterable[str]) -> tuple[dict[str, Analysis], list[str]]:
        wanted = dict.fromkeys(words)
        with self._lock:
            known = {word: self._memory[word] for word in wanted if word in self._memory}
            for word in known:
                self._memory.move_to_end(word)
        missing = [word for word in wanted if word not in known]
        if missing:
            rows = session.execute(
                sa.select(col(WordForm.form), col(WordForm.wholes), col(WordForm.inside)).where(
                    col(WordForm.form).in_(missing)
                )
            )
            stored = {form: Analysis(tuple(wholes), tuple(inside)) for form, wholes, inside in rows}
            self._remember(stored)
            known |= stored
        return known, [word for word in missing if word not in known]

    def _ask(self, words: list[str], within: float) -> dict[str, Analysis]:
        found = dict(zip(words, self._analyser.ask(words, within=within), strict=True))
        self._remember(found)
        return found

    def _remember(self, found: Mapping[str, Analysis]) -> None:
        with self._lock:
            self._memory.update(found)
            while len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case; overlong ones are cut."""
    for match in _WORD.finditer(text.lower()):
        yield match[0][:_LONGEST]


def kept(analyses: Mapping[str, Analysis]) -> set[str]:
    """Return all that a text is found by: its words as written, their readings and parts, and stems."""
    known = sum(1 for analysis in analyses.values() if analysis.wholes)
    finnish = known >= PLAINLY_FINNISH * len(analyses)
    found: set[str] = set()
    for word, analysis in analyses.items():
        found |= {word, *analysis.wholes, *analysis.inside}
        if not analysis.wholes:
            found.add(_unknown_stem(word))
        if not finnish or not analysis.wholes:
            found |= set(_stems(word))
    return {each.translate(_SIGNS) for each in found}


def asked(word: str, analysis: Analysis) -> list[str]:
    """Return the lexemes by which a searched word is found, besides words that begin with it."""
    found = [*analysis.wholes, *_stems(word)]
    if not analysis.wholes:
        found.append(_unknown_stem(word))
    return [each.translate(_SIGNS) for each in found]


def _stems(word: str) -> Iterator[str]:
    for code, stemmer in _STEMMERS.items():
        yield f"{code}/{stemmer.stemWord(word)}"


def _unknown_stem(word: str) -> str:
    """Stem a Finnish word that Voikko does not know, such as *nuggettien*: doubled ends are made single."""
    return f"fi/{_FINNISH.stemWord(word)}"
