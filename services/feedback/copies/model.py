"""Copies of the customers service's sites, customers, producers and people; filled by its feed only."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.feedback.base import Base


class SiteCopy(Base, table=True):
    """A site: whose it is, when it is open, and who produces which service there."""

    __tablename__ = "site_copy"

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    customer_id: UUID = Field(index=True)
    calendar: str
    services: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))  # Any: JSON of the feed


class CustomerCopy(Base, table=True):
    """An ordering customer with its department."""

    __tablename__ = "customer_copy"

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    department_id: UUID | None = None


class ProducerCopy(Base, table=True):
    """A producer; own is Serviisi itself."""

    __tablename__ = "producer_copy"

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    own: bool


class PersonCopy(Base, table=True):
    """A person with the assignments and absences that decide who handles what."""

    __tablename__ = "person_copy"

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    title: str
    email: str
    phone: str
    language: str
    assignments: list[dict[str, Any]] = Field(
        sa_column=Column(JSONB, nullable=False)
    )  # Any: JSON of the feed
    absences: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))  # Any: JSON of the feed


class CopiesVersion(Base, table=True):
    """One row that grows by one with each change of what intake leans on: copies, policies, calendars."""

    __tablename__ = "copies_version"

    id: int = Field(primary_key=True)
    version: int = Field(sa_column=Column(BigInteger, nullable=False))


def day_or_none(value: str | None) -> date | None:
    """Return the day of the feed's ``YYYY-MM-DD``."""
    return date.fromisoformat(value[:10]) if value else None
