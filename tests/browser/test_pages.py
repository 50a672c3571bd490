"""Each page, light and dark, on a desk and a phone: nothing that axe finds, nothing wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import faults_by_axe, too_wide, unseen_stops
from tests.browser.rooms import NO_PAGES, ROOMS, Known, Room
from tests.browser.served import ServedCity
from tests.browser.visits import DESKTOP, PHONE, Visits


@pytest.fixture(scope="module")
def tour(chrome: Browser, city: ServedCity) -> Iterator[Visits]:
    """One browser for everybody, kept open from page to page."""
    visits = Visits(chrome, city)
    yield visits
    visits.end()


def test_every_page_is_looked_at(city: ServedCity) -> None:
    read = {path for method, path in city.routes("web") if method == "GET"}
    assert read == NO_PAGES | {room.route for room in ROOMS}


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_page_can_be_used_by_anybody(tour: Visits, known: Known, room: Room) -> None:
    page = tour.at_the_same_window(room.who)
    tour.complaints.clear()
    answer = page.goto(room.path(known))
    assert answer is not None
    assert answer.status == room.status
    assert unseen_stops(page) == []
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert faults_by_axe(page) == ""
    assert too_wide(page) == []
    expected = [] if room.status == 200 else [f"the server responded with a status of {room.status}"]
    assert len(tour.complaints) == len(expected)
    assert all(words in complaint for words, complaint in zip(expected, tour.complaints, strict=True))
    # What is open would go on asking for news; a blank page would take another process of the browser's.
    page.goto("/robots.txt")
