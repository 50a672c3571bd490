"""The words of this service's refusals, in three languages."""

from chassis.problem_table import problem_table
from chassis.words import Words
from services.feedback.cases.rules import SameHandler, SameSeverity, WrongState

_WORDS = Words.beside(__file__)
PROBLEMS = problem_table(
    _WORDS["problem"],
    {
        WrongState: (409, "wrong_state"),
        SameSeverity: (409, "same_severity"),
        SameHandler: (409, "same_handler"),
    },
)
FIELD_WORDS = _WORDS["field"]
