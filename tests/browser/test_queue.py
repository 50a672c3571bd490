"""The queue as a day's work: how many presses and pages it takes, keys, and the way back to the row."""

import re

from playwright.sync_api import Locator, Page, Request, expect

from tests.access.things import Things
from tests.browser.looking import faults_by_axe
from tests.browser.visits import Visits

MOST_CLICKS = 22
MOST_PAGES = 12


class Counted:
    """A page whose presses and documents are counted; an answer that redirects is one document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.documents = 0
        page.on("request", self._count)

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def _count(self, request: Request) -> None:
        if request.is_navigation_request() and request.redirected_from is None:
            self.documents += 1


def ten_of_a_site(things: Things) -> str:
    """Report ten and return the address of the site's list."""
    made = [things.of("received_case") for _ in range(10)]
    return f"/cases?view=open&site_id={made[0]['site_id']}"


def test_ten_cases_are_answered_in_few_presses_and_pages(visits: Visits, things: Things) -> None:
    address = ten_of_a_site(things)
    page = visits.of("handler")
    counted = Counted(page)
    page.goto(address)
    counted.click(page.locator(".case-row .case-subject a").first)
    seen = set()
    for _ in range(10):
        expect(page.get_by_role("button", name="Lähetä vastaus")).to_be_visible()
        seen.add(page.url.partition("?")[0])
        box = page.get_by_role("textbox", name="Viesti asiakkaalle")
        counted.click(box)
        page.keyboard.type("Hoidan asian tänään.")
        with page.expect_navigation():
            counted.click(page.get_by_role("button", name="Lähetä vastaus"))

    assert len(seen) == 10
    assert counted.clicks <= MOST_CLICKS
    assert counted.documents <= MOST_PAGES
    assert visits.complaints == []


def test_keys_lead_through_the_list_to_the_answer_and_back_to_the_row(visits: Visits, things: Things) -> None:
    page = visits.of("handler")
    page.goto(ten_of_a_site(things))
    rows = page.locator(".case-row .case-subject a")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("r")
    page.wait_for_url(re.compile("/cases/.*#field-body"))
    box = page.get_by_role("textbox", name="Viesti asiakkaalle")
    expect(box).to_be_focused()
    page.keyboard.type("j?/")
    expect(box).to_have_value("j?/")
    page.locator(".kicker a").click()
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Sana tai numero")).to_be_focused()
    assert visits.complaints == []


def test_keys_are_listed_and_can_be_switched_off_for_good(visits: Visits) -> None:
    page = visits.of("handler")
    page.goto("/cases?view=open")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Pikanäppäimet")
    expect(dialog).to_be_visible()
    assert faults_by_axe(page) == ""
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    for _ in range(2):
        page.keyboard.press("?")
        page.keyboard.press("j")
        expect(dialog).to_be_hidden()
        expect(page.locator(".case-row :focus")).to_have_count(0)
        page.reload()
    page.get_by_role("button", name="Pikanäppäimet").click()
    expect(dialog.get_by_role("checkbox")).not_to_be_checked()
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Sulje").click()
    page.keyboard.press("j")
    expect(page.locator(".case-row :focus")).to_have_count(1)
