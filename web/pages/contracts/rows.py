"""The annual clock as steps and months: the same step of many customers is told once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from web.pages.contracts.reads import Milestone

State = Literal["late", "scheduled", "met", "partially_met", "not_met", "cancelled"]
Whole = Literal["late", "behind", "scheduled", "met", "partially_met", "not_met", "cancelled"]
"""The state of a step of many: some of others being late is no alarm, but it is told."""
STATES: tuple[State, ...] = ("late", "scheduled", "met", "partially_met", "not_met", "cancelled")
UNFINISHED: tuple[State, ...] = ("late", "scheduled")
DONE: frozenset[State] = frozenset({"met", "partially_met", "not_met"})


@dataclass(frozen=True)
class Step:
    """One row of the clock on one day: a customer's milestone, or many customers' alike.

    ``number`` is the label in the wheel, in the list and on paper.
    """

    number: int
    milestones: tuple[Milestone, ...]
    own: frozenset[str] = frozenset()
    """The reader's own customers."""

    @property
    def first(self) -> Milestone:
        """Return the milestone whose words and day all of them share."""
        return self.milestones[0]

    @property
    def only(self) -> Milestone | None:
        """Return the milestone when it is the only one."""
        return self.first if len(self.milestones) == 1 else None

    @property
    def due(self) -> date:
        """Return the day the step is due."""
        return self.first.due

    @property
    def count(self) -> int:
        """Return how many customers take the step."""
        return len(self.milestones)

    @property
    def late(self) -> int:
        """Return for how many customers the step is late."""
        return sum(each.overdue for each in self.milestones)

    @property
    def own_late(self) -> bool:
        """Say whether the step is late for a customer of the reader's own."""
        return any(each.overdue and each.customer_id in self.own for each in self.milestones)

    @property
    def done(self) -> int:
        """Return for how many customers the outcome is written down."""
        return sum(state_of(each) in DONE for each in self.milestones)

    @property
    def overdue_days(self) -> int:
        """Return how many days the latest of them is late."""
        return max(each.overdue_days for each in self.milestones)

    @property
    def counts(self) -> dict[State, int]:
        """Return how many customers are in each state; those that nobody is in are left out."""
        found = [state_of(each) for each in self.milestones]
        return {state: found.count(state) for state in STATES if state in found}

    @property
    def state(self) -> Whole:
        """Return the state of the whole: late when all or the reader's own are; some met is partially met."""
        there = set(self.counts) - {"cancelled"}
        if not there:
            return "cancelled"
        if "late" in there and len(there) > 1 and not self.own_late:
            return "behind"
        for waiting in UNFINISHED:
            if waiting in there:
                return waiting
        return there.pop() if len(there) == 1 else "partially_met"


@dataclass(frozen=True)
class Month:
    """The steps of one month."""

    number: int
    steps: tuple[Step, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of its milestones."""
        return frozenset(each.id for step in self.steps for each in step.milestones)


def state_of(milestone: Milestone) -> State:
    """Return what a single milestone shows: an overdue one is late, an unknown status is still to come."""
    if milestone.overdue:
        return "late"
    known: dict[str, State] = {
        "met": "met",
        "partially_met": "partially_met",
        "not_met": "not_met",
        "cancelled": "cancelled",
    }
    return known.get(milestone.status, "scheduled")


def steps_of(milestones: Iterable[Milestone], own: frozenset[str] = frozenset()) -> list[Step]:
    """Return the steps in date order, numbered from one; ``own`` are the reader's own customers."""
    shared: dict[tuple[date, int], list[Milestone]] = defaultdict(list)
    for each in milestones:
        shared[each.due, each.row].append(each)
    return [
        Step(number, tuple(sorted(shared[key], key=lambda each: each.customer_name or "")), own)
        for number, key in enumerate(sorted(shared), start=1)
    ]


def months_of(steps: Sequence[Step]) -> list[Month]:
    """Return the months that have steps, in order."""
    months: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        months[step.due.month].append(step)
    return [Month(number, tuple(months[number])) for number in sorted(months)]
