"""The ways through the product as something to be found: rooms, what one can begin, the languages.

Each is known by its own name and by further words that people use for it (`doors.toml`), in any language.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from chassis.inflected import says, words_of
from chassis.languages import LANGUAGES, Language
from chassis.words import Words
from web.navigation import (
    CASES,
    CLOCK,
    CONTACT,
    CONTRACTS,
    CUSTOMERS,
    GIVE_FEEDBACK,
    GLOSSARY,
    HOME,
    LOG_QUICKLY,
    PEOPLE,
    SITES,
    NavLink,
    ways_of,
)
from web.texts import LANGUAGE_NAMES, translations
from web.viewer import Viewer

FILE = Path(__file__).with_name("doors.toml")
_NAMES: Final = {
    HOME.href: "home",
    CASES.href: "cases",
    CUSTOMERS.href: "customers",
    SITES.href: "sites",
    CONTRACTS.href: "contracts",
    CLOCK.href: "clock",
    PEOPLE.href: "people",
    CONTACT.href: "contact",
    GLOSSARY.href: "glossary",
    GIVE_FEEDBACK.href: "give_feedback",
    LOG_QUICKLY.href: "log_quickly",
}


@dataclass(frozen=True)
class Door:
    """A way somewhere: where it leads, and what it is called in the reader's language."""

    href: str
    label: str
    icon: str
    lang: Language | None = None
    """The language of the label, where that is another than the page's."""


def doors_of(viewer: Viewer, language: Language) -> list[Door]:
    """Return every way that is the person's: what to begin, the rooms, the other languages."""
    return [_door(link, language) for link in _links(viewer)] + _languages_beside(language)


def find(viewer: Viewer, words: str, language: Language) -> list[Door]:
    """Return the person's ways that are called so, in any language and any form."""
    asked = words_of(words)
    rooms = [_door(link, language) for link in _links(viewer) if says(_all_words_for(link), asked)]
    return rooms + [
        door for door in _languages_beside(language) if door.lang and says(_known_as(door.lang), asked)
    ]


def _languages_beside(language: Language) -> list[Door]:
    return [
        Door(f"/language/{other}", LANGUAGE_NAMES[other], "globe", other)
        for other in LANGUAGES
        if other != language
    ]


def _links(viewer: Viewer) -> list[NavLink]:
    begun = ((GIVE_FEEDBACK, "report_case"), (LOG_QUICKLY, "log_case"))
    further = [PEOPLE] if viewer.is_staff else []
    return [link for link, right in begun if viewer.may(right)] + ways_of(viewer) + further


def _door(link: NavLink, language: Language) -> Door:
    return Door(link.href, translations(language).gettext(link.label), link.icon)


def _all_words_for(link: NavLink) -> str:
    """Return the words for what is behind a way, whatever it is called for this person."""
    name = _NAMES.get(link.href)
    return f"{link.label} {_known_as(name) if name else ''}"


@lru_cache
def _known_as(name: str) -> str:
    """Return all that a door is called, in all languages."""
    said = Words.read(FILE)["known_as"][name]
    return " ".join(said[language] for language in LANGUAGES)
