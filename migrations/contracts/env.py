"""Runs the chain of the contracts database."""

from migrations.environment import run
from services.contracts.tables import Base

run("contracts", Base.metadata)
