"""Wire shapes of the annual clock."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chassis.schemas import Day, Text, View, Wire, example
from services.contracts import examples
from services.contracts.clock.rules import Responsible, Status
from services.contracts.history import HistoryView

ClockYear = Annotated[int, Field(strict=True, ge=2000, le=2199)]


class Generate(Wire):
    """Which year's clock, and whose; every known customer's when left out."""

    model_config = example({"year": 2027, "customer_id": "0197f5a0-0000-7000-8000-000000000001"})

    year: ClockYear
    customer_id: UUID | None = None


class Actual(Wire):
    """What really happened and when; the day may be left out only for what did not happen."""

    model_config = example(
        {"actual_on": "2026-03-27", "status": "met", "note": "Palvelupyyntö käsiteltiin kokouksessa."}
    )

    actual_on: Day | None = None
    status: Literal[Status.MET, Status.PARTIALLY_MET, Status.NOT_MET]
    note: Text | None = None

    @model_validator(mode="after")
    def _done_on_a_day(self) -> Self:
        if self.actual_on is None and self.status is not Status.NOT_MET:
            raise PydanticCustomError("actual_day", "what happened has a day")
        return self


class Move(Wire):
    """Another day in the same year, and why."""

    model_config = example({"due": "2026-03-25", "reason": "Asiakkuusryhmän kokous on 25.3."})

    due: Day
    reason: Text


class Why(Wire):
    """The reason."""

    model_config = example({"reason": "Toista neuvottelukierrosta ei tarvittu."})

    reason: Text


class MilestoneView(View):
    """A milestone on the day asked."""

    model_config = example(examples.MILESTONE)

    id: UUID
    year: int
    customer_id: UUID | None
    customer_name: str
    row: int
    topic: str
    content: str
    responsible: Responsible
    producing: Responsible | None
    responsible_name: str
    month: int
    due: date
    status: Status
    overdue: bool
    overdue_days: int
    actual_on: date | None
    actual_note: str | None
    version: int


class LastYear(View):
    """What became of the same row a year before: this year starts from it."""

    id: UUID
    year: int
    due: date
    status: Status
    actual_on: date | None
    actual_note: str | None


class MilestoneDetail(MilestoneView):
    """A milestone with its newest history and last year's outcome."""

    model_config = example(examples.WHOLE_MILESTONE)

    history: list[HistoryView]
    last_year: LastYear | None
    allowed: list[str]


class Summary(View):
    """How many of the filtered milestones are in which status; overdue ones are among the scheduled."""

    total: int
    scheduled: int
    met: int
    partially_met: int
    not_met: int
    cancelled: int
    overdue: int


class ClockView(View):
    """A page of the year's milestones in the order of their days, and the summary of all of them."""

    model_config = example(examples.CLOCK)

    year: int
    items: list[MilestoneView]
    summary: Summary
    next: str | None = None
