"""The refusals of this service and their words."""

from chassis.errors import Conflict, DomainError
from chassis.problem_table import problem_table
from chassis.words import Words


class CustomerGroupInUse(Conflict):
    """A customer group that is to go still has customers; ``params["name"]`` is its name."""


class FaultyFile(DomainError):
    """An import file has faulty rows; ``extra`` carries the report. Nothing was imported."""


_WORDS = Words.beside(__file__)
PROBLEMS = problem_table(
    _WORDS["problem"],
    {
        CustomerGroupInUse: (409, "customer_group_in_use"),
        FaultyFile: (422, "faulty_file"),
    },
)
FIELD_WORDS = _WORDS["field"]
