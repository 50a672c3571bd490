"""Services and prices as people compare them: what it costs, what it cost, the difference and why (N1)."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from babel.numbers import format_currency, format_decimal, format_percent

from chassis.dates import locale_of
from chassis.languages import Language
from web.pages.contracts.reads import Line

Direction = Literal["up", "down", "same", "new"]
MINUS = "\N{MINUS SIGN}"
PERCENT = Decimal("0.1")
NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{0,8})?|\.[0-9]{1,8}")
MOST_DECIMALS = 8


@dataclass(frozen=True)
class PriceRow:
    """A line in words: prices and their difference are said in the reader's way."""

    line: Line
    price: str
    previous: str
    difference: str
    percent: str
    quantity: str
    direction: Direction
    previous_quantity: str
    """Empty when it is the same, or not known."""
    quantity_difference: str
    yearly: str
    previous_yearly: str
    """Empty when it is the same, or not known."""

    @property
    def changed(self) -> bool:
        """Say whether there is something to explain: another price, or another quantity at the same price."""
        return self.direction != "same" or bool(self.previous_quantity)


@dataclass(frozen=True)
class SitePrices:
    """Services of a site that are shown, and what all of them cost, now and before (None: not known)."""

    site_id: str
    site_name: str
    rows: tuple[PriceRow, ...]
    now: Decimal
    before: Decimal | None


@dataclass(frozen=True)
class Changes:
    """How many prices of a year went which way."""

    up: int
    down: int
    same: int
    new: int
    quantities: int
    """How many have another quantity than the year before."""
    changed: int
    """How many have another price or quantity, or are new."""

    @property
    def total(self) -> int:
        """Return how many prices there are."""
        return self.up + self.down + self.same + self.new


def price_row(line: Line, language: Language) -> PriceRow:
    """Return a line with its price compared to the previous one."""
    now = line.price.amount if line.price else None
    before = line.previous_price.amount if line.previous_price else None
    difference = now - before if now is not None and before is not None else None
    percent = (difference / before * 100).quantize(PERCENT) if difference is not None and before else None
    quantity_before = line.quantity if line.previous_quantity is None else line.previous_quantity
    grown = line.quantity - quantity_before
    return PriceRow(
        line=line,
        price="" if now is None else euros(now, language),
        previous="" if before is None else euros(before, language),
        difference="" if difference is None else euros(difference, language, signed=True),
        percent="" if percent is None else share(percent, language),
        quantity=number(line.quantity, language),
        direction=direction_of(difference),
        previous_quantity=number(quantity_before, language) if grown else "",
        yearly=euros(line.yearly.amount, language) if line.yearly else "",
        previous_yearly=euros(line.previous_yearly.amount, language)
        if line.previous_yearly and line.previous_yearly != line.yearly
        else "",
        quantity_difference=("+" if grown > 0 else "") + number(grown, language) if grown else "",
    )


def by_site(rows: Sequence[PriceRow], shown: Sequence[PriceRow]) -> list[SitePrices]:
    """Return the shown rows site by site, the site whose yearly cost changes most first.

    What a site costs is the sum of all its rows, however many of them are shown.
    """
    ordered = sorted(rows, key=lambda row: (row.line.site_name or "", row.line.site_id, row.line.service))
    wanted = {row.line.id for row in shown}
    places = [
        _site(site_id, tuple(group), wanted)
        for site_id, group in groupby(ordered, key=lambda row: row.line.site_id)
    ]
    return sorted(
        (place for place in places if place.rows),
        key=lambda place: abs(place.now - (place.before or 0)),
        reverse=True,
    )


def _site(site_id: str, rows: tuple[PriceRow, ...], wanted: Set[str]) -> SitePrices:
    known = [row.line.previous_yearly.amount for row in rows if row.line.previous_yearly]
    return SitePrices(
        site_id=site_id,
        site_name=rows[0].line.site_name or "",
        rows=tuple(row for row in rows if row.line.id in wanted),
        now=sum((row.line.yearly.amount for row in rows if row.line.yearly), Decimal(0)),
        before=sum(known, Decimal(0)) if known else None,
    )


def changes_of(rows: Sequence[PriceRow]) -> Changes:
    """Return how many prices rose, fell, stayed and are new."""
    counted = [row.direction for row in rows]
    return Changes(
        up=counted.count("up"),
        down=counted.count("down"),
        same=counted.count("same"),
        new=counted.count("new"),
        quantities=sum(bool(row.quantity_difference) for row in rows),
        changed=sum(row.changed for row in rows),
    )


def number(value: Decimal, language: Language, decimals: int = 0) -> str:
    """Say a number: ``41 200`` or ``4,5``; at least so many decimals, more when the value has them."""
    pattern = f"#,##0.{'0' * decimals:#<{MOST_DECIMALS}}"
    return (MINUS if value < 0 else "") + format_decimal(abs(value), pattern, locale=locale_of(language))


def euros(amount: Decimal, language: Language, *, signed: bool = False) -> str:
    """Say an amount: ``4,85 €``, in English ``€4.85``; with its sign when it is a difference."""
    sign = MINUS if amount < 0 else "+" if signed and amount > 0 else ""
    said = format_currency(abs(amount), "EUR", locale=locale_of(language), decimal_quantization=False)
    return f"{sign}{said}"


def share(percent: Decimal, language: Language) -> str:
    """Say a change in hundredths, always with one decimal: ``+4,0 %`` beside ``+3,7 %``."""
    sign = "+" if percent > 0 else MINUS if percent < 0 else ""
    locale = locale_of(language)
    pattern = locale.percent_formats[None].pattern.replace("0", "0.0", 1)
    return f"{sign}{format_percent(abs(percent) / 100, pattern, locale=locale)}"


def decimal_of(typed: str) -> Decimal | None:
    """Return a typed number such as ``4,85`` or ``41 200``; None when it is not a number from zero up."""
    plain = "".join(typed.replace(",", ".").replace("€", "").split())
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def direction_of(difference: Decimal | None) -> Direction:
    """Say which way a difference goes; one that is not known is of something new."""
    if difference is None:
        return "new"
    return "up" if difference > 0 else "down" if difference < 0 else "same"
