"""The city behind the gateway, one for each module."""

from collections.abc import Iterator

import pytest

from tests.conftest import DatabaseMaker
from tests.seams.city import City


@pytest.fixture(scope="module")
def city(module_database_url_for: DatabaseMaker) -> Iterator[City]:
    """Three real services with a small city behind a real gateway."""
    made = City(module_database_url_for)
    with made.client:
        made.fill()
        yield made
    made.close()
