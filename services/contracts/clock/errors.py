"""What the annual clock refuses, and the words for it."""

from chassis.errors import Conflict
from chassis.problem_table import problem_table
from chassis.words import Words


class MilestoneCancelled(Conflict):
    """The milestone is cancelled: restore it first."""


class AlreadyScheduled(Conflict):
    """There is nothing to restore: the milestone is scheduled."""


class AlreadyRecorded(Conflict):
    """What happened is recorded: restore the milestone before planning it anew."""


_WORDS = Words.beside(__file__)
PROBLEMS = problem_table(
    _WORDS["problem"],
    {
        MilestoneCancelled: (409, "milestone_cancelled"),
        AlreadyScheduled: (409, "milestone_scheduled"),
        AlreadyRecorded: (409, "milestone_recorded"),
    },
)
FIELD_WORDS = _WORDS["field"]
