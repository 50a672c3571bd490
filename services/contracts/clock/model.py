"""Tables of the annual clock: each year's milestones of each customer, and their history."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Field

from chassis.languages import Language
from chassis.tables import Versioned, new_id, string_enum
from services.contracts.base import Base
from services.contracts.clock import rules
from services.contracts.clock.errors import AlreadyRecorded, AlreadyScheduled, MilestoneCancelled
from services.contracts.clock.rules import Responsible, Status


class Milestone(Versioned, Base, table=True):
    """One row of the template in one year for one customer; keeps the words it was generated with."""

    __tablename__ = "milestone"
    __table_args__ = (
        sa.UniqueConstraint("customer_id", "year", "row"),
        sa.Index("milestone_order", "year", "due", "row", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    year: int
    customer_id: UUID
    row: int
    topic: dict[Language, str] = Field(sa_type=pg.JSONB)
    content: dict[Language, str] = Field(sa_type=pg.JSONB)
    responsible: Responsible = Field(sa_type=string_enum(Responsible))
    producing: Responsible | None = Field(default=None, sa_type=string_enum(Responsible))
    due: date
    status: Status = Field(default=Status.SCHEDULED, sa_type=string_enum(Status))
    actual_on: date | None = None
    actual_note: str | None = Field(default=None, sa_type=sa.Text)
    created_at: datetime
    changed_at: datetime

    def overdue_days(self, today: date) -> int:
        """Return how many days late the milestone is on the day."""
        return rules.overdue_days(self.due, self.status, today)

    def record(self, status: Status, actual_on: date | None, note: str | None, now: datetime) -> None:
        """Write down what really happened; may be corrected later.

        Raises:
            MilestoneCancelled: it was taken out of the plan.
        """
        if self.status is Status.CANCELLED:
            raise MilestoneCancelled
        self.status, self.actual_on, self.actual_note, self.changed_at = status, actual_on, note, now

    def move(self, due: date, now: datetime) -> None:
        """Plan another day.

        Raises:
            MilestoneCancelled, AlreadyRecorded: it is not in the plan any more.
        """
        self._check_planned()
        self.due, self.changed_at = due, now

    def cancel(self, now: datetime) -> None:
        """Take it out of the plan, e.g. a second negotiation round that was not needed.

        Raises:
            MilestoneCancelled, AlreadyRecorded: it is not in the plan any more.
        """
        self._check_planned()
        self.status, self.changed_at = Status.CANCELLED, now

    def restore(self, now: datetime) -> None:
        """Put it back into the plan; a wrong entry of what happened is cleared.

        Raises:
            AlreadyScheduled: it is there.
        """
        if self.status is Status.SCHEDULED:
            raise AlreadyScheduled
        self.status, self.actual_on, self.actual_note, self.changed_at = Status.SCHEDULED, None, None, now

    def words(self, language: Language) -> tuple[str, str]:
        """Return topic and content in the language."""
        return self.topic[language], self.content[language]

    def _check_planned(self) -> None:
        if self.status is Status.CANCELLED:
            raise MilestoneCancelled
        if self.status is not Status.SCHEDULED:
            raise AlreadyRecorded


class MilestoneHistory(Base, table=True):
    """What was done to a milestone, by whom, and what it changed."""

    __tablename__ = "milestone_history"
    __table_args__ = (sa.Index("milestone_history_order", "milestone_id", "at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    milestone_id: UUID = Field(foreign_key="milestone.id")
    at: datetime
    what: str = Field(max_length=40)
    by_name: str = Field(max_length=200)
    by_subject: str = Field(max_length=120)
    before: dict[str, Any] | None = Field(default=None, sa_type=pg.JSONB)  # Any: JSON as it was seen
    after: dict[str, Any] | None = Field(default=None, sa_type=pg.JSONB)  # Any: JSON as it was seen
