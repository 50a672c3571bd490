"""Runs the chain of the feedback database."""

from migrations.environment import run
from services.feedback.tables import Base

run("feedback", Base.metadata)
