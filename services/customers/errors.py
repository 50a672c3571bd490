"""The refusals of this service and their words."""

from chassis.errors import Conflict, DomainError
from chassis.problem_table import Problem


class CustomerGroupInUse(Conflict):
    """A customer group that is to go still has customers; ``params["name"]`` is its name."""


class FaultyFile(DomainError):
    """An import file has faulty rows; ``extra`` carries the report. Nothing was imported."""


PROBLEMS: dict[type[DomainError], Problem] = {
    CustomerGroupInUse: Problem(
        409,
        "customer_group_in_use",
        "Asiakasryhmässä {name} on vielä asiakkaita. Siirrä ne ensin toiseen ryhmään.",
        "Kundgruppen {name} har ännu kunder. Flytta dem först till en annan grupp.",
        "The customer group {name} still has customers. Move them to another group first.",
    ),
    FaultyFile: Problem(
        422,
        "faulty_file",
        "Tiedostossa on virheellisiä rivejä, joten mitään ei tuotu. Korjaa ne ja tuo tiedosto uudelleen.",
        "Filen har felaktiga rader, så ingenting importerades. Rätta dem och försök igen.",
        "The file has faulty rows, so nothing was imported. Mend them and import it again.",
    ),
}
_REQUIRED_FOR_ROLE = Problem(
    422,
    "scope_missing",
    "Rooli tarvitsee tiedon siitä, mitä se koskee.",
    "Rollen behöver en uppgift om vad den gäller.",
    "The role needs to be bound to something.",
)
FIELD_WORDS: dict[str, Problem] = {
    problem.code: problem
    for problem in (
        _REQUIRED_FOR_ROLE,
        Problem(
            422,
            "scope_unfit",
            "Rooli ei voi koskea tätä.",
            "Rollen kan inte gälla detta.",
            "The role cannot be bound to this.",
        ),
        Problem(
            422,
            "scope_twice",
            "Sama tehtävä on listassa kahdesti.",
            "Samma uppdrag finns två gånger i listan.",
            "The same assignment is in the list twice.",
        ),
        Problem(
            422,
            "days_in_order",
            "Viimeinen päivä on ennen ensimmäistä päivää.",
            "Den sista dagen är före den första.",
            "The last day is before the first day.",
        ),
        Problem(
            422,
            "own_stand_in",
            "Kukaan ei voi sijaistaa itseään.",
            "Ingen kan vara sin egen ersättare.",
            "Nobody can stand in for themselves.",
        ),
        Problem(
            422,
            "unknown_reference",
            "Tätä ei löydy. Tarkista valinta.",
            "Det här finns inte. Kontrollera valet.",
            "This cannot be found. Please check the choice.",
        ),
        Problem(
            422,
            "taken",
            "Tämä on jo käytössä. Anna toinen.",
            "Den här används redan. Ange en annan.",
            "This is already in use. Give another.",
        ),
        Problem(
            422,
            "twice",
            "Sama on listassa kahdesti.",
            "Samma finns två gånger i listan.",
            "The same is in the list twice.",
        ),
        Problem(
            422,
            "business_id",
            "Y-tunnus on muotoa 1234567-1 ja sen tarkistusmerkin on täsmättävä.",
            "FO-numret har formen 1234567-1 och kontrolltecknet måste stämma.",
            "The business id has the form 1234567-1 and its check digit must match.",
        ),
        Problem(
            422,
            "external_has_none",
            "Ulkoinen asiakas ei kuulu kaupungin hallintokuntaan eikä asiakasryhmään.",
            "En extern kund hör inte till någon förvaltning eller kundgrupp i staden.",
            "An external customer belongs to no department and no customer group of the city.",
        ),
        Problem(
            422,
            "internal_needs_department",
            "Sisäinen asiakas tarvitsee hallintokunnan.",
            "En intern kund behöver en förvaltning.",
            "An internal customer needs a department.",
        ),
        Problem(
            422,
            "group_of_other_department",
            "Asiakasryhmä kuuluu toiseen hallintokuntaan.",
            "Kundgruppen hör till en annan förvaltning.",
            "The customer group belongs to another department.",
        ),
        Problem(
            422,
            "not_account_manager",
            "Henkilöllä ei ole asiakkuusvastaavan tehtävää.",
            "Personen har inte uppdraget som kundansvarig.",
            "The person is not an account manager.",
        ),
    )
}
