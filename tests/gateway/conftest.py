"""A gateway with stand-ins for its neighbours."""

from collections.abc import Iterator

import pytest

from kumppani.databases import admit_demo_people
from tests.conftest import DatabaseMaker
from tests.gateway.house import House


@pytest.fixture
def house(database_url_for: DatabaseMaker) -> Iterator[House]:
    """A gateway in demo mode, of a demo city."""
    url = database_url_for("gateway")
    admit_demo_people(url)
    made = House(url)
    with made.client:
        yield made
