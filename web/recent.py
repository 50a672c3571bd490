"""Who was seen to look a moment ago: the gateway is not asked again for each page and each part of a page."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Final, Generic, TypeVar

REMEMBERED: Final = 3.0
"""Seconds: what a person may is up to so much older than what the gateway knows, which judges every call."""
MOST: Final = 2_000
"""Sessions that are remembered."""
Seen = TypeVar("Seen")


class Recent(Generic[Seen]):
    """The persons of the sessions that were seen a moment ago."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, tuple[Seen, float]] = OrderedDict()

    def of(self, session: str) -> Seen | None:
        """Return the person of a session, if it was seen a moment ago."""
        person, until = self._known.get(session, (None, 0.0))
        return person if self._clock() < until else None

    def remember(self, session: str, person: Seen) -> None:
        """Keep the person of a session for a moment."""
        self._known[session] = person, self._clock() + REMEMBERED
        self._known.move_to_end(session)
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    def forget(self, session: str | None) -> None:
        """Forget a session that has ended."""
        self._known.pop(session or "", None)
