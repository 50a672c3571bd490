"""A feedback service of each test's own."""

from collections.abc import Callable, Iterator

import pytest

from tests.services.feedback.city import Service, a_service


@pytest.fixture
def service(database_url_for: Callable[[str], str]) -> Iterator[Service]:
    with a_service(database_url_for("feedback")) as running:
        yield running
