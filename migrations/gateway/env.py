"""Alembic's way into the gateway's database."""

from gateway.base import Base
from gateway.sessions import model  # noqa: F401 - its table belongs to the metadata
from migrations.environment import run

run("gateway", Base.metadata)
