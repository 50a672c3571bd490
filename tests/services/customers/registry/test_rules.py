"""Rules of the registry, without a database."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.customers.names import patterns, search_text, sort_key
from services.customers.registry.rules import flaws_of_customer, is_business_id, number_after
from services.customers.vocabulary import CustomerKind

ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("text", ["0187690-1", "0112038-9", "2345678-0"])
def test_a_business_id_with_the_right_check_digit_is_good(text: str) -> None:
    assert is_business_id(text)


@pytest.mark.parametrize("text", ["0187690-2", "187690-1", "01876901", "0187690-1 ", "٠١٨٧٦٩٠-1", ""])
def test_another_form_or_check_digit_is_not(text: str) -> None:
    assert not is_business_id(text)


@given(st.integers(0, 9_999_999), st.integers(0, 9))
def test_at_most_one_check_digit_fits_a_number(number: int, digit: int) -> None:
    good = [each for each in range(10) if is_business_id(f"{number:07d}-{each}")]
    assert len(good) <= 1
    assert is_business_id(f"{number:07d}-{digit}") == (digit in good)


def test_an_external_customer_has_no_place_in_the_city() -> None:
    assert flaws_of_customer(CustomerKind.EXTERNAL, None, None, None) == []
    flaws = flaws_of_customer(CustomerKind.EXTERNAL, ONE, TWO, ONE)
    assert flaws == [("department_id", "external_has_none"), ("customer_group_id", "external_has_none")]


def test_an_internal_customer_needs_a_department_and_a_group_of_it() -> None:
    assert flaws_of_customer(CustomerKind.INTERNAL, ONE, TWO, ONE) == []
    assert flaws_of_customer(CustomerKind.INTERNAL, ONE, None, None) == []
    missing = flaws_of_customer(CustomerKind.INTERNAL, None, None, None)
    assert missing == [("department_id", "internal_needs_department")]
    foreign = flaws_of_customer(CustomerKind.INTERNAL, ONE, TWO, TWO)
    assert foreign == [("customer_group_id", "group_of_other_department")]


def test_numbers_rise_and_outgrow_their_width() -> None:
    assert number_after("K", 4, None) == "K-0001"
    assert number_after("K", 4, 123) == "K-0124"
    assert number_after("A", 3, 999) == "A-1000"


def test_names_are_ordered_as_in_the_finnish_alphabet() -> None:
    names = ["Öljymäki", "Zeppelin", "Ånäs", "äimärauta", "Alppila", "Éclair", "Eden"]
    assert sorted(names, key=sort_key) == [
        "Alppila",
        "Éclair",
        "Eden",
        "Zeppelin",
        "Ånäs",
        "äimärauta",
        "Öljymäki",
    ]


def test_short_words_match_beginnings_and_longer_ones_anything() -> None:
    assert patterns("Ko KOULU koulu") == ["% ko%", "%koulu%"]
    assert patterns("50%_\\") == ["%50\\%\\_\\\\%"]
    assert search_text("K-0001", "Kaakkurin koulu", None, "koulu") == " k-0001 kaakkurin koulu"
