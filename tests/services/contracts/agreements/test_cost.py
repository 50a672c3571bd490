"""What a contract year costs and where the difference comes from, exact to the cent (need N1)."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.agreements.cost import compare, cost_by_service, cost_of, line_cost, yearly
from services.contracts.agreements.model import ContractLine
from services.contracts.agreements.vocabulary import Unit
from tests.services.contracts.world import World, a_line
from trade.vocabulary import Service

PRICES = st.decimals("0", "500", places=4)
QUANTITIES = st.decimals("0", "2000000", places=2)


def line(
    price: str | Decimal,
    quantity: str | Decimal,
    before: tuple[str | Decimal | None, str | Decimal | None] = (None, None),
    unit: Unit = Unit.MEAL,
    service: Service = Service.MEALS,
) -> ContractLine:
    """Return a line; ``before`` is its price and its quantity of the year before."""
    old_price, old_quantity = (None if each is None else Decimal(each) for each in before)
    return ContractLine(
        year_id=UUID(int=1),
        position=1,
        site_id=UUID(int=2),
        service=service,
        standard="Koululounas",
        price=Decimal(price),
        unit=unit,
        quantity=Decimal(quantity),
        previous_price=old_price,
        previous_quantity=old_quantity,
    )


@pytest.mark.parametrize(
    ("price", "unit", "quantity", "euros"),
    [
        ("4.85", Unit.MEAL, "41200", "199820.00"),
        ("2.65", Unit.M2_MONTH, "744", "23659.20"),
        ("1250", Unit.MONTH, "12", "15000.00"),
        ("0.0001", Unit.MEAL, "50", "0.01"),
    ],
)
def test_a_line_costs_its_price_as_often_as_it_is_paid(price: str, unit: Unit, quantity: str, euros: str):
    assert yearly(Decimal(price), unit, Decimal(quantity)) == Decimal(euros)


def test_nine_times_the_floor_at_the_same_price_is_told_as_quantity() -> None:
    cost = line_cost(line("2.65", "6836", ("2.65", "744"), Unit.M2_MONTH, Service.CLEANING), None)
    assert (cost.before, cost.now) == (Decimal("23659.20"), Decimal("217384.80"))
    assert (cost.by_price, cost.by_quantity) == (0, Decimal("193725.60"))


def test_a_line_without_a_quantity_of_the_year_before_changed_by_its_price_alone() -> None:
    cost = line_cost(line("4.85", "41200", ("4.72", None)), None)
    assert (cost.by_price, cost.by_quantity) == (Decimal("5356.00"), 0)


def test_new_and_left_out_lines_have_their_own_part() -> None:
    new = line("5", "10", service=Service.COFFEE)
    gone = line("3", "100", service=Service.CLEANING)
    cost = cost_of(compare([line("4.85", "1000"), new], [line("4.80", "1000"), gone]))
    assert (cost.before, cost.now) == (Decimal("5100.00"), Decimal("4900.00"))
    assert (cost.by_price, cost.added, cost.ended) == (Decimal("50.00"), Decimal("50.00"), Decimal("-300.00"))


def test_what_the_year_before_says_wins_over_what_the_line_tells_of_it() -> None:
    (pair,) = compare([line("5", "100", ("3", "80"))], [line("4", "90")]).followed
    assert line_cost(*pair).before == Decimal("360.00")


def test_another_unit_of_the_same_service_is_a_change_of_price() -> None:
    (pair,) = compare([line("2", "1000", unit=Unit.M2_MONTH)], [line("1900", "12", unit=Unit.MONTH)]).followed
    cost = line_cost(*pair)
    assert (cost.before, cost.by_price, cost.by_quantity) == (Decimal("22800.00"), Decimal("1200.00"), 0)


def test_a_line_that_was_removed_and_added_again_follows_the_same_one() -> None:
    cost = cost_of(compare([line("5", "100")], [line("4", "100")]))
    assert (cost.before, cost.added, cost.ended) == (Decimal("400.00"), 0, 0)


def test_the_service_that_changes_most_comes_first() -> None:
    meals = line("5", "100", ("4", "100"))
    floors = line("2", "1000", ("3", "1000"), Unit.M2_MONTH, Service.CLEANING)
    assert [service for service, _ in cost_by_service(compare([meals, floors], []))] == [
        Service.CLEANING,
        Service.MEALS,
    ]


@given(
    lines=st.lists(
        st.builds(
            lambda price, quantity, old_price, old_quantity, unit: line(
                price, quantity, (old_price, old_quantity), unit
            ),
            PRICES,
            QUANTITIES,
            st.none() | PRICES,
            st.none() | QUANTITIES,
            st.sampled_from(Unit),
        ),
        max_size=6,
    ),
    before=st.lists(st.builds(line, PRICES, QUANTITIES, unit=st.sampled_from(Unit)), max_size=8),
)
def test_the_effects_add_up_to_the_cent(lines: list[ContractLine], before: list[ContractLine]) -> None:
    compared = compare(lines, before)
    whole = cost_of(compared)
    assert whole.now == (whole.before or 0) + whole.by_price + whole.by_quantity + whole.added + whole.ended
    parts = [cost for _, cost in cost_by_service(compared)]
    assert sum((each.now for each in parts), Decimal()) == whole.now
    assert sum((each.before or Decimal() for each in parts), Decimal()) == (whole.before or 0)


def test_a_year_tells_its_cost_and_what_changed(world: World) -> None:
    contract = world.contract()
    world.signed(2026, contract)
    path = world.draft(2027, copy_from=2026, contract=contract)
    meals = world.ask(world.account_manager, "GET", path)["lines"][0]
    kept = {
        **{name: meals[name] for name in meals if name not in ("site_name", "yearly", "previous_yearly")},
        "price": {"amount": "4.95"},
        "quantity": "42000",
        "change_reason": "Raaka-aineet kallistuivat.",
    }
    year = world.edit(path, "lines", {"items": [kept]})
    assert year["lines"][0]["yearly"]["amount"] == "207900.00"
    assert year["lines"][0]["previous_yearly"]["amount"] == "199820.00"
    told = {name: each["amount"] for name, each in year["cost"].items() if name != "services"}
    assert told["total"] == "207900.00"
    assert told["price_effect"] == "4200.00"
    assert told["quantity_effect"] == "3880.00"
    assert Decimal(told["ended"]) < 0  # the other line of 2026 has no successor
    effects = ("previous_total", "price_effect", "quantity_effect", "added", "ended")
    assert sum(Decimal(told[name]) for name in effects) == Decimal(told["total"])


def test_the_first_year_has_nothing_before_it(world: World) -> None:
    path = world.draft()
    cost = world.edit(path, "lines", {"items": [a_line(world.site)]})["cost"]
    assert cost["previous_total"] is None
    assert cost["added"] == cost["total"] == {"amount": "199820.00", "currency": "EUR"}


def test_a_sites_people_read_what_their_own_site_costs(world: World) -> None:
    path = world.signed()
    whole = world.ask(world.contact, "GET", path)
    own = world.ask(world.head, "GET", path)
    assert len(own["lines"]) < len(whole["lines"])
    assert Decimal(own["cost"]["total"]["amount"]) == sum(
        Decimal(line["yearly"]["amount"]) for line in own["lines"]
    )
