"""When to stop asking a neighbour that does not answer, and when to try again."""

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

WINDOW: Final = 10.0
"""Seconds of which the outcomes count."""
ENOUGH_CALLS: Final = 20
"""How many outcomes allow a judgement."""
RATIO: Final = 0.5
"""Share of calls without an answer that opens the circuit."""
OF_ONE_CALLER: Final = 4
"""How many time-outs of one caller count: a slow request of one's own says little about the neighbour."""
REFUSED_IN_A_ROW: Final = 5
"""Broken connections in a row that open the circuit at once: no caller makes those."""
REST: Final = 5.0
"""Seconds of rest before one call tries again."""


@dataclass
class _Second:
    """Outcomes of one second."""

    began: float
    answered: int = 0
    broken: int = 0
    slow: Counter[str] = field(default_factory=Counter)
    """Time-outs by caller."""


class CircuitBreaker:
    """Judges one kind of call to one address by the share of calls without an answer.

    Half the calls, of at least twenty within ten seconds, open the circuit; so do five broken connections
    in a row. After a rest one call tries while all others are still refused.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds: deque[_Second] = deque()
        self._broken_in_a_row = 0
        self._open_until: float | None = None
        self._probing = False

    def allows(self) -> bool:
        """Tell whether to ask; who is allowed reports what came of it."""
        if self._open_until is None:
            return True
        if self._probing or self._clock() < self._open_until:
            return False
        self._probing = True
        return True

    def answered(self) -> None:
        """An answer came."""
        self._broken_in_a_row = 0
        if self._open_until is None:
            self._now().answered += 1
        elif self._probing:
            self._open_until = None
            self._probing = False
            self._seconds.clear()

    def timed_out(self, caller: str) -> None:
        """No answer came within this caller's time."""
        self._now().slow[caller] += 1
        self._judge()

    def broke(self) -> None:
        """The connection could not be made, or broke."""
        self._now().broken += 1
        self._broken_in_a_row += 1
        self._judge()

    def left(self) -> None:
        """The caller left before anything was known: another may try."""
        self._probing = False

    def _now(self) -> _Second:
        now = self._clock()
        while self._seconds and now - self._seconds[0].began > WINDOW:
            self._seconds.popleft()
        if not self._seconds or now - self._seconds[-1].began >= 1:
            self._seconds.append(_Second(now))
        return self._seconds[-1]

    def _judge(self) -> None:
        if self._probing or self._broken_in_a_row >= REFUSED_IN_A_ROW or self._mostly_fails():
            self._open_until = self._clock() + REST
            self._probing = False

    def _mostly_fails(self) -> bool:
        slow: Counter[str] = Counter()
        answered = failed = 0
        for second in self._seconds:
            answered += second.answered
            failed += second.broken
            slow.update(second.slow)
        failed += sum(min(each, OF_ONE_CALLER) for each in slow.values())
        calls = answered + failed
        return calls >= ENOUGH_CALLS and failed >= calls * RATIO
