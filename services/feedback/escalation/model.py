"""Who was told what about a case that runs late; one row a step, so that no step happens twice."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from services.feedback.base import Base


class Escalation(Base, table=True):
    """A step of the ladder that was taken for one clock of one cycle."""

    __tablename__ = "escalation"

    case_id: UUID = Field(primary_key=True, foreign_key="feedback_case.id")
    cycle: int = Field(primary_key=True)
    clock: str = Field(sa_column=sa.Column(sa.String(20), primary_key=True))
    step: int = Field(primary_key=True)
    role: str = Field(sa_column=sa.Column(sa.String(40), nullable=False))
    person_id: UUID | None = None
    person_name: str = Field(sa_column=sa.Column(sa.Text, nullable=False))
    due_at: datetime
    """When the threshold was reached."""
    told_at: datetime
