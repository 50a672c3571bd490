"""The tables of the customers database; its registry keeps them apart from other services' tables."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from chassis.tables import chassis_tables


class Base(SQLModel, registry=registry()):
    """Base of every table of this service."""


chassis_tables(Base.metadata)
