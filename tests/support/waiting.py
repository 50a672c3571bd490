"""Waiting for something to come true in another process: bounded, and telling what did not."""

import time
from collections.abc import Callable
from typing import TypeVar

Wanted = TypeVar("Wanted")
PATIENCE = 120.0
"""Seconds: the machine may be busy with other work, and a test that passes never waits this long."""


def until(
    condition: Callable[[], Wanted], what: str, *, seconds: float = PATIENCE, pause: float = 0.05
) -> Wanted:
    """Return the condition's first true value; fail with `what` when it does not come in time."""
    give_up = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > give_up:
            raise AssertionError(f"waited {seconds:.0f} s for {what}")
        time.sleep(pause)
    return value
