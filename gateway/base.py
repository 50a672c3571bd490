"""The registry of the gateway's own small database."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Base(SQLModel, registry=registry()):
    """Base of the gateway's tables, apart from every other database's."""
