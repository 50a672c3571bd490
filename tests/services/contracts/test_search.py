"""Contracts and milestones found by words."""

from chassis.database import Database
from tests.services.contracts.world import World
from tests.support.statements import statements


def test_words_that_nothing_has_ask_for_no_names(world: World, database: Database) -> None:
    with statements(database) as sent:
        assert world.ask(world.contact, "GET", "/search?q=xyzzy")["items"] == []

    assert len(sent) == 2


def test_a_reference_finds_its_contract_with_or_without_zeros_and_no_stranger(world: World) -> None:
    reference = str(world.contract()["reference"])
    year, number = reference.removeprefix("S-").split("-")

    for q in (reference, f"s-{year}-{int(number)}", f"S{year}-{int(number)}"):
        [hit] = world.ask(world.contact, "GET", f"/search?q={q}")["items"]
        assert (hit["title"], hit["exact"]) == (reference, True), q
        assert world.ask(world.stranger, "GET", f"/search?q={q}")["items"] == [], q
    assert not any(each["exact"] for each in world.ask(world.contact, "GET", "/search?q=S-")["items"])
