"""Alembic's way into the gateway's database."""

from gateway.base import Base
from gateway.limits import model as _limits  # noqa: F401 - their tables belong to the metadata
from gateway.sessions import model as _sessions  # noqa: F401
from migrations.environment import run

run("gateway", Base.metadata)
