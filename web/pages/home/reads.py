"""What the home page reads of the gateway's answers."""

from datetime import date

from web.gateway import Read
from web.pages.registry.reads import Named, Year


class Counts(Read):
    """How many open cases stand where."""

    open: int = 0
    late: int = 0
    due_today: int = 0
    waiting: int = 0


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
    """How far a contract year is."""

    year: int
    state: str


class Contract(Read):
    """A framework agreement and its years."""

    id: str
    reference: str
    customer: Named
    years: tuple[YearState, ...] = ()

    def state_of(self, year: int) -> str | None:
        """Return the state of a year, if there is one."""
        return next((each.state for each in self.years if each.year == year), None)


class DraftYear(Year):
    """A contract year that is not signed yet."""

    customer: Named
