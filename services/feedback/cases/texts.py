"""The few sentences that the service itself writes to people, in three languages."""

from chassis.languages import Language

_RECEIPT: dict[Language, str] = {
    "fi": "Kiitos, palautteesi on vastaanotettu numerolla {reference}. Sitä käsittelee {handler}.",
    "sv": "Tack, vi har tagit emot din respons med nummer {reference}. Den behandlas av {handler}.",
    "en": "Thank you, we have received your feedback as {reference}. It is handled by {handler}.",
}
_RECEIPT_OF_THANKS: dict[Language, str] = {
    "fi": "Kiitos palautteestasi! Se on välitetty tekijöille numerolla {reference}.",
    "sv": "Tack för din respons! Den har förmedlats till dem som gjorde arbetet, nummer {reference}.",
    "en": "Thank you! Your praise has been passed on to the team as {reference}.",
}
_FIXED: dict[Language, str] = {
    "fi": "Asia korjattiin heti paikan päällä.",
    "sv": "Saken åtgärdades genast på plats.",
    "en": "The matter was put right on the spot.",
}
SERVICE_NAME = "Kumppani"


def receipt(language: Language, *, reference: str, handler: str, praise: bool) -> str:
    """Return the automatic receipt; it is not a first response."""
    return (_RECEIPT_OF_THANKS if praise else _RECEIPT)[language].format(reference=reference, handler=handler)


def fixed(language: Language) -> str:
    """Return what stands as resolution of a matter that was fixed on the spot."""
    return _FIXED[language]
