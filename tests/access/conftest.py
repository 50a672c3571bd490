"""The running demo city, one for each module, and the school's things in it."""

from collections.abc import Iterator

import pytest

from tests.access.things import Ids, Things
from tests.city import RunningCity, run_city


@pytest.fixture(scope="module")
def city(filled_city: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    """All five apps over a filled city of the module's own."""
    with run_city(filled_city, tmp_path_factory.mktemp("words")) as running:
        yield running


@pytest.fixture(scope="module")
def things(city: RunningCity) -> Things:
    """The school's things."""
    return Things(city)


@pytest.fixture(scope="module")
def ids(things: Things) -> Ids:
    """The school's ids."""
    return things.of("school")
