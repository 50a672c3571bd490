"""Databases know how new their schema is, and whether the demo city lives there."""

import pytest
from alembic.script import ScriptDirectory

from kumppani import databases
from kumppani.errors import SetupError
from kumppani.parts import OWNERS
from kumppani.postgres import PrivatePostgres
from migrations import environment
from tests.conftest import DatabaseMaker


@pytest.mark.parametrize("name", OWNERS)
def test_the_newest_revision_is_the_one_that_alembic_finds(name: str) -> None:
    script = ScriptDirectory.from_config(environment.config(name, ""))
    assert databases.head(name) == script.get_current_head()


def test_a_new_database_is_migrated_once(postgres: PrivatePostgres) -> None:
    postgres.create_database("unmigrated")
    urls = {"gateway": postgres.url("unmigrated")}
    assert databases.pending(urls) == ["gateway"]
    databases.migrate("gateway", urls["gateway"])
    assert databases.pending(urls) == []
    postgres.drop_database("unmigrated")


def test_the_demo_city_leaves_its_mark_in_the_database(database_url_for: DatabaseMaker) -> None:
    url = database_url_for("customers")
    assert databases.demo_state(url) == ""
    assert not databases.holds_data(url)
    databases.mark_demo(url, "filling")
    assert databases.demo_state(url) == "filling"
    databases.mark_demo(url, "filled")
    assert databases.demo_state(url) == "filled"


def test_a_database_that_does_not_answer_is_told_in_one_sentence() -> None:
    with pytest.raises(SetupError, match="A database does not answer"):
        databases.revision("postgresql://nobody@127.0.0.1:9/nothing")
