"""What a contract year costs, what it cost the year before, and where the difference comes from (need N1).

Pure, and exact to the cent: each line is rounded once, and everything above it is a sum of such lines.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from services.contracts.agreements.model import ContractLine
from services.contracts.agreements.vocabulary import Unit
from trade.vocabulary import Service

_CENT: Final = Decimal("0.01")
_NOTHING: Final = Decimal("0.00")
_TIMES_A_YEAR: Final = {Unit.MEAL: 1, Unit.MONTH: 1, Unit.M2_MONTH: 12}
"""How often a unit's price is paid in a year: meals and months are counted over the year, floors by month."""


@dataclass(frozen=True)
class LineCost:
    """What a line costs in the year, and its difference to the year before split in two; in euros."""

    now: Decimal
    before: Decimal | None
    """None: the line is new."""
    by_price: Decimal
    by_quantity: Decimal


@dataclass(frozen=True)
class Cost:
    """What lines cost together; ``now`` is ``before`` with all four effects added. In euros."""

    now: Decimal
    before: Decimal | None
    """None: nothing is known of the year before."""
    by_price: Decimal
    """What the change of prices makes, at this year's quantities."""
    by_quantity: Decimal
    """What the change of quantities makes, at last year's prices."""
    added: Decimal
    """What new lines cost."""
    ended: Decimal
    """What the lines cost that are left out; never above zero."""


@dataclass(frozen=True)
class Compared:
    """A year's lines, each with the one of the year before that it follows; those that nothing follows."""

    followed: Sequence[tuple[ContractLine, ContractLine | None]]
    left_out: Sequence[ContractLine]

    def of(self, service: Service) -> "Compared":
        """Return the part of one service."""
        return Compared(
            [pair for pair in self.followed if pair[0].service == service],
            [line for line in self.left_out if line.service == service],
        )


def compare(lines: Iterable[ContractLine], before: Iterable[ContractLine]) -> Compared:
    """Find for each line the one of the year before: the same service at the same site, in their order."""
    waiting: defaultdict[tuple[UUID, Service], deque[ContractLine]] = defaultdict(deque)
    for line in before:
        waiting[line.site_id, line.service].append(line)
    followed = []
    for line in lines:
        same = waiting[line.site_id, line.service]
        followed.append((line, same.popleft() if same else None))
    return Compared(followed, [line for lines_left in waiting.values() for line in lines_left])


def yearly(price: Decimal, unit: Unit, quantity: Decimal) -> Decimal:
    """Return what so many units cost in a year, to the cent."""
    return (price * quantity * _TIMES_A_YEAR[unit]).quantize(_CENT, ROUND_HALF_UP)


def line_cost(line: ContractLine, followed: ContractLine | None) -> LineCost:
    """Return a line's cost beside that of the line that it follows.

    Where that one is not known here, what the line itself tells of the year before counts; a quantity that
    it does not tell is this year's. What is paid by another unit than before differs by its price alone.
    """
    now = yearly(line.price, line.unit, line.quantity)
    if followed is not None:
        price, unit, quantity = followed.price, followed.unit, followed.quantity
    elif line.previous_price is not None:
        price, unit = line.previous_price, line.unit
        quantity = line.quantity if line.previous_quantity is None else line.previous_quantity
    else:
        return LineCost(now, None, _NOTHING, _NOTHING)
    before = yearly(price, unit, quantity)
    between = yearly(price, unit, line.quantity) if unit == line.unit else before
    return LineCost(now, before, by_price=now - between, by_quantity=between - before)


def cost_of(compared: Compared) -> Cost:
    """Return what a year's lines cost together."""
    costs = [line_cost(*pair) for pair in compared.followed]
    known = [each.before for each in costs if each.before is not None]
    ended = _sum(yearly(line.price, line.unit, line.quantity) for line in compared.left_out)
    return Cost(
        now=_sum(each.now for each in costs),
        before=_sum(known) + ended if known or compared.left_out else None,
        by_price=_sum(each.by_price for each in costs),
        by_quantity=_sum(each.by_quantity for each in costs),
        added=_sum(each.now for each in costs if each.before is None),
        ended=-ended,
    )


def cost_by_service(compared: Compared) -> list[tuple[Service, Cost]]:
    """Return the cost service by service, the one that changes most first."""
    parts = [(service, compared.of(service)) for service in Service]
    costs = [(service, cost_of(part)) for service, part in parts if part.followed or part.left_out]
    return sorted(costs, key=lambda each: abs(each[1].now - (each[1].before or 0)), reverse=True)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)
