"""Tables of the clock: versions of calendars, and a copy of the targets that contract years promise."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.feedback.base import Base


class CalendarVersion(Base, table=True):
    """One version of a named calendar; never changed, a later one takes its place. Version 1 is shipped."""

    __tablename__ = "calendar"

    name: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True)
    document: dict[str, Any] = Field(sa_column=sa.Column(JSONB, nullable=False))  # Any: JSON
    changed_at: datetime
    changed_by: UUID


class PolicyCopy(Base, table=True):
    """The targets of a signed contract year, copied from the contracts service's feed."""

    __tablename__ = "policy"

    year_id: UUID = Field(primary_key=True)
    version: int
    """Version of the contract year, so that an older state never overwrites a newer one."""
    customer_id: UUID = Field(index=True)
    reference: str = Field(max_length=20)
    year: int
    valid_from: date
    valid_until: date
    lines: list[dict[str, str]] = Field(sa_column=sa.Column(JSONB, nullable=False))
    targets: list[dict[str, Any]] = Field(sa_column=sa.Column(JSONB, nullable=False))  # Any: JSON of the feed
