"""Search with a keyboard: suggestions below the box, and the quick menu over any page."""

import re

from playwright.sync_api import expect

from tests.browser.looking import faults_by_axe
from tests.browser.visits import Visits


def test_suggestions_are_chosen_by_arrows_and_closed_by_escape(visits: Visits) -> None:
    page = visits.of("contract-contact")
    page.goto("/")
    page.locator("#search-head").focus()  # it becomes a combobox now
    box = page.get_by_role("combobox", name="Hae Kumppanista").first
    box.press_sequentially("vuosikel")
    option = page.get_by_role("option", name="Vuosikello", exact=True)
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert faults_by_axe(page) == ""
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("vuosikel")
    page.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/clock"))
    page.wait_for_load_state("load")

    page.keyboard.press("Control+k")
    menu = page.get_by_role("dialog", name="Pikavalikko")
    expect(menu.get_by_role("option", name="Anna palautetta")).to_be_visible()
    assert faults_by_axe(page) == ""
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
