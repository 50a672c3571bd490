"""What a contract year costs, and why (N1): round sums, steps that add up, sites by their biggest change."""

import re
from decimal import Decimal

import pytest

from tests.web.contracts.city import YEAR, a_cost, a_line, a_target, a_year, city
from tests.web.house import browser
from web.pages.contracts.cost import CostTold, compared, cost_told, round_euros
from web.pages.contracts.reads import Year


def told(**changes: str) -> CostTold:
    """Return what a year of such amounts costs, in Finnish."""
    cost = cost_told(Year.model_validate(a_year(cost={**a_cost(**changes), "services": []})), "fi")
    assert cost
    return cost


GROWN = {
    "total": "27190000.00",
    "previous_total": "25150000.00",
    "price_effect": "1500000.00",
    "quantity_effect": "600000.00",
    "ended": "-60000.00",
}


def test_a_year_tells_its_sum_and_the_difference_in_one_line() -> None:
    whole = told(**GROWN).whole
    assert (whole.round_total, whole.round_difference, whole.percent) == (
        "27,19\xa0M€",
        "+2,04\xa0M€",
        "+8,1\xa0%",
    )


@pytest.mark.parametrize(
    ("amount", "fi", "en"),
    [
        ("27190000", "27,19\xa0M€", "€27.19M"),
        ("543210.49", "543\xa0210\xa0€", "€543,210"),
        ("4812.5", "4\xa0812,50\xa0€", "€4,812.50"),
        ("-13343.05", "\u221213\xa0343\xa0€", "\u2212€13,343"),
    ],
)
def test_sums_are_rounded_as_people_say_them(amount: str, fi: str, en: str) -> None:
    assert (round_euros(Decimal(amount), "fi"), round_euros(Decimal(amount), "en")) == (fi, en)


def test_each_step_begins_where_the_one_before_it_ended() -> None:
    steps = told(**GROWN).steps
    assert [step.name for step in steps] == ["before", "price", "quantity", "ended", "now"]
    before, price, quantity, ended, now = steps
    assert price.left == pytest.approx(before.width)
    assert quantity.left == pytest.approx(price.left + price.width, abs=0.02)
    assert ended.left + ended.width == pytest.approx(quantity.left + quantity.width, abs=0.02)
    assert now.width == pytest.approx(ended.left, abs=0.02)
    assert ended.falls


def test_a_small_difference_stays_visible_and_the_scale_is_told() -> None:
    small = told(total="1002000.00", previous_total="1000000.00", price_effect="2000.00")
    assert small.scale_from == "992\xa0000\xa0€"
    assert small.steps[1].width > 15
    assert told(**GROWN | {"total": "40000000.00", "price_effect": "14310000.00"}).scale_from == ""


def test_the_first_year_has_a_sum_and_no_steps() -> None:
    year = a_year(cost={**a_cost(), "previous_total": None, "services": []})
    cost = cost_told(Year.model_validate(year), "fi")
    assert cost
    assert (cost.steps, cost.whole.direction) == ((), "new")


def test_the_first_year_tells_its_cost_by_service_and_says_once_that_it_is_the_first() -> None:
    cost = {
        **a_cost(),
        "previous_total": None,
        "services": [{**a_cost(), "service": "meals", "previous_total": None}],
    }
    line = a_line(previous_price=None, change_reason=None) | {
        "previous_yearly": None,
        "previous_quantity": None,
    }
    with browser(city(**{f"GET {YEAR}": a_year(lines=[line], cost=cost)})) as client:
        page = client.get(YEAR).text
    assert page.count("Ensimmäinen sopimusvuosi") == 1
    assert 'class="steps by-service by-service-alone"' in page
    assert not re.search(r">\s*uusi\s*<", page)


def test_a_year_without_services_has_no_sum() -> None:
    assert cost_told(Year.model_validate(a_year(lines=[])), "fi") is None


def test_a_share_of_nothing_is_not_told() -> None:
    assert compared(Decimal(5), Decimal(0), "fi").percent == ""


def test_the_page_tells_sum_steps_services_and_sites_by_their_biggest_change() -> None:
    lines = [
        a_line(
            id=f"0190a000-0000-7000-8000-0000000000{number:02x}",
            site_id=f"s{number}",
            site_name=f"Koulu {number}",
        )
        | {"yearly": {"amount": f"{1000 + number}.00", "currency": "EUR"}}
        | {"previous_yearly": {"amount": "1000.00", "currency": "EUR"}}
        for number in range(9)
    ]
    cost = {**a_cost(), "services": [{**a_cost(), "service": "meals"}]}
    with browser(city(**{f"GET {YEAR}": a_year(lines=lines, cost=cost)})) as client:
        page = client.get(YEAR).text
    assert "199\xa0820\xa0€" in page
    assert "194\xa0464,00\xa0€" in page
    sites = re.findall(r'class="site-cost-name"[^>]*>([^<]+)<', page)
    assert sites == [f"Koulu {number}" for number in reversed(range(9))]
    assert page.index("3 muuta kohdetta") < page.index("Koulu 2<")
    assert page.index("3 muuta kohdetta") > page.index("Koulu 3<")


def test_a_filter_changes_what_is_shown_and_not_what_a_site_costs() -> None:
    same = {"price": {"amount": "4.72", "currency": "EUR"}, "previous_yearly": {"amount": "199820.00"}}
    lines = [a_line(), a_line(id="0190a000-0000-7000-8000-0000000000aa", service="cleaning", **same)]
    with browser(city(**{f"GET {YEAR}": a_year(lines=lines)})) as client:
        page = client.get(YEAR, params={"prices": "changed"}).text
    assert re.findall(r'class="site-cost-sum">([^<]+)<', page) == ["399\xa0640\xa0€"]
    assert page.count("<strong>Puhtaus</strong>") == 0


def test_the_same_promises_are_said_once() -> None:
    same = [a_target(service=service) for service in ("meals", "cleaning")]
    other = a_target(service="meals", severity="critical", response={"basis": "calendar", "duration": "PT1H"})
    with browser(city(**{f"GET {YEAR}": a_year(targets=same)})) as client:
        once = client.get(YEAR).text
    with browser(city(**{f"GET {YEAR}": a_year(targets=[*same, other])})) as client:
        apart = client.get(YEAR).text
    heads = r'<tr role="row" class="place">\s*<th[^>]*>([^<]+)<'
    assert re.findall(heads, once) == ["Ateriat, puhtaus"]
    assert sorted(re.findall(heads, apart)) == ["Ateriat", "Puhtaus"]
