"""What the home page reads of the gateway's answers."""

from dataclasses import dataclass
from datetime import date

from web.gateway import Read
from web.pages.registry.reads import Blocker, Named


class Counts(Read):
    """How many open cases stand where."""

    open: int = 0
    late: int = 0
    due_today: int = 0
    waiting: int = 0
    more: tuple[str, ...] = ()
    """The names of those that were counted up to a limit."""


class Milestone(Read):
    """A step of the annual clock."""

    id: str
    customer_name: str | None = None
    row: int
    topic: str
    responsible: str = ""
    responsible_name: str
    month: int
    due: date
    status: str
    overdue: bool = False
    overdue_days: int = 0


class Clock(Read):
    """The annual clock of a year."""

    items: tuple[Milestone, ...] = ()


class YearState(Read):
    """How far a contract year is, and what an unsigned one still lacks."""

    year: int
    state: str
    blockers: tuple[Blocker, ...] = ()


class Contract(Read):
    """A framework agreement and its years."""

    id: str
    reference: str
    customer: Named
    years: tuple[YearState, ...] = ()

    def year_of(self, year: int) -> YearState | None:
        """Return a year, if there is one."""
        return next((each for each in self.years if each.year == year), None)


@dataclass(frozen=True)
class Draft:
    """A contract's year that is not signed yet."""

    contract: Contract
    year: YearState


@dataclass(frozen=True)
class Signed:
    """How many contracts of a year are signed, of how many."""

    count: int
    of: int


class Who(Read):
    """A handler or a producer; without an id it is nobody in particular."""

    id: str | None = None
    name: str = ""


class Result(Read):
    """How promises were kept in 30 days and in the 30 before, and how many open cases are late now."""

    kept: int = 0
    of: int = 0
    kept_before: int = 0
    of_before: int = 0
    late: int = 0

    @property
    def share(self) -> int | None:
        """Return the per cent kept, rounded down so that 100 are all; None when nothing fell due."""
        return 100 * self.kept // self.of if self.of else None

    @property
    def share_before(self) -> int | None:
        """Return the same of the 30 days before."""
        return 100 * self.kept_before // self.of_before if self.of_before else None


class ResultOf(Result):
    """The part of one handler or one producer."""

    who: Who


class Promises(Result):
    """The whole, and its parts."""

    by_handler: tuple[ResultOf, ...] = ()
    by_producer: tuple[ResultOf, ...] = ()
