"""Settings: secrets from files, nothing assumed, demo mode at home only."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings


class Example(ServiceSettings):
    """Settings of a service named example."""

    model_config = SettingsConfigDict(env_prefix="KUMPPANI_EXAMPLE_")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    secret = tmp_path / "url"
    secret.write_text("postgresql://example:secret@db.example/example\n")
    monkeypatch.setenv("KUMPPANI_EXAMPLE_DATABASE_URL_FILE", str(secret))
    monkeypatch.setenv("KUMPPANI_EXAMPLE_TRUSTED_KEYS", '{"keys": []}')
    monkeypatch.setenv("KUMPPANI_EXAMPLE_SIGNING_KEY", "{}")
    return monkeypatch


def test_a_secret_comes_from_its_file(environment: pytest.MonkeyPatch) -> None:
    settings = Example()
    assert settings.database_url.get_secret_value() == "postgresql://example:secret@db.example/example"
    assert settings.demo is False


def test_a_missing_secret_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("KUMPPANI_EXAMPLE_SIGNING_KEY")
    with pytest.raises(ValidationError, match="signing_key"):
        Example()


def test_demo_mode_is_refused_beside_a_production_url(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KUMPPANI_EXAMPLE_DEMO", "true")
    with pytest.raises(ValidationError, match="demo mode refuses database_url") as caught:
        Example()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:p@127.0.0.1/db?host=db.prod.example",
        "postgresql://u:p@127.0.0.1/db?hostaddr=192.0.2.1",
        "postgresql:///db?service=production",
        "postgresql://u:p@127.0.0.1:5432,db.prod.example:5432/db",
        "host=db.prod.example dbname=db",
        "customers.prod:8000",
    ],
)
def test_demo_mode_is_refused_wherever_the_address_hides_its_host(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("KUMPPANI_EXAMPLE_DEMO", "true")
    environment.setenv("KUMPPANI_EXAMPLE_DATABASE_URL", address)

    with pytest.raises(ValidationError, match="demo mode refuses database_url"):
        Example()


def test_demo_mode_is_allowed_on_this_machine(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KUMPPANI_EXAMPLE_DEMO", "true")
    environment.setenv("KUMPPANI_EXAMPLE_DATABASE_URL", "postgresql://a:b@127.0.0.1:5432/c")
    assert Example().demo is True
