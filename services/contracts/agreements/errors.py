"""What the agreements refuse, and the words for it."""

from chassis.errors import Conflict
from chassis.problem_table import problem_table
from chassis.words import Words


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


_WORDS = Words.beside(__file__)
PROBLEMS = problem_table(
    _WORDS["problem"],
    {
        StepRefused: (409, "step_refused"),
        Incomplete: (409, "contract_incomplete"),
        Frozen: (409, "contract_frozen"),
        YearExists: (409, "year_exists"),
        NothingToCopy: (409, "nothing_to_copy"),
        AlreadyConsented: (409, "already_done"),
    },
)
FIELD_WORDS = _WORDS["field"]
