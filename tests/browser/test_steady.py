"""Pages that do not jump while they load, and tell where one is in forced colours too."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.rooms import Known
from tests.browser.visits import DESKTOP, PHONE, Visits

MOST_SHIFT = 0.02
WATCH = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
_GROUNDS = """links => links.map(
  (link) => [link.hasAttribute("aria-current"), getComputedStyle(link).backgroundColor]
)"""


def _shift(page: Page, address: str) -> float:
    """Return how much of the page moved until its fonts had come and a frame was drawn with them."""
    page.goto(address)
    page.evaluate(f"document.fonts.ready.then(() => {DRAWN})")
    shift: float = page.evaluate("window.shift")
    return shift


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_nothing_moves_while_a_page_loads(visits: Visits, known: Known, size: tuple[int, int]) -> None:
    page = visits.of("school-head", size=size)
    page.add_init_script(WATCH)
    addresses = [
        "/sign-in",
        "/",
        "/feedback/new",
        "/cases",
        "/cases/{case_id}".format(**known("received_case")),
        "/clock",
    ]
    moved = {address: _shift(page, address) for address in addresses}
    assert {address: shift for address, shift in moved.items() if shift > MOST_SHIFT} == {}


@pytest.mark.parametrize("address", ["/sign-in", "/", "/cases"])
def test_nothing_moves_when_the_fonts_come_late(visits: Visits, address: str) -> None:
    page = visits.of("school-head", size=PHONE)
    page.add_init_script(WATCH)
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate(DRAWN)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.evaluate(f"document.fonts.ready.then(() => {DRAWN})")
    assert page.evaluate("window.shift") <= MOST_SHIFT


def test_the_current_view_and_room_are_marked_in_forced_colours(visits: Visits) -> None:
    page = visits.of("handler")
    page.emulate_media(forced_colors="active")
    page.goto("/cases")
    for links in (".filters a", ".ways a"):
        grounds = page.locator(links).evaluate_all(_GROUNDS)
        current = {ground for chosen, ground in grounds if chosen}
        assert current, links
        assert current.isdisjoint({ground for chosen, ground in grounds if not chosen}), links
