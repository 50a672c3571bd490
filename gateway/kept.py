"""Answers that many pages ask for, kept until their service tells that something happened."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from chassis.actors import Actor
from gateway.feed.followers import InnerEvent
from gateway.proxy.upstream import UpstreamAnswer

AGE: Final = timedelta(seconds=3)
"""How old an answer may get at most: time too makes a case late, and news can be held up for a moment."""
MOST: Final = 1_000
LARGEST: Final = 32_000
"""Bytes of an answer that is kept: what many pages ask for is small, and all of them together must be."""
Question = tuple[Actor, str, str]
"""Who asks, with all rights, for which address, and in which language."""


class Kept:
    """One service's answers."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Question, tuple[UpstreamAnswer, datetime]] = OrderedDict()
        self.changes = 0
        """How often something happened; what was asked before the last time is not kept."""

    def find(self, question: Question, now: datetime) -> UpstreamAnswer | None:
        """Return the answer, if nothing has happened since."""
        answer, at = self._answers.get(question, (None, now))
        return answer if abs(now - at) < AGE else None

    def keep(self, question: Question, answer: UpstreamAnswer, now: datetime, changes: int) -> None:
        """Keep an answer that was asked for after so many changes."""
        if changes != self.changes or len(answer.content) > LARGEST:
            return
        self._answers[question] = answer, now
        self._answers.move_to_end(question)
        if len(self._answers) > MOST:
            self._answers.popitem(last=False)

    def forget(self, _: Sequence[InnerEvent] = ()) -> None:
        """Forget everything: something happened."""
        self.changes += 1
        self._answers.clear()
