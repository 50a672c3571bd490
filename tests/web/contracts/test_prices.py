"""Prices side by side: what changed, by how much, and why (N1)."""

from decimal import Decimal

import pytest

from tests.web.contracts.city import a_line
from web.pages.contracts.prices import (
    PriceRow,
    by_site,
    changes_of,
    decimal_of,
    euros,
    number,
    price_row,
    share,
)
from web.pages.contracts.reads import Line


def row(**changes) -> PriceRow:
    return price_row(Line.model_validate(a_line(**changes)), "fi")


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def test_a_price_that_rose_tells_the_difference_in_euros_and_in_hundredths():
    risen = row()
    assert (risen.price, risen.previous) == ("4,85\xa0€", "4,72\xa0€")
    assert (risen.difference, risen.percent, risen.direction) == ("+0,13\xa0€", "+2,8\xa0%", "up")
    assert risen.changed


@pytest.mark.parametrize(
    ("percent", "language", "said"),
    [
        ("4", "fi", "+4,0\xa0%"),
        ("-3.7", "fi", "\u22123,7\xa0%"),
        ("0", "fi", "0,0\xa0%"),
        ("4.0", "en", "+4.0%"),
    ],
)
def test_a_change_in_hundredths_has_one_decimal_everywhere(percent, language, said):
    assert share(Decimal(percent), language) == said


def test_a_price_that_fell_has_a_minus_sign():
    fallen = row(price=money("4.50"))
    assert (fallen.difference, fallen.direction) == ("−0,22\xa0€", "down")


def test_a_price_that_stayed_has_nothing_to_explain():
    assert row(price=money("4.72")).direction == "same"
    assert not row(price=money("4.72")).changed


def test_another_quantity_at_the_same_price_is_a_change():
    grown = row(price=money("4.72"), previous_quantity="4700.00")
    assert (grown.direction, grown.previous_quantity) == ("same", "4\xa0700")
    assert (grown.quantity_difference, grown.changed) == ("+36\xa0500", True)
    assert row(price=money("4.72"), previous_quantity="50000").quantity_difference == "\u22128\xa0800"
    assert row(price=money("4.72"), previous_quantity="0").previous_quantity == "0"


def test_a_price_without_a_previous_one_is_new():
    new = row(previous_price=None)
    assert (new.previous, new.difference, new.percent, new.direction) == ("", "", "", "new")


def test_a_price_that_was_nothing_has_a_difference_but_no_hundredths():
    assert (row(previous_price=money("0.00")).difference, row(previous_price=money("0.00")).percent) == (
        "+4,85\xa0€",
        "",
    )


def test_exact_prices_of_four_decimals_are_told_whole():
    assert euros(Decimal("0.0325"), "fi") == "0,0325\xa0€"


@pytest.mark.parametrize(
    ("language", "amount", "quantity"),
    [
        ("fi", "1\xa0204,50\xa0€", "41\xa0200"),
        ("sv", "1\xa0204,50\xa0€", "41\xa0200"),
        ("en", "€1,204.50", "41,200"),
    ],
)
def test_numbers_are_said_in_the_readers_way(language, amount, quantity):
    assert euros(Decimal("1204.5"), language) == amount
    assert number(Decimal("41200.00"), language) == quantity


def test_rows_are_told_site_by_site_in_the_order_of_names():
    rows = [
        row(site_id="2", site_name="Ylikiimingin koulu"),
        row(site_id="1", site_name="Alppilan koulu", service="meals"),
        row(site_id="1", site_name="Alppilan koulu", service="cleaning"),
    ]
    places = by_site(rows, rows)
    assert [place.site_name for place in places] == ["Alppilan koulu", "Ylikiimingin koulu"]
    assert [each.line.service for each in places[0].rows] == ["cleaning", "meals"]


def test_changes_are_counted_by_direction():
    grown = row(price=money("4.72"), previous_quantity="4700")
    counted = changes_of([row(), row(price=money("4.72")), row(previous_price=None), grown])
    assert (counted.up, counted.down, counted.same, counted.new, counted.total) == (1, 0, 2, 1, 4)
    assert (counted.quantities, counted.changed) == (1, 3)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("4,85", "4.85"), ("4.85 €", "4.85"), ("41 200", "41200"), ("41\xa0200", "41200"), ("0", "0")],
)
def test_typed_numbers_are_understood(typed, value):
    assert decimal_of(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "paljon", "-1", "1,2,3", "NaN", "Infinity", "1e2000", "٣"])
def test_what_is_not_a_number_from_zero_up_is_not_understood(typed):
    assert decimal_of(typed) is None
