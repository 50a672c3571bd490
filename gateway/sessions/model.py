"""The tables of sessions that ended before their time, and of the demo city whose people need no password."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from gateway.base import Base


class RevokedSession(Base, table=True):
    """A session that its person ended; kept until the token would have expired."""

    __tablename__ = "revoked_session"

    id: UUID = Field(primary_key=True)
    person_id: UUID
    expires_at: datetime = Field(index=True)
    revoked_at: datetime


class DemoCity(Base, table=True):
    """Written when invented people were filled in; real data never carries it."""

    __tablename__ = "demo_city"

    filled_at: datetime = Field(primary_key=True)
