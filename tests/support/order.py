"""In what order the workers of pytest-xdist take the tests: what is dear to start is started once and first.

A module is a unit of work, so what its tests share is made once. Whole folders and a few modules that
share something dearer are one unit. By itself pytest-xdist begins with the unit of the most tests: the
slow ones, few tests each, would come last, and one worker would wait for the other.
"""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER: Final = {
    "tests/browser": "browser",  # a browser and a served city
    "tests/browser/test_pages.py": "tour",  # with ones of its own: as long as all others of the folder
    "tests/system/test_kill.py": "killed",  # a service alone with two workers
    "tests/system/test_two_workers.py": "killed",
}
"""Units that are more than a module, by the folder or module that belongs to them."""
FIRST: Final = (
    "tour",
    "killed",
    "browser",
    "tests/seams/test_document_holds.py",
    "tests/system/test_five_processes.py",
    "tests/kumppani/test_up.py",
    "tests/access/test_pages.py",
    "tests/access/test_gateway.py",
    "tests/access/test_services.py",
    "tests/system/test_images.py",
    "tests/services/contracts/agreements/test_contract_years.py",
)
"""The units that take longest, the longest first."""


def unit_of(test: str) -> str:
    """Return the unit of work that a test belongs to."""
    module = test.partition("::")[0]
    folder = module.rpartition("/")[0]
    return TOGETHER.get(module) or TOGETHER.get(folder) or module


def place_of(test: str) -> int:
    """Return the place of a test's unit: those that take longest, then all others alike."""
    unit = unit_of(test)
    return FIRST.index(unit) if unit in FIRST else len(FIRST)


class DearestFirst(LoadScopeScheduling):
    """Hands out the units in the order in which the workers list their tests."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
