"""The reasons for a contact in words."""

from collections.abc import Mapping
from datetime import date

from chassis.languages import LANGUAGES, Language
from services.customers.contacts.rules import Reason

NOBODY = "nobody_named"
WORDS: Mapping[str, tuple[str, str, str]] = {
    "produces_here": (
        "{producer} tuottaa palvelun tässä kohteessa.",
        "{producer} producerar tjänsten i det här objektet.",
        "{producer} produces the service at this site.",
    ),
    "supervises_here": (
        "Palveluesimies, joka vastaa palvelusta tässä kohteessa.",
        "Serviceförman som ansvarar för tjänsten i det här objektet.",
        "Service supervisor who answers for the service at this site.",
    ),
    "duty_of_care": (
        "Palveluesimies, joka hoitamisvastuun mukaan vastaa myös tuottajan {producer} työstä.",
        "Serviceförman som enligt omsorgsansvaret även svarar för arbetet som {producer} utför.",
        "Service supervisor who, by the duty of care, also answers for the work of {producer}.",
    ),
    "handles_complaints": (
        "Ottaa vastaan reklamaatiot, myös ulkopuolisten tuottajien työstä.",
        "Tar emot reklamationer, också om utomstående producenters arbete.",
        "Takes complaints, also about the work of outside producers.",
    ),
    "answers_for_customer": (
        "Asiakkuusvastaava, joka on nimetty tälle asiakkaalle.",
        "Kundansvarig som har utsetts för den här kunden.",
        "Account manager named for this customer.",
    ),
    "decides_for_customer": (
        "Asiakkaan sopimusyhteyshenkilö, joka päättää sopimuksesta.",
        "Kundens avtalskontaktperson, som beslutar om avtalet.",
        "The customer's contract contact, who decides on the contract.",
    ),
    "last_resort": (
        "Johto vastaa, kun lähempää henkilöä ei ole nimetty tai tavoitettavissa.",
        "Ledningen svarar när ingen närmare person har utsetts eller kan nås.",
        "Management answers when nobody nearer is named or can be reached.",
    ),
    "named_for_topic": (
        "Nimetty vastaamaan juuri tästä aiheesta.",
        "Utsedd att svara för just det här ämnet.",
        "Named to answer for this very topic.",
    ),
    "stands_in": (
        "Sijaistaa henkilöä {absent}, joka on poissa {until} asti.",
        "Vikarierar för {absent}, som är borta till och med {until}.",
        "Stands in for {absent}, who is away until {until}.",
    ),
    "away_alone": (
        "On poissa {until} asti, eikä tavoitettavaa sijaista ole.",
        "Är borta till och med {until}, och ingen ersättare kan nås.",
        "Is away until {until}, and no stand-in can be reached.",
    ),
    "you_yourself": (
        "Olet itse tämän aiheen vastuuhenkilö: tässä on sijaisesi.",
        "Du är själv ansvarig för det här ämnet: här är din ersättare.",
        "You answer for this topic yourself: here is your stand-in.",
    ),
    NOBODY: (
        "Kukaan ei ole nimetty vastaamaan tästä aiheesta tässä kohteessa.",
        "Ingen har utsetts att svara för det här ämnet i det här objektet.",
        "Nobody is named to answer for this topic at this site.",
    ),
}
"""Words by code, in the order of `LANGUAGES`."""


def text_of(reason: Reason, language: Language) -> str:
    """Return the reason as one or two sentences."""
    shown = {name: _shown(value, language) for name, value in reason.params.items()}
    return " ".join(WORDS[code][LANGUAGES.index(language)].format(**shown) for code in reason.codes)


def _shown(value: object, language: Language) -> object:
    """Return a day as the language writes it; other values as they are."""
    if not isinstance(value, date):
        return value
    return (
        f"{value.day} {value:%B} {value.year}"
        if language == "en"
        else f"{value.day}.{value.month}.{value.year}"
    )
