"""The registry of this service's tables: its own, so that services in one process stay apart."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from chassis.tables import chassis_tables


class Base(SQLModel, registry=registry()):
    """Parent of every table of the feedback service."""


chassis_tables(Base.metadata)
