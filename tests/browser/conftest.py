"""A served city and a browser, shared by the tests of this folder; pages of a person's own for each test.

Both end when a worker leaves the folder: Playwright's loop would be in the way of others' loops.
"""

import functools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from kumppani.postgres import PrivatePostgres
from tests.access.things import Things
from tests.browser.rooms import Known
from tests.browser.served import ServedCity, serve_city
from tests.browser.visits import MILLISECONDS, Visits
from tests.city import clones_of
from tests.support.browser import FLAGS, chromium


@pytest.fixture(scope="package")
def city(
    lived_in_postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedCity]:
    """The whole product over a filled city, at a port of this machine."""
    with (
        clones_of(lived_in_postgres, "browser") as urls,
        serve_city(urls, tmp_path_factory.mktemp("words")) as served,
    ):
        yield served


@pytest.fixture(scope="package")
def things(city: ServedCity) -> Things:
    """The school's things."""
    return Things(city)


@pytest.fixture(scope="package")
def known(things: Things) -> Known:
    """Ids of things that nothing is done to, made once."""
    return functools.cache(things.of)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """One Chromium for all."""
    path = chromium()
    assert path, "No Chromium: run python -m tests.support.browser"
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visits(chrome: Browser, city: ServedCity) -> Iterator[Visits]:
    """``visits.of("handler")``: a page in a fresh browser profile, signed in as a demo person."""
    visits = Visits(chrome, city)
    yield visits
    visits.end()
