"""What search looks into."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlmodel import Field

from services.feedback.base import Base


class CaseWords(Base, table=True):
    """What search looks into; written by a job after the event, so that intake does not wait for words.

    Apart from the case, because a case has many indexes and an update would touch every one of them.
    """

    __tablename__ = "case_words"
    __table_args__ = (
        sa.Index("case_words_document", "document", postgresql_using="gin"),
        sa.Index(
            "case_words_reference",
            "reference",
            postgresql_using="gin",
            postgresql_ops={"reference": "gin_trgm_ops"},
        ),
        sa.Index("case_words_newest", *(sa.text("received_at desc"), sa.text("case_id desc"))),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="feedback_case.id")
    reference: str = Field(sa_column=sa.Column(sa.String(20), nullable=False))
    received_at: datetime
    document: str = Field(sa_column=sa.Column(TSVECTOR, nullable=False))


class WordForm(Base, table=True):
    """A form of a word that somebody wrote, and what the analyser said of it: asked once, then known."""

    __tablename__ = "word_form"

    form: str = Field(sa_column=sa.Column(sa.Text, primary_key=True))
    wholes: list[str] = Field(sa_column=sa.Column(ARRAY(sa.Text), nullable=False))
    """Basic forms of the whole word; none when it is not Finnish."""
    inside: list[str] = Field(sa_column=sa.Column(ARRAY(sa.Text), nullable=False))
    """Basic forms of its parts."""
