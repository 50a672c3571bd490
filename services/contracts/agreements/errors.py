"""What the agreements refuse, and the words for it."""

from chassis.errors import Conflict, DomainError
from chassis.problem_table import Problem


class StepRefused(Conflict):
    """The step does not start from the present state; params ``state`` and ``step``."""


class Incomplete(Conflict):
    """Something mandatory is missing; ``extra["blockers"]`` lists it."""


class Frozen(Conflict):
    """The year is signed, rejected or terminated: its content does not change any more."""


class YearExists(Conflict):
    """The contract has this year already; param ``year``."""


class NothingToCopy(Conflict):
    """The contract has no such year to copy from; param ``year``."""


class AlreadyConsented(Conflict):
    """The party has approved or signed already; param ``party``."""


PROBLEMS: dict[type[DomainError], Problem] = {
    StepRefused: Problem(
        409,
        "step_refused",
        "Toiminto ei ole mahdollinen, kun sopimusvuoden tila on tämä ({state}).",
        "Åtgärden är inte möjlig när avtalsårets läge är detta ({state}).",
        "This is not possible while the contract year is in this state ({state}).",
    ),
    Incomplete: Problem(
        409,
        "contract_incomplete",
        "Sopimusta ei voi allekirjoittaa. {missing}.",
        "Avtalet kan inte undertecknas. {missing}.",
        "The contract cannot be signed. {missing}.",
    ),
    Frozen: Problem(
        409,
        "contract_frozen",
        "Sopimusvuoden sisältö on lukittu. Muutos tehdään muutospyynnöllä.",
        "Avtalsårets innehåll är låst. En ändring görs med en ändringsbegäran.",
        "The content of the contract year is frozen. Changes are made by a change request.",
    ),
    YearExists: Problem(
        409,
        "year_exists",
        "Sopimuksella on jo vuosi {year}.",
        "Avtalet har redan året {year}.",
        "The contract already has the year {year}.",
    ),
    NothingToCopy: Problem(
        409,
        "nothing_to_copy",
        "Sopimuksella ei ole vuotta {year}, josta kopioida.",
        "Avtalet har inget år {year} att kopiera från.",
        "The contract has no year {year} to copy from.",
    ),
    AlreadyConsented: Problem(
        409,
        "already_done",
        "Tämä osapuoli on jo tehnyt tämän.",
        "Den här parten har redan gjort detta.",
        "This party has already done this.",
    ),
}
FIELD_WORDS: dict[str, Problem] = {
    "unknown_line": Problem(
        422,
        "unknown_line",
        "Sopimusvuodella ei ole tätä riviä, tai se on listassa kahdesti.",
        "Avtalsåret har inte den här raden, eller så finns den två gånger i listan.",
        "The contract year has no such line, or it is in the list twice.",
    ),
    "not_a_site_of_customer": Problem(
        422,
        "not_a_site_of_customer",
        "Tämä ei ole sopimuksen asiakkaan kohde. Valitse jokin asiakkaan kohteista.",
        "Det här är inte ett av avtalskundens objekt. Välj något av kundens objekt.",
        "This is not a site of the contract's customer. Choose one of the customer's sites.",
    ),
    "target_twice": Problem(
        422,
        "target_twice",
        "Kukin palvelu ja vakavuus vain kerran.",
        "Varje tjänst och allvarlighetsgrad bara en gång.",
        "Each service and severity once only.",
    ),
    "amount": Problem(
        422,
        "amount",
        "Anna summa tekstinä, esimerkiksi 4.85.",
        "Ange beloppet som text, till exempel 4.85.",
        "Give the amount as text, such as 4.85.",
    ),
    "quantity": Problem(
        422,
        "quantity",
        "Anna määrä tekstinä, esimerkiksi 412.",
        "Ange mängden som text, till exempel 412.",
        "Give the quantity as text, such as 412.",
    ),
    "duration": Problem(
        422,
        "duration",
        "Anna kesto muodossa PT4H.",
        "Ange tiden i formen PT4H.",
        "Give the duration as PT4H.",
    ),
}
