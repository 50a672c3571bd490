"""What the annual clock refuses, and the words for it."""

from chassis.errors import Conflict, DomainError
from chassis.problem_table import Problem


class MilestoneCancelled(Conflict):
    """The milestone is cancelled: restore it first."""


class AlreadyScheduled(Conflict):
    """There is nothing to restore: the milestone is scheduled."""


class AlreadyRecorded(Conflict):
    """What happened is recorded: restore the milestone before planning it anew."""


PROBLEMS: dict[type[DomainError], Problem] = {
    MilestoneCancelled: Problem(
        409,
        "milestone_cancelled",
        "Vaihe on peruttu. Palauta se ensin.",
        "Fasen är inställd. Återställ den först.",
        "The milestone is cancelled. Restore it first.",
    ),
    AlreadyScheduled: Problem(
        409,
        "milestone_scheduled",
        "Vaihe on jo suunnitelmassa.",
        "Fasen finns redan i planen.",
        "The milestone is in the plan already.",
    ),
    AlreadyRecorded: Problem(
        409,
        "milestone_recorded",
        "Vaiheen toteuma on jo kirjattu. Palauta vaihe ensin suunnitelmaan.",
        "Fasens utfall är redan antecknat. Återställ fasen till planen först.",
        "What happened is recorded already. Restore the milestone to the plan first.",
    ),
}
FIELD_WORDS: dict[str, Problem] = {
    "in_future": Problem(
        422,
        "in_future",
        "Toteuman päivä ei voi olla tulevaisuudessa.",
        "Utfallets dag kan inte ligga i framtiden.",
        "The day it happened cannot be in the future.",
    ),
    "outside_year": Problem(
        422,
        "outside_year",
        "Päivän pitää olla vuosikellon vuonna {year}.",
        "Dagen ska vara under årsklockans år {year}.",
        "The day has to be in the clock's year {year}.",
    ),
}
