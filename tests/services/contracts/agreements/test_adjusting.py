"""Prices changed by one percentage on many lines: which ones, how they are rounded, and what is recorded."""

from decimal import Decimal
from typing import Any

import pytest

from services.contracts.agreements.adjusting import after_percent
from tests.services.contracts.world import World, a_line


@pytest.mark.parametrize(
    ("price", "percent", "after"),
    [
        ("4.85", "2", "4.95"),
        ("4.8500", "2", "4.95"),
        ("2.65", "-1.5", "2.61"),
        ("0.0325", "10", "0.0358"),
        ("1250", "2.25", "1278.13"),
        ("0.01", "2", "0.01"),
        ("0", "5", "0.00"),
    ],
)
def test_a_price_keeps_its_decimals_and_is_rounded_half_up(price: str, percent: str, after: str) -> None:
    assert after_percent(Decimal(price), Decimal(percent)) == Decimal(after)


def two_services(world: World) -> str:
    """Return the path of a year with meals and cleaning at one site and cleaning at another."""
    path = world.draft()
    cleaning: dict[str, object] = {"service": "cleaning", "unit": "m2_month", "quantity": "744"}
    lines = [
        a_line(world.site),
        a_line(world.site, amount="2.65", **cleaning),
        a_line(world.next_site, amount="3.00", **cleaning),
    ]
    world.edit(path, "lines", {"items": lines})
    return path


def adjust(
    world: World, path: str, body: dict[str, object], query: str = "", *, expect: int = 200
) -> Any:  # Any: JSON as the tests read it
    version = world.ask(world.account_manager, "GET", path)["version"]
    body = {"percent": "2", "reason": "Palkkojen yleiskorotus.", **body}
    where = f"{path}/lines/adjust{query}"
    return world.ask(world.account_manager, "POST", where, body, expect=expect, if_match=f'"{version}"')


def prices(year: Any) -> list[tuple[str, str | None]]:  # Any: JSON as the tests read it
    return [(each["price"]["amount"], each["change_reason"]) for each in year["lines"]]


def test_all_cleaning_rises_and_each_price_that_changed_bears_the_reason(world: World) -> None:
    year = adjust(world, two_services(world), {"services": ["cleaning"]})
    why = "Palkkojen yleiskorotus."
    assert prices(year) == [("4.85", None), ("2.70", why), ("3.06", why)]


def test_a_site_may_be_chosen(world: World) -> None:
    path = two_services(world)
    year = adjust(world, path, {"site_ids": [str(world.next_site)], "percent": "-10"})
    assert [price for price, _ in prices(year)] == ["4.85", "2.65", "2.70"]


def test_a_dry_run_shows_the_year_as_it_would_become_and_stores_nothing(world: World) -> None:
    path = two_services(world)
    before = world.ask(world.account_manager, "GET", path)
    shown = adjust(world, path, {}, "?dry_run=true")
    assert [price for price, _ in prices(shown)] == ["4.95", "2.70", "3.06"]
    assert shown["cost"]["total"] != before["cost"]["total"]
    assert shown["version"] == before["version"]
    assert world.ask(world.account_manager, "GET", path) == before


def test_the_history_tells_the_percentage_and_only_the_lines_that_changed(world: World) -> None:
    path = two_services(world)
    adjust(world, path, {"services": ["cleaning"]})
    newest = world.ask(world.account_manager, "GET", f"{path}/history")["items"][0]
    assert (newest["what"], newest["after"]["percent"]) == ("prices_adjusted", "2")
    assert [each["price"]["amount"] for each in newest["before"]["items"]] == ["2.65", "3.00"]
    assert [each["price"]["amount"] for each in newest["after"]["items"]] == ["2.70", "3.06"]


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"percent": "0"}, "#/percent", "no_price_changes"),
        ({"services": ["coffee"]}, "#/percent", "no_price_changes"),
        ({"percent": "-100"}, "#/percent", "percent"),
        ({"percent": "2,5"}, "#/percent", "percent"),
        ({"reason": " "}, "#/reason", None),
    ],
)
def test_what_would_change_nothing_or_is_no_percentage_is_refused(
    world: World, body: dict[str, object], pointer: str, code: str | None
) -> None:
    (fault,) = adjust(world, two_services(world), body, expect=422)["errors"]
    assert fault["pointer"] == pointer
    assert code in (None, fault["code"])


def test_a_price_larger_than_a_price_can_be_is_refused_and_nothing_changes(world: World) -> None:
    path = world.draft()
    world.edit(path, "lines", {"items": [a_line(world.site), a_line(world.next_site, amount="99999999")]})
    (fault,) = adjust(world, path, {}, expect=422)["errors"]
    assert fault["code"] == "price_too_large"
    year = world.ask(world.account_manager, "GET", path)
    assert [price for price, _ in prices(year)] == ["4.85", "99999999.00"]


def test_the_customer_does_not_change_prices_and_a_stale_version_is_refused(world: World) -> None:
    path = two_services(world)
    body = {"percent": "2", "reason": "Korotus."}
    world.ask(world.contact, "POST", f"{path}/lines/adjust", body, expect=403, if_match='"99"')
    world.ask(world.stranger, "POST", f"{path}/lines/adjust", body, expect=404, if_match='"99"')
    world.ask(world.account_manager, "POST", f"{path}/lines/adjust", body, expect=412, if_match='"99"')
    world.ask(world.account_manager, "POST", f"{path}/lines/adjust", body, expect=428)


def test_the_same_change_sent_twice_with_its_key_is_made_once(world: World) -> None:
    path = two_services(world)
    version = world.ask(world.account_manager, "GET", path)["version"]
    named = {"if_match": f'"{version}"', "Idempotency_Key": f"raise-{path}"}
    body = {"percent": "2", "reason": "Korotus."}
    first, again = (
        world.ask(world.account_manager, "POST", f"{path}/lines/adjust", body, **named) for _ in range(2)
    )
    assert first == again
    assert prices(world.ask(world.account_manager, "GET", path)) == prices(first)
