"""A gateway with stand-ins for its neighbours."""

from collections.abc import Iterator

import pytest

from tests.conftest import DatabaseMaker
from tests.gateway.house import House


@pytest.fixture
def house(database_url_for: DatabaseMaker) -> Iterator[House]:
    """A gateway in demo mode."""
    made = House(database_url_for("gateway"))
    with made.client:
        yield made
