"""One analyser of Finnish words for all tests here, running, so that no search waits for its start."""

from collections.abc import Iterator

import pytest

from services.feedback.finding.analyser import Analyser
from services.feedback.finding.readings import Readings
from tests.services.feedback.city import Service


@pytest.fixture(scope="session")
def analyser() -> Iterator[Analyser]:
    running = Analyser()
    running.ask(["koulu"], within=60)
    yield running
    running.close()


@pytest.fixture
def readings(service: Service, analyser: Analyser) -> Readings:
    found = Readings(analyser)
    service.app.state.readings = found
    return found
