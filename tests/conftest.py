"""A real PostgreSQL for the whole run, with a fresh, migrated database for whoever asks."""

import gc
import socket
from collections.abc import Callable, Iterator

import pytest
from xdist.remote import Producer

from kumppani.postgres import PrivatePostgres
from tests.support.databases import Databases
from tests.support.memory import a_quick_folder
from tests.support.order import DearestFirst, place_of

DatabaseMaker = Callable[[str], str]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> DearestFirst:
    """Let the workers take the tests unit by unit."""
    return DearestFirst(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """List a worker's tests in the order in which the units are to be taken."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector is not to look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """A private server that lives as long as this worker's tests; not durable, so quick."""
    with (
        a_quick_folder("kumppani-tests-") as folder,
        PrivatePostgres(folder / "postgres", durable=False) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def databases(postgres: PrivatePostgres) -> Databases:
    """The migrated databases of this worker's tests."""
    return Databases(postgres)


@pytest.fixture
def database_url_for(databases: Databases) -> Iterator[DatabaseMaker]:
    """``database_url_for("feedback")``: the address of an empty, migrated database, for one test alone."""
    yield from _lent(databases)


@pytest.fixture(scope="module")
def module_database_url_for(databases: Databases) -> Iterator[DatabaseMaker]:
    """The same, kept for all tests of a module that only read or keep out of each other's way."""
    yield from _lent(databases)


def _lent(databases: Databases) -> Iterator[DatabaseMaker]:
    lent: list[tuple[str, str]] = []

    def lend(service: str) -> str:
        url = databases.take(service)
        lent.append((service, url))
        return url

    yield lend
    for service, url in lent:
        databases.give_back(service, url)


@pytest.fixture(scope="session")
def lived_in_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivatePostgres]:
    """A server of this worker's with the demo city, which is filled once in a run; to be cloned from."""
    from tests.support.city import copy_of_the_city  # the whole product is loaded only where it is used

    with a_quick_folder("kumppani-city-") as folder:
        var = copy_of_the_city(tmp_path_factory, folder / "var")
        with PrivatePostgres(var / "postgres", durable=False) as server:
            yield server


@pytest.fixture(scope="module")
def filled_city(
    lived_in_postgres: PrivatePostgres, request: pytest.FixtureRequest
) -> Iterator[dict[str, str]]:
    """The addresses of four databases with the demo city of `tests.city.NOW`, a module's own, by part."""
    from tests import city

    name = request.module.__name__.replace(".", "_")[-40:]
    with city.clones_of(lived_in_postgres, name) as urls:
        yield urls


@pytest.fixture
def unused_port() -> int:
    """A port of 127.0.0.1 where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
