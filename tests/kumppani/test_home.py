"""The secrets and settings of a private Kumppani."""

import json
from pathlib import Path

import pytest

from chassis.actors import Actor, ActorSigner, ActorVerifier
from kumppani.home import Home
from kumppani.keys import Keys
from kumppani.parts import OWNERS


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    keys = Keys(tmp_path / "keys")
    keys.make()
    return keys


def test_secrets_are_readable_by_their_owner_only(keys: Keys) -> None:
    assert keys.folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in keys.folder.iterdir()} == {0o600}


def test_a_second_start_keeps_the_secrets(keys: Keys) -> None:
    before = {file.name: file.read_text() for file in keys.folder.iterdir()}
    keys.make()
    assert {file.name: file.read_text() for file in keys.folder.iterdir()} == before


@pytest.mark.parametrize("name", OWNERS)
def test_each_part_believes_what_another_signs(keys: Keys, name: str) -> None:
    token = ActorSigner(name, keys.signing(name).read_text()).as_itself("feedback")
    actor = ActorVerifier("feedback", keys.trusted.read_text()).verify(token)
    assert isinstance(actor, Actor)
    assert actor.subject == f"service:{name}"


def test_public_keys_hold_nothing_private(keys: Keys) -> None:
    assert all("d" not in key for key in json.loads(keys.trusted.read_text())["keys"])


def test_a_configured_database_wins_over_the_private_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    home.keys.make()
    for name in OWNERS:
        monkeypatch.setenv(f"KUMPPANI_{name.upper()}_DATABASE_URL", "postgresql://somewhere/else")
    assert not home.needs_postgres()
    assert not any(name.endswith("DATABASE_URL") for name in home.settings())
    monkeypatch.delenv("KUMPPANI_FEEDBACK_DATABASE_URL")
    assert home.needs_postgres()
    assert home.needs_postgres("feedback")
    assert not home.needs_postgres("customers")


def test_events_of_calendars_lead_to_the_port_that_was_asked_for(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.keys.make()

    assert home.settings(8123)["KUMPPANI_CONTRACTS_PAGES_URL"] == "http://127.0.0.1:8123"
    assert home.settings()["KUMPPANI_CONTRACTS_PAGES_URL"] == "http://127.0.0.1:8000"
