"""Local copies of what the contracts need to know of customers, sites and people; rebuilt from the feed."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Field

from services.contracts.base import Base


class KnownCustomer(Base, table=True):
    """A customer's name."""

    __tablename__ = "known_customer"

    id: UUID = Field(primary_key=True)
    number: str = Field(max_length=40)
    name: str = Field(max_length=200)


class KnownSite(Base, table=True):
    """A site's name, and its customer: when that changes, the calendar links of the site's people end."""

    __tablename__ = "known_site"

    id: UUID = Field(primary_key=True)
    customer_id: UUID
    name: str = Field(max_length=200)


class KnownPerson(Base, table=True):
    """A fingerprint of a person's assignments and their turns: by either the person's calendar links end."""

    __tablename__ = "known_person"

    id: UUID = Field(primary_key=True)
    assignments_hash: str = Field(max_length=64)
    last_days: list[date] = Field(sa_type=pg.ARRAY(sa.Date))
    """Days after which an assignment begins or has ended, in order."""
