"""The share of promises kept, out of counts by handler and producer. Pure.

A promise is an answer, or a solution, by an instant; each cycle of a case makes its own. It belongs to the
day on which it fell due, and is kept when it was met by then. Thanks promise nothing, and while a customer
is waited for no solution falls due.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

PERIOD = timedelta(days=30)
"""How long is looked back; as long before that is what it is compared with."""


@dataclass(frozen=True)
class Kept:
    """How many promises were kept, of how many that fell due."""

    kept: int = 0
    of: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.kept + other.kept, self.of + other.of)


@dataclass(frozen=True)
class Tally:
    """What fell due for one handler and one producer in a period, and how many open cases are late now."""

    handler_id: UUID | None
    producer_id: UUID | None
    now: Kept = Kept()
    before: Kept = Kept()
    late: int = 0


@dataclass(frozen=True)
class Line:
    """One handler's or one producer's part."""

    id: UUID | None
    now: Kept
    before: Kept
    late: int


def total(tallies: Iterable[Tally]) -> Line:
    """Return the whole of it."""
    now, before, late = Kept(), Kept(), 0
    for each in tallies:
        now, before, late = now + each.now, before + each.before, late + each.late
    return Line(None, now, before, late)


def lines(tallies: Sequence[Tally], by: Callable[[Tally], UUID | None]) -> list[Line]:
    """Return a line for each handler, or each producer: first who has most late ones, then most broken."""
    found: dict[UUID | None, list[Tally]] = {}
    for each in tallies:
        found.setdefault(by(each), []).append(each)
    made = []
    for who, own in found.items():
        whole = total(own)
        made.append(Line(who, whole.now, whole.before, whole.late))
    return sorted(made, key=lambda line: (-line.late, line.now.kept - line.now.of, str(line.id)))
