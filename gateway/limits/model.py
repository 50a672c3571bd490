"""The tables by which the gateway's processes tell each other who uses how much. Lost in a crash, rightly."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from gateway.base import Base

UNLOGGED = {"prefixes": ["UNLOGGED"]}
"""Neither written ahead nor restored: what was used before a crash is of no concern after it."""


class CallerRate(Base, table=True):
    """How full a caller's bucket was, all processes together."""

    __tablename__ = "caller_rate"
    __table_args__ = UNLOGGED

    caller: str = Field(primary_key=True)
    level: float
    told_at: datetime = Field(index=True)


class CallerInFlight(Base, table=True):
    """What a caller has in flight at one process."""

    __tablename__ = "caller_in_flight"
    __table_args__ = UNLOGGED

    caller: str = Field(primary_key=True)
    process: UUID = Field(primary_key=True)
    requests: int
    waits: int
    told_at: datetime = Field(index=True)
