"""The history of a case in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from web.labels import LABELS
from web.pages.feedback.reads import Case
from web.texts import mark

WORDS: Mapping[str, str] = {
    "received": mark("Palaute vastaanotettiin"),
    "delivered": mark("Kiitos toimitettiin tiimille"),
    "acknowledged": mark("Otettiin käsittelyyn"),
    "answered": mark("Asiakkaalle vastattiin"),
    "wrote": mark("Asiakas kirjoitti"),
    "noted": mark("Sisäinen muistiinpano kirjattiin"),
    "waiting": mark("Asiakkaalta kysyttiin, ratkaisun kello pysähtyi"),
    "resumed": mark("Ratkaisun kello jatkui"),
    "resolved": mark("Merkittiin ratkaistuksi"),
    "closed": mark("Suljettiin"),
    "reopened": mark("Avattiin uudelleen, kello alkoi alusta"),
    "assigned": mark("Käsittelijä vaihtui"),
    "severity_changed": mark("Vakavuus muuttui"),
    "targets_changed": mark("Määräajat laskettiin uudelleen"),
    "warned": mark("Käsittelijää muistutettiin määräajasta"),
    "escalated": mark("Asia nostettiin ylemmäs"),
}


@dataclass(frozen=True)
class Told:
    """One line of the history: Finnish words (translated where shown), who, values before and after."""

    at: datetime
    words: str
    by: str | None
    before: str | None
    after: str | None


def told(case: Case, *, after: int = 0) -> list[Told]:
    """Return the history line by line after the first so many things that happened.

    An event newer than this page is told by its own code.
    """
    return [
        Told(
            entry.at,
            WORDS.get(entry.what, entry.what.replace("_", " ")),
            entry.by_name,
            _value(entry.before),
            _value(entry.after),
        )
        for entry in case.history[max(0, after - case.history_count + len(case.history)) :]
    ]


def _value(value: object) -> str | None:
    """Return a short value in Finnish words, None for what no reader could make sense of."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if not isinstance(value, str) or not value:
        return None
    severity = LABELS["severity"].get(value)
    return severity.word if severity else value
