"""What the home page reads of the gateway's answers."""

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
