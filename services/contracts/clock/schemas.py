"""Wire shapes of the annual clock."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chassis.schemas import WHOLE, Day, Text, View, Wire, example
from services.contracts import examples
from services.contracts.clock.rules import Responsible, Status
from services.contracts.history import HistoryView

ClockYear = Annotated[int, Field(strict=True, ge=2000, le=2199), WHOLE]


class Generate(Wire):
    """Which year's clock, and whose; every known customer's when left out."""

    model_config = example({"year": 2027, "customer_id": "0197f5a0-0000-7000-8000-000000000001"})

    year: ClockYear
    """The year whose clock is made."""
    customer_id: UUID | None = None
    """The customer; every known one when left out."""


class Actual(Wire):
    """What really happened and when; the day may be left out only for what did not happen."""

    model_config = example(
        {"actual_on": "2026-03-27", "status": "met", "note": "Palvelupyyntö käsiteltiin kokouksessa."}
    )

    actual_on: Day | None = None
    """The day on which it really happened."""
    status: Literal[Status.MET, Status.PARTIALLY_MET, Status.NOT_MET]
    """What has become of it."""
    note: Text | None = None
    """What is to be said of it."""

    @model_validator(mode="after")
    def _done_on_a_day(self) -> Self:
        if self.actual_on is None and self.status is not Status.NOT_MET:
            raise PydanticCustomError("actual_day", "what happened has a day")
        return self


class Move(Wire):
    """Another day in the same year, and why."""

    model_config = example({"due": "2026-03-25", "reason": "Asiakkuusryhmän kokous on 25.3."})

    due: Day
    """The new last day, in the same year."""
    reason: Text
    """Why."""


class Why(Wire):
    """The reason."""

    model_config = example({"reason": "Toista neuvottelukierrosta ei tarvittu."})

    reason: Text
    """Why."""


class MilestoneView(View):
    """A milestone on the day asked."""

    model_config = example(examples.MILESTONE)

    id: UUID
    """Its id."""
    year: int
    """The year whose clock it is a step of."""
    customer_id: UUID | None
    """The customer; null for a step that the city takes once."""
    customer_name: str
    """The customer's name; empty for a step of the whole city."""
    row: int
    """Which row of the annual clock, 1 to 11."""
    topic: str
    """What is done, in short, in the reader's language."""
    content: str
    """What belongs to it, in the reader's language."""
    responsible: Responsible
    """Who answers for it."""
    producing: Responsible | None
    """Who else produces for it."""
    responsible_name: str
    """Who answers for it, in the reader's language."""
    month: int
    """The month that it is planned for, 1 to 12."""
    due: date
    """The last planned day."""
    status: Status
    """What has become of it."""
    overdue: bool
    """Planned for a day that is past, and nothing is entered."""
    overdue_days: int
    """By how many days."""
    actual_on: date | None
    """The day on which it really happened."""
    actual_note: str | None
    """What was said of it."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""


class LastYear(View):
    """What became of the same row a year before: this year starts from it."""

    id: UUID
    """Its id."""
    year: int
    """The year before."""
    due: date
    """The last planned day."""
    status: Status
    """What became of it."""
    actual_on: date | None
    """The day on which it really happened."""
    actual_note: str | None
    """What was said of it."""


class MilestoneDetail(MilestoneView):
    """A milestone with its newest history and last year's outcome."""

    model_config = example(examples.WHOLE_MILESTONE)

    history: list[HistoryView]
    """Its newest entries, the newest first."""
    last_year: LastYear | None
    """What became of the same row a year before; null when there is none."""
    allowed: list[str]
    """What the reader may do to it now: names of its sub-resources."""


class Summary(View):
    """How many of the filtered milestones are in which status; overdue ones are among the scheduled."""

    total: int
    """All that the filters meet."""
    scheduled: int
    """Planned, and nothing is entered."""
    met: int
    """Done."""
    partially_met: int
    """Done in part."""
    not_met: int
    """Not done."""
    cancelled: int
    """Not needed this year."""
    overdue: int
    """Scheduled for a day that is past."""


class ClockView(View):
    """A page of the year's milestones in the order of their days, and the summary of all of them."""

    model_config = example(examples.CLOCK)

    year: int
    """The year."""
    items: list[MilestoneView]
    """The page, by day."""
    summary: Summary
    """How many of all that the filters meet are in which status."""
    next: str | None = None
    """The cursor of the following page; null on the last."""
