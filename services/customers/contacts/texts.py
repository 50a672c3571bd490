"""The reasons for a contact in words."""

from datetime import date

from chassis.dates import plain_day
from chassis.languages import Language
from chassis.words import Words
from services.customers.contacts.rules import Reason

NOBODY = "nobody_named"
WORDS = Words.beside(__file__)["reason"]


def text_of(reason: Reason, language: Language) -> str:
    """Return the reason as one or two sentences."""
    shown = {name: _shown(value, language) for name, value in reason.params.items()}
    return " ".join(WORDS[code].say(language, shown) for code in reason.codes)


def _shown(value: object, language: Language) -> object:
    """Return a day as the language writes it; other values as they are."""
    return plain_day(value, language) if isinstance(value, date) else value
