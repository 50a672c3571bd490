"""The words of the contract rooms' own codes, and the history in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from web.labels import LABELS
from web.pages.contracts.reads import HistoryEntry
from web.texts import mark

PARTIES: Mapping[str, str] = {"customer": mark("Asiakas"), "producer": mark("Palveluntuottaja")}
UNITS: Mapping[str, str] = {
    "meal": mark("ateria"),
    "m2_month": mark("m² kuukaudessa"),
    "month": mark("kuukausi"),
}
QUANTITIES: Mapping[str, str] = {
    "meal": mark("ateriaa vuodessa"),
    "m2_month": mark("m²"),
    "month": mark("kuukautta"),
}
ANNEXES: Mapping[str, str] = {
    "billing": mark("Laskutusliite"),
    "price_list": mark("Hinnasto"),
    "service_description": mark("Palvelukuvaus"),
    "standards": mark("Laatustandardit"),
    "other": mark("Muu liite"),
}
BASES: Mapping[str, str] = {
    "business": mark("kun palvelu on auki"),
    "calendar": mark("yötä päivää"),
}
WHAT: Mapping[str, str] = {
    "drafted": mark("Luonnos aloitettiin"),
    "copied": mark("Luonnos tehtiin edellisen vuoden pohjalta"),
    "point_written": mark("Kohtaa muutettiin"),
    "persons_named": mark("Vastuuhenkilöt muuttuivat"),
    "lines_set": mark("Palvelut ja hinnat muuttuivat"),
    "prices_adjusted": mark("Hintoja muutettiin prosentilla"),
    "targets_set": mark("Luvatut ajat muuttuivat"),
    "annexes_set": mark("Liitteet muuttuivat"),
    "consents_withdrawn": mark("Annetut hyväksynnät raukesivat, koska sisältö muuttui"),
    "submitted": mark("Neuvottelu avattiin"),
    "proposed": mark("Ehdotettiin hyväksyttäväksi"),
    "approved": mark("Hyväksyttiin"),
    "signed": mark("Allekirjoitettiin"),
    "frozen": mark("Sisältö lukittiin, kun molemmat olivat allekirjoittaneet"),
    "returned": mark("Palautettiin luonnokseksi"),
    "rejected": mark("Hylättiin"),
    "terminated": mark("Irtisanottiin"),
    "generated": mark("Vaihe lisättiin vuosikelloon"),
    "recorded": mark("Toteuma kirjattiin"),
    "moved": mark("Päivä muuttui"),
    "cancelled": mark("Vaihe peruttiin"),
    "restored": mark("Vaihe palautettiin suunnitelmaan"),
}
LISTS = frozenset({"persons_named", "lines_set", "prices_adjusted", "targets_set", "annexes_set"})


@dataclass(frozen=True)
class Told:
    """One line of a history.

    ``words``, ``party`` and ``status`` are Finnish words that are translated where they are shown;
    ``before`` and ``after`` are a text as it was and as it became; ``due`` and ``actual_on`` are days.
    """

    at: datetime
    words: str
    by: str
    point: str = ""
    party: str = ""
    status: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""
    due: date | None = None
    actual_on: date | None = None
    count: int | None = None


def told(history: Sequence[HistoryEntry], titles: Mapping[str, str] | None = None) -> list[Told]:
    """Return a history line by line; what is newer than this page is told by its own code.

    ``titles`` are the names of the six points by their codes.
    """
    return [_told(entry, titles or {}) for entry in history]


def _told(entry: HistoryEntry, titles: Mapping[str, str]) -> Told:
    before, after = entry.before or {}, entry.after or {}
    words = WHAT.get(entry.what, entry.what.replace("_", " "))
    status = LABELS["milestone_status"].get(_text(after, "status"))
    point = _text(after, "point")
    return Told(
        at=entry.at,
        words=words,
        by=entry.by,
        point=titles.get(point, point.replace("_", " ")),
        party=PARTIES.get(_text(after, "party"), ""),
        status=status.word if status else "",
        reason=_text(after, "reason") or _text(after, "actual_note"),
        before=_text(before, "text"),
        after=_text(after, "text"),
        due=_day(after, "due"),
        actual_on=_day(after, "actual_on"),
        count=_changed(before, after) if entry.what in LISTS else None,
    )


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> int | None:
    """Return how many entries of a list are other than before: written anew, added or gone."""
    was, now = before.get("items"), after.get("items")
    if not isinstance(now, list):
        return None
    gone = [each for each in was if each not in now] if isinstance(was, list) else []
    come = [each for each in now if each not in was] if isinstance(was, list) else now
    ids = {each.get("id") for each in (*gone, *come) if isinstance(each, Mapping)}
    return len(ids) if ids and None not in ids else max(len(gone), len(come))


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _day(values: Mapping[str, object], name: str) -> date | None:
    try:
        return date.fromisoformat(_text(values, name))
    except ValueError:
        return None
