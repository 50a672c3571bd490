"""What a contract year costs as people tell it: round sums, the difference, and the steps between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from chassis.languages import Language
from web.pages.contracts.prices import MINUS, Direction, direction_of, euros, number, share
from web.pages.contracts.reads import Cost, Money, ServiceCost, Year

StepName = Literal["before", "price", "quantity", "added", "ended", "now"]
MILLION: Final = Decimal(1_000_000)
ROUND_FROM: Final = Decimal(10_000)
"""From so many euros on, cents tell nothing in a round sum."""
PERCENT: Final = Decimal("0.1")
CENT: Final = Decimal("0.01")
PART: Final = 5
"""The difference of two years takes at least one part in so many of the picture."""


@dataclass(frozen=True)
class Compared:
    """A sum beside the one of the year before; what is not known of it is empty."""

    total: str
    round_total: str
    difference: str
    round_difference: str
    percent: str
    direction: Direction


@dataclass(frozen=True)
class Step:
    """A step of the way from one year's sum to the next, and where its bar stands (per cent)."""

    name: StepName
    amount: str
    left: float
    width: float
    falls: bool


@dataclass(frozen=True)
class CostTold:
    """What a year costs, whole, step by step and service by service."""

    whole: Compared
    price_effect: str
    quantity_effect: str
    steps: Sequence[Step]
    scale_from: str
    """The sum at which the picture's scale begins; empty when that is zero."""
    services: Sequence[tuple[str, Compared]]


def cost_told(year: Year, language: Language) -> CostTold | None:
    """Return what a year costs in words; None when it has no services yet."""
    cost = year.cost
    if cost is None or not year.lines:
        return None
    scale = _scale(cost)
    return CostTold(
        whole=compared(cost.total.amount, _amount(cost.previous_total), language),
        price_effect=round_euros(cost.price_effect.amount, language, signed=True),
        quantity_effect=round_euros(cost.quantity_effect.amount, language, signed=True),
        steps=tuple(_steps(cost, scale, language)) if cost.previous_total else (),
        scale_from=round_euros(scale.start, language) if scale.start else "",
        services=[(each.service, _of_service(each, language)) for each in cost.services],
    )


def compared(now: Decimal, before: Decimal | None, language: Language) -> Compared:
    """Return a sum beside the one of the year before."""
    difference = None if before is None else now - before
    percent = (difference / before * 100).quantize(PERCENT) if difference is not None and before else None
    return Compared(
        total=cents(now, language),
        round_total=round_euros(now, language),
        difference="" if difference is None else cents(difference, language, signed=True),
        round_difference="" if difference is None else round_euros(difference, language, signed=True),
        percent="" if percent is None else share(percent, language),
        direction=direction_of(difference),
    )


def cents(amount: Decimal, language: Language, *, signed: bool = False) -> str:
    """Say a sum to the cent: ``27 190 123,45 €``."""
    return euros(amount.quantize(CENT), language, signed=signed)


def round_euros(amount: Decimal, language: Language, *, signed: bool = False) -> str:
    """Say a sum as people do: ``27,19 M€``, ``543 210 €``, ``4 812,50 €``."""
    size = abs(amount)
    if size < ROUND_FROM:
        return cents(amount, language, signed=signed)
    sign = MINUS if amount < 0 else "+" if signed else ""
    if size >= MILLION:
        said, unit = number((size / MILLION).quantize(CENT), language, decimals=2), "M"
    else:
        said, unit = number(size.quantize(Decimal(1)), language), ""
    if language == "en":
        return f"{sign}€{said}{unit}"
    return f"{sign}{said}\N{NO-BREAK SPACE}{unit}€"


def _of_service(cost: ServiceCost, language: Language) -> Compared:
    return compared(cost.total.amount, _amount(cost.previous_total), language)


def _amount(money: Money | None) -> Decimal | None:
    return money.amount if money else None


@dataclass(frozen=True)
class _Scale:
    """Where amounts stand; it begins above zero when the difference would be too small to see."""

    start: Decimal
    end: Decimal

    def place(self, amount: Decimal) -> float:
        """Return the place of an amount in per cent."""
        return round(float((amount - self.start) / (self.end - self.start) * 100), 2)


def _effects(cost: Cost) -> tuple[tuple[StepName, Decimal], ...]:
    return (
        ("price", cost.price_effect.amount),
        ("quantity", cost.quantity_effect.amount),
        ("added", cost.added.amount),
        ("ended", cost.ended.amount),
    )


def _scale(cost: Cost) -> _Scale:
    """Return the scale on which the way from one sum to the next takes at least a fifth of the picture."""
    reached = _amount(cost.previous_total) or Decimal(0)
    sums = [reached]
    for _, amount in _effects(cost):
        reached += amount
        sums.append(reached)
    lowest, highest = min(sums), max(sums)
    spread = highest - lowest
    if highest == 0:
        return _Scale(Decimal(0), Decimal(1))
    if spread * PART >= highest or not spread:
        return _Scale(Decimal(0), highest)
    return _Scale(_rounded_down(highest - spread * PART), highest)


def _rounded_down(amount: Decimal) -> Decimal:
    """Return an amount with its first three digits alone."""
    step = Decimal(10) ** (amount.adjusted() - 2)
    return amount // step * step


def _steps(cost: Cost, scale: _Scale, language: Language) -> Iterator[Step]:
    """Return the bars: each effect begins where the one before it ended; none for what is nothing."""
    before, now = _amount(cost.previous_total) or Decimal(0), cost.total.amount
    yield Step("before", cents(before, language), 0.0, scale.place(before), falls=False)
    reached = before
    for name, amount in _effects(cost):
        if amount:
            left, right = (
                scale.place(min(reached, reached + amount)),
                scale.place(max(reached, reached + amount)),
            )
            told = cents(amount, language, signed=True)
            yield Step(name, told, left, round(right - left, 2), falls=amount < 0)
        reached += amount
    yield Step("now", cents(now, language), 0.0, scale.place(now), falls=False)
