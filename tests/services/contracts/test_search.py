"""Contracts and milestones found by words."""

from chassis.database import Database
from tests.services.contracts.world import World
from tests.support.statements import statements


def test_words_that_nothing_has_ask_for_no_names(world: World, database: Database) -> None:
    with statements(database) as sent:
        assert world.ask(world.contact, "GET", "/search?q=xyzzy")["items"] == []

    assert len(sent) == 2
