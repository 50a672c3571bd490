"""The words of this service's refusals, in three languages."""

from chassis.problem_table import Problem, ProblemTable
from services.feedback.cases.rules import SameHandler, SameSeverity, WrongState

PROBLEMS: ProblemTable = {
    WrongState: Problem(
        409,
        "wrong_state",
        "Tätä ei voi tehdä, koska palautteen tila on muuttunut. Lataa palaute uudelleen.",
        "Det här går inte, eftersom responsens läge har ändrats. Hämta responsen på nytt.",
        "This is not possible because the feedback's state has changed. Load the feedback again.",
    ),
    SameSeverity: Problem(
        409,
        "same_severity",
        "Palautteella on jo tämä vakavuus.",
        "Responsen har redan den här allvarlighetsgraden.",
        "The feedback has this severity already.",
    ),
    SameHandler: Problem(
        409,
        "same_handler",
        "Palaute on jo tällä käsittelijällä.",
        "Responsen behandlas redan av den här personen.",
        "This person handles the feedback already.",
    ),
}
FIELD_WORDS = {
    problem.code: problem
    for problem in (
        Problem(
            422,
            "in_future",
            "Aika ei voi olla tulevaisuudessa.",
            "Tidpunkten kan inte vara i framtiden.",
            "The time cannot be in the future.",
        ),
        Problem(
            422,
            "too_long_ago",
            "Aika on yli vuoden takana. Tarkista vuosi.",
            "Tidpunkten är över ett år tillbaka. Kontrollera året.",
            "The time is more than a year ago. Please check the year.",
        ),
        Problem(
            422,
            "after_received",
            "Tapahtuma-ajan on oltava ennen vastaanottoaikaa.",
            "Händelsen måste ha skett före mottagandet.",
            "It must have happened before it was received.",
        ),
        Problem(
            422,
            "for_the_producer",
            "Tämän tiedon antaa palveluntuottaja.",
            "Den här uppgiften lämnas av tjänsteproducenten.",
            "This is for the service producer to state.",
        ),
        Problem(
            422,
            "not_used_there",
            "Kohteessa ei ole tätä palvelua. Valitse jokin kohteen palveluista.",
            "Objektet använder inte den här tjänsten. Välj någon av objektets tjänster.",
            "The site does not use this service. Choose one of the site's services.",
        ),
        Problem(
            422,
            "of_another_producer",
            "Tämän palvelun tuottaa kohteessa toinen tuottaja. Kerro vain omasta työstänne.",
            "Den här tjänsten produceras av någon annan på objektet. Berätta bara om ert eget arbete.",
            "Another producer provides this service at the site. Report on your own work only.",
        ),
        Problem(
            422,
            "person_unknown",
            "Henkilöä ei löydy tuottajan henkilöstöstä.",
            "Personen finns inte bland producentens personal.",
            "The person is not among the producer's staff.",
        ),
    )
}
