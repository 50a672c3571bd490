"""Keys that order a list, from the attributes of a table class."""

from typing import Any, cast

from sqlalchemy.orm import Mapped
from sqlalchemy.sql.elements import ColumnElement

from chassis.keyset import Key


def rising(attribute: Mapped[Any]) -> Key:  # Any: columns of any type order a list
    """Order by the attribute, smallest first."""
    return cast("ColumnElement[Any]", attribute), "asc"


def falling(attribute: Mapped[Any]) -> Key:  # Any: columns of any type order a list
    """Order by the attribute, greatest first."""
    return cast("ColumnElement[Any]", attribute), "desc"
