"""Table of the calendar links: filters, whose eyes they see with, and a hash of the token."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Field

from chassis.actors import Actor
from chassis.languages import Language
from chassis.tables import new_id, string_enum
from services.contracts.base import Base
from services.contracts.clock.rules import Responsible


class CalendarFeed(Base, table=True):
    """A private link. It shows what its owner could see when it was made, until it is revoked or ends."""

    __tablename__ = "calendar_feed"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    owner: str = Field(max_length=120, index=True)
    language: Language = Field(sa_type=sa.String(2))
    year: int | None = None
    customer_id: UUID | None = None
    responsible: Responsible | None = Field(default=None, sa_type=string_enum(Responsible))
    everything: bool
    customer_ids: list[UUID] = Field(sa_type=pg.ARRAY(sa.Uuid))
    """Own customers and those of the own sites."""
    site_ids: list[UUID] = Field(sa_type=pg.ARRAY(sa.Uuid))
    created_at: datetime
    ends_on: date | None = None
    """The last day it opens; None while no end of its owner's rights is known."""
    revoked_at: datetime | None = None

    def eyes(self) -> Actor:
        """Return the owner with the sight of the day the link was made, and no rights."""
        return Actor(
            subject=self.owner, everything=self.everything, customer_ids=frozenset(self.customer_ids)
        )
