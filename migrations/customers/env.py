"""Runs the chain of the customers database."""

from migrations.environment import run
from services.customers.tables import Base

run("customers", Base.metadata)
