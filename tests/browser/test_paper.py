"""On paper stands what is folded on the screen: a printed contract without its prices would be none."""

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import ROOMS, Known
from tests.browser.visits import Visits


@pytest.mark.parametrize(
    ("name", "folded"), [("signed year", "table.prices"), ("case of a handler", ".strip-lines")]
)
def test_what_is_folded_is_printed(visits: Visits, known: Known, name: str, folded: str) -> None:
    room = next(each for each in ROOMS if each.name == name)
    page = visits.of(room.who)
    page.goto(room.path(known))
    part = page.locator(folded).last
    expect(part).to_be_hidden()
    page.emulate_media(media="print")
    expect(part).to_be_visible()
