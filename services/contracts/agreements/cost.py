"""What a contract year costs, what it cost the year before, and where the difference comes from (need N1).

Pure, and exact to the cent: each line is rounded once, and everything above it is a sum of such lines.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

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
    before: Decimal
    by_price: Decimal
    """What the change of prices makes, at this year's quantities."""
    by_quantity: Decimal
    """What the change of quantities makes, at last year's prices."""
    added: Decimal
    """What new lines cost."""
    ended: Decimal
    """What the lines cost that are left out; never above zero."""


def yearly(price: Decimal, unit: Unit, quantity: Decimal) -> Decimal:
    """Return what so many units cost in a year, to the cent."""
    return (price * quantity * _TIMES_A_YEAR[unit]).quantize(_CENT, ROUND_HALF_UP)


def line_cost(line: ContractLine) -> LineCost:
    """Return a line's cost; without a quantity of the year before it is the same as this year's."""
    now = yearly(line.price, line.unit, line.quantity)
    if line.previous_price is None:
        return LineCost(now, None, _NOTHING, _NOTHING)
    quantity = line.quantity if line.previous_quantity is None else line.previous_quantity
    before = yearly(line.previous_price, line.unit, quantity)
    between = yearly(line.previous_price, line.unit, line.quantity)
    return LineCost(now, before, by_price=now - between, by_quantity=between - before)


def cost_of(lines: Iterable[ContractLine], left_out: Iterable[ContractLine]) -> Cost:
    """Return what a year's lines cost; ``left_out``: lines of the year before without a successor."""
    costs = [line_cost(line) for line in lines]
    ended = _sum(yearly(line.price, line.unit, line.quantity) for line in left_out)
    return Cost(
        now=_sum(each.now for each in costs),
        before=_sum(each.before for each in costs if each.before is not None) + ended,
        by_price=_sum(each.by_price for each in costs),
        by_quantity=_sum(each.by_quantity for each in costs),
        added=_sum(each.now for each in costs if each.before is None),
        ended=-ended,
    )


def cost_by_service(
    lines: Sequence[ContractLine], left_out: Sequence[ContractLine]
) -> list[tuple[Service, Cost]]:
    """Return the cost service by service, the one that changes most first."""
    by_service = [
        (service, cost_of(filter(_of(service), lines), filter(_of(service), left_out)))
        for service in Service
        if any(map(_of(service), (*lines, *left_out)))
    ]
    return sorted(by_service, key=lambda each: abs(each[1].now - each[1].before), reverse=True)


def _of(service: Service) -> Callable[[ContractLine], bool]:
    return lambda line: line.service == service


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)
