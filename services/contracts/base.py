"""The service's own table registry, so that several services live in one process without meeting."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from chassis.tables import chassis_tables


class Base(SQLModel, registry=registry()):
    """Base of every table of the contracts database."""


chassis_tables(Base.metadata)
