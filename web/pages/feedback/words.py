"""What typed words give away: the service they are about, danger, and a subject for the case."""

import re
from collections.abc import Sequence

# Beginnings of words in the three languages, as people write them in a hurry. A beginning is enough: keitto,
# keitossa and keittoa all start alike.
SERVICE_WORDS: dict[str, tuple[str, ...]] = {
    "coffee": (
        "kahvi",
        "kahvit",
        "tarjoilu",
        "kokoustarjo",
        "pulla",
        "kaffe",
        "servering",
        "coffee",
        "catering",
    ),
    "staff_meals": (
        "henkilöstöruok",
        "henkilöstöravin",
        "henkilöstölou",
        "työpaikkaruok",
        "opettajien ruok",
        "personalmat",
        "personallunch",
        "personalmål",
        "staff meal",
        "staff lunch",
        "staff canteen",
    ),
    "meals": (
        "ruok",
        "ruoa",
        "ruua",
        "ateri",
        "lounas",
        "lounaa",
        "aamupal",
        "aamiai",
        "välipal",
        "päivälli",
        "keitto",
        "keito",
        "kastik",
        "perun",
        "puuro",
        "maito",
        "maido",
        "salaat",
        "leipä",
        "leivä",
        "keittiö",
        "dieet",
        "ruokavali",
        "allergi",
        "gluteen",
        "laktoos",
        "makaron",
        "kala",
        "liha",
        "kasvisr",
        "annos",
        "annoks",
        "lautas",
        "maten",
        "skolmat",
        "måltid",
        "lunch",
        "frukost",
        "mellanmål",
        "soppa",
        "potatis",
        "gröt",
        "mjölk",
        "kök",
        "diet",
        "meal",
        "food",
        "breakfast",
        "snack",
        "soup",
        "potato",
        "porridge",
        "milk",
        "kitchen",
        "portion",
        "plate",
    ),
    "cleaning": (
        "siivo",
        "siivou",
        "puhtau",
        "puhdis",
        "lika",
        "likai",
        "pöly",
        "roska",
        "roski",
        "vessa",
        "wc",
        "käymälä",
        "saippu",
        "käsipyyh",
        "wc-pap",
        "vessapap",
        "latti",
        "moppa",
        "imuroi",
        "ikkun",
        "haju",
        "haise",
        "tahra",
        "städ",
        "smuts",
        "damm",
        "skräp",
        "toalett",
        "tvål",
        "golv",
        "lukt",
        "clean",
        "dirt",
        "dust",
        "trash",
        "rubbish",
        "toilet",
        "soap",
        "floor",
        "smell",
        "stain",
    ),
}

# Words that mean someone may be ill or in danger now.
DANGER_WORDS: tuple[str, ...] = (
    "ruokamyrk",
    "allergisen reakt",
    "allerginen reakt",
    "allergiare",
    "allergisia reakt",
    "anafyl",
    "oksen",
    "ripul",
    "hengenahdis",
    "sairastu",
    "tukehtu",
    "nokkosih",
    "ambulans",
    "matförgift",
    "allergisk reakt",
    "anafylax",
    "kräk",
    "diarré",
    "andnöd",
    "insjukn",
    "food poison",
    "allergic react",
    "anaphyla",
    "vomit",
    "threw up",
    "throwing up",
    "diarrh",
    "fell ill",
    "fallen ill",
    "choking",
)

SUBJECT_LENGTH = 80
_DANGER = re.compile(rf"\b(?:{'|'.join(map(re.escape, DANGER_WORDS))})[\w-]*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


def guess_service(text: str, offered: Sequence[str]) -> str | None:
    """Return the offered service that the text speaks of most, None when the words do not tell it apart.

    A site that uses one service only needs no words.
    """
    if len(offered) == 1:
        return offered[0]
    lowered = text.casefold()
    hits = {service: _hits(lowered, SERVICE_WORDS.get(service, ())) for service in offered}
    if "multiservice" in hits:
        # The multi-service concept covers both trades: it is meant when neither is bought apart from it.
        hits["multiservice"] = sum(
            _hits(lowered, SERVICE_WORDS[trade]) for trade in ("meals", "cleaning") if trade not in offered
        )
    if hits.get("staff_meals"):
        hits["meals"] = 0
    best = max(hits.values(), default=0)
    leaders = [service for service, count in hits.items() if count == best]
    return leaders[0] if best and len(leaders) == 1 else None


def danger_word(text: str) -> str | None:
    """Return the first word of the text, as written, that tells of an illness or a reaction."""
    found = _DANGER.search(text)
    return found.group() if found else None


def subject_of(description: str) -> str:
    """Make the subject of a case from the first sentence of what was typed."""
    first = _SENTENCE_END.split(description.strip(), maxsplit=1)[0].strip()
    if len(first) <= SUBJECT_LENGTH:
        return first.rstrip(".")
    return first[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _hits(lowered: str, words: Sequence[str]) -> int:
    """Count the words that begin with one of the given beginnings."""
    if not words:
        return 0
    return len(re.findall(rf"\b(?:{'|'.join(map(re.escape, words))})", lowered))
