"""What the tests of killing share; starting it takes longer than most of what is done with it."""

from collections.abc import Iterator

import pytest

from tests.support.memory import a_quick_folder
from tests.system.lone_feedback import LoneFeedback, lone_feedback


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoneFeedback]:
    """The feedback service alone with two workers and a durable database; each test leaves it running."""
    with (
        a_quick_folder("kumppani-lone-feedback-") as databases,
        lone_feedback(databases, tmp_path_factory.mktemp("lone-feedback"), workers=2) as running,
    ):
        yield running
