"""The steps of the annual clock that matter now, told once though many customers share them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from web.pages.home.reads import Milestone

PRODUCERS = frozenset({"enterprise", "customer_relations_group", "both_parties"})
CUSTOMERS = frozenset({"departments", "department_management", "both_parties"})
"""Who answers for a step on each side: what is late there is that side's to mend."""


@dataclass(frozen=True)
class Step:
    """A topic of the clock with its due day, still open for one customer or for many."""

    topic: str
    responsible: str
    due: date
    milestones: tuple[Milestone, ...]

    @property
    def only(self) -> Milestone | None:
        """Return the milestone when it is the only one."""
        return self.milestones[0] if len(self.milestones) == 1 else None

    @property
    def of_producer(self) -> bool:
        """Say whether the producer's side answers for it."""
        return self.milestones[0].responsible in PRODUCERS

    @property
    def of_customer(self) -> bool:
        """Say whether the customer's side answers for it."""
        return self.milestones[0].responsible in CUSTOMERS

    @property
    def overdue_days(self) -> int:
        """Return how many days the latest of them is late."""
        return max((each.overdue_days for each in self.milestones if each.overdue), default=0)


@dataclass(frozen=True)
class Steps:
    """This month's steps as far as they are shown, how many more there are, and those that are late."""

    now: Sequence[Step]
    late: Sequence[Step]
    more: int = 0


def steps_of(milestones: Iterable[Milestone], today: date) -> list[Step]:
    """Return this month's steps and earlier late ones in date order, one for each topic and due day."""
    now = [each for each in milestones if _matters(each, today)]
    now.sort(key=lambda each: (each.due, each.row, each.customer_name or ""))
    return [
        Step(shared[0].topic, shared[0].responsible_name, due, tuple(shared))
        for (due, _), group in groupby(now, key=lambda each: (each.due, each.row))
        if (shared := list(group))
    ]


def _matters(milestone: Milestone, today: date) -> bool:
    return milestone.overdue or (milestone.due.year, milestone.due.month) == (today.year, today.month)
