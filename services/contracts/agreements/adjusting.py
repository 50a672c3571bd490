"""Prices changed by one percentage, many lines at once (need N1). Pure: lines in, new prices out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from services.contracts.agreements.model import ContractLine
from trade.vocabulary import Service

_CENT: Final = Decimal("0.01")
_WHOLE: Final = Decimal(100)


@dataclass(frozen=True)
class Chosen:
    """Which lines are meant; an empty choice means all."""

    services: Collection[Service]
    site_ids: Collection[UUID]

    def has(self, line: ContractLine) -> bool:
        """Say whether the line is among them."""
        return (not self.services or line.service in self.services) and (
            not self.site_ids or line.site_id in self.site_ids
        )


def adjusted(lines: Iterable[ContractLine], chosen: Chosen, percent: Decimal) -> Mapping[UUID, Decimal]:
    """Return the new price of each chosen line whose price changes, by the line's id.

    A price keeps the decimals that it has, two at least, and is rounded half up: 4.85 € by 2 % is 4.95 €.
    """
    changed = {}
    for line in lines:
        if chosen.has(line):
            price = after_percent(line.price, percent)
            if price != line.price:
                changed[line.id] = price
    return changed


def after_percent(price: Decimal, percent: Decimal) -> Decimal:
    """Return a price raised, or lowered, by so many percent."""
    exponent = price.normalize().as_tuple().exponent
    step = min(_CENT, Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else _CENT
    return (price * (_WHOLE + percent) / _WHOLE).quantize(step, ROUND_HALF_UP)
