"""A small city on a real database, and a client of the service for each of its people."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chassis.database import Database
from services.customers.app import create_app
from services.customers.settings import CustomersSettings
from tests.actors import private_jwk, trusted_keys
from tests.services.customers.city import NOW, City
from tests.support.client import Client


@pytest.fixture(scope="module")
def database(module_database_url_for: Callable[[str], str]) -> Iterator[Database]:
    """The service's database, kept for a module's tests."""
    made = Database(module_database_url_for("customers"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(database: Database) -> FastAPI:
    """The service, on a Tuesday in March."""
    settings = CustomersSettings(
        database_url=database.url,
        trusted_keys=trusted_keys(),
        signing_key=private_jwk("customers"),
        log_level="ERROR",
    )
    return create_app(settings, database=database, clock=lambda: NOW)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that has not signed in."""
    with Client(app) as made:
        yield made


@pytest.fixture(scope="module")
def city(client: TestClient, database: Database) -> City:
    """The small city. Tests that change something of it make their own first."""
    return City(client, database)
