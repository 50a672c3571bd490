"""What the words of a message give away: danger, the service they are about, and a subject. Pure.

The rule holds for every way in, so that a word by JSON that names an anaphylaxis is as urgent as a typed one.
It reads words as written, also in a denial: "nobody vomited" is looked into once too often, not missed.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from services.feedback.cases.vocabulary import Kind
from trade.vocabulary import Service, Severity

SUBJECT_LENGTH = 80
_DANGER, _FOREIGN = "danger", "foreign_object"
_HEAD = 3
"""Words are looked up by their first letters; every beginning in the file has as many."""
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
_SERVICES = {service.value: service for service in Service}
_GRAVITY = tuple(Severity)
_NOT_FOR_ILLNESS = frozenset({Kind.PRAISE, Kind.SUGGESTION})
Part: TypeAlias = tuple[str, bool]
"""The beginning of a word, and whether it is the whole word."""
Phrase: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True)
class Suspicion:
    """The first words of a text, as written, that make it urgent, and how urgent they make it."""

    word: str
    severity: Severity


@dataclass(frozen=True)
class Clues:
    """What a text gives away: a suspicion, and how many of its words speak of each service."""

    suspicion: Suspicion | None
    spoken_of: Mapping[Service, int]


def clues_of(text: str) -> Clues:
    """Read a text once, word by word; the time grows with its length alone."""
    written = _WORD.findall(unicodedata.normalize("NFC", text))
    words = [word.casefold() for word in written]
    phrases = _phrases()
    first: dict[str, str] = {}
    spoken_of: Counter[Service] = Counter()
    begun: dict[str, list[tuple[str, Phrase]]] = {}
    for place, word in enumerate(words):
        if word not in begun:
            # Words are repeated more than they differ: what a word begins is looked up once.
            begun[word] = [each for each in phrases.get(word[:_HEAD], ()) if _begins(word, each[1][0])]
        if not begun[word]:
            continue
        heard: set[str] = set()
        for topic, phrase in begun[word]:
            if topic not in heard and (len(phrase) == 1 or _follows(words, place, phrase)):
                heard.add(topic)
                if topic in _SERVICES:
                    spoken_of[_SERVICES[topic]] += 1
                elif topic not in first:
                    first[topic] = " ".join(written[place : place + len(phrase)])
    of_food = any(spoken_of[each] for each in (Service.MEALS, Service.STAFF_MEALS, Service.COFFEE))
    if _DANGER in first:
        return Clues(Suspicion(first[_DANGER], Severity.CRITICAL), spoken_of)
    if _FOREIGN in first and of_food:
        return Clues(Suspicion(first[_FOREIGN], Severity.HIGH), spoken_of)
    return Clues(None, spoken_of)


def suspicion(text: str) -> Suspicion | None:
    """Return what in the text tells of an illness, an allergic reaction or a foreign object in food."""
    return clues_of(text).suspicion


def guess_service(clues: Clues, offered: Sequence[Service]) -> Service | None:
    """Return the offered service that is spoken of most; None when the words do not tell it apart."""
    hits = {service: clues.spoken_of.get(service, 0) for service in offered}
    if Service.MULTISERVICE in hits:
        # The multi-service concept covers both trades: it is meant when neither is bought apart from it.
        trades = [trade for trade in (Service.MEALS, Service.CLEANING) if trade not in hits]
        hits[Service.MULTISERVICE] = sum(clues.spoken_of.get(trade, 0) for trade in trades)
    if hits.get(Service.STAFF_MEALS):
        hits[Service.MEALS] = 0
    best = max(hits.values(), default=0)
    leaders = [service for service, count in hits.items() if count == best]
    return leaders[0] if best and len(leaders) == 1 else None


def service_of(clues: Clues, offered: Sequence[Service]) -> Service:
    """Return the service that a word is about when its writer did not say.

    What the words tell, else the first of the site's services: somebody must take the word up, and it is not
    sent back because its writer left out what need not be said.
    """
    return guess_service(clues, offered) or offered[0]


def services_at(produced: Iterable[str]) -> tuple[Service, ...]:
    """Return the services of a site, the main one first; every service when none of the site is known."""
    known = set(produced)
    return tuple(service for service in Service if service.value in known) or tuple(Service)


def kind_of(kind: Kind, severity: Severity) -> Kind:
    """Return what a word is: thanks and ideas have other promises, an illness is to be looked into."""
    return Kind.COMPLAINT if severity is Severity.CRITICAL and kind in _NOT_FOR_ILLNESS else kind


def severity_of(kind: Kind, chosen: Severity | None, found: Suspicion | None) -> Severity:
    """Return the severity to begin with: what was chosen, and at least what the words call for.

    Without either it is normal, and for thanks low. Thanks for finding a piece of glass stay thanks.
    """
    usual = chosen or (Severity.LOW if kind is Kind.PRAISE else Severity.NORMAL)
    if found is None or (kind is Kind.PRAISE and found.severity is not Severity.CRITICAL):
        return usual
    return max(usual, found.severity, key=_GRAVITY.index)


def subject_of(description: str) -> str:
    """Make the subject of a case from the first sentence of what was written."""
    first = _SENTENCE_END.split(description.strip(), maxsplit=1)[0].strip()
    if len(first) <= SUBJECT_LENGTH:
        return first.rstrip(".") or first
    cut = first[: SUBJECT_LENGTH - 1]
    return cut.rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _follows(words: Sequence[str], place: int, phrase: Phrase) -> bool:
    """Tell whether a phrase goes on with the words after its first one, which fits already."""
    if place + len(phrase) > len(words):
        return False
    for part in phrase[1:]:
        place += 1
        if not _begins(words[place], part):
            return False
    return True


def _begins(word: str, part: Part) -> bool:
    beginning, whole = part
    return word == beginning if whole else word.startswith(beginning)


@cache
def _phrases() -> Mapping[str, Sequence[tuple[str, Phrase]]]:
    """Return the file's phrases with their topics, by the first letters of the first word."""
    read = tomllib.loads(Path(__file__).with_name("triage.toml").read_text("utf-8"))
    topics = {_DANGER: read[_DANGER], _FOREIGN: read[_FOREIGN], **read["service"]}
    found: dict[str, list[tuple[str, Phrase]]] = {}
    for topic, languages in topics.items():
        for beginning in (each for words in languages.values() for each in words):
            phrase = tuple((part.rstrip("$"), part.endswith("$")) for part in beginning.split())
            found.setdefault(phrase[0][0][:_HEAD], []).append((topic, phrase))
    return found
