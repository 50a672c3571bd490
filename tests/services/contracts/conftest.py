"""The contracts service on a real database, on a Tuesday in March 2026 until a test moves the clock."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chassis.database import Database
from services.contracts.app import create_app
from services.contracts.copies.model import KnownSite
from services.contracts.settings import ContractsSettings
from tests.actors import private_jwk, trusted_keys
from tests.services.contracts.world import NOW, World
from tests.support.client import Client


@pytest.fixture(scope="module")
def database(module_database_url_for: Callable[[str], str]) -> Iterator[Database]:
    """The service's database, kept for a module's tests."""
    made = Database(module_database_url_for("contracts"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def settings(database: Database) -> ContractsSettings:
    """The service's settings."""
    return ContractsSettings(
        database_url=database.url,
        trusted_keys=trusted_keys(),
        signing_key=private_jwk("contracts"),
        log_level="ERROR",
        pages_url="https://kumppani.example",
    )


@pytest.fixture(scope="module")
def app(database: Database, settings: ContractsSettings) -> FastAPI:
    """The service."""
    return create_app(settings, database=database)


@pytest.fixture(scope="module")
def _client(app: FastAPI) -> Iterator[TestClient]:
    with Client(app) as made:
        yield made


@pytest.fixture
def client(_client: TestClient, app: FastAPI) -> TestClient:
    """A client of the service, its clock back in March."""
    app.state.clock = lambda: NOW
    return _client


@pytest.fixture
def world(client: TestClient, database: Database) -> World:
    """Two customers with their sites and everybody who may ask, new for each test."""
    made = World(client)
    with database.session() as session:
        for site, customer in made.sites.items():
            session.add(KnownSite(id=site, customer_id=customer, name=""))
    return made


@pytest.fixture
def at(app: FastAPI) -> Callable[[datetime], None]:
    """``at(moment)`` sets the service's clock for the rest of the test."""

    def move(moment: datetime) -> None:
        app.state.clock = lambda: moment

    return move
