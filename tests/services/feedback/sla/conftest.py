"""One service for all tests of a module here: they change nothing, or keep out of each other's way."""

from collections.abc import Callable, Iterator

import pytest

from tests.services.feedback.city import Service, a_service


@pytest.fixture(scope="module")
def feedback(module_database_url_for: Callable[[str], str]) -> Iterator[Service]:
    with a_service(module_database_url_for("feedback")) as running:
        yield running
