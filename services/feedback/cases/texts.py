"""The few sentences that the service itself writes to people."""

from chassis.languages import Language
from chassis.words import Words

_SENT = Words.beside(__file__)["sent"]
SERVICE_NAME = "Kumppani"


def receipt(language: Language, *, reference: str, handler: str, praise: bool) -> str:
    """Return the automatic receipt; it is not a first response."""
    if praise:
        return _SENT["receipt_of_praise"].say(language, {"reference": reference})
    return _SENT["receipt"].say(language, {"reference": reference, "handler": handler})


def fixed(language: Language) -> str:
    """Return what stands as resolution of a matter that was fixed on the spot."""
    return _SENT["fixed"][language]
