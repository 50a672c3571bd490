"""Two people at the same thing: neither writes over the other, and each sees the other's news."""

import re

from playwright.sync_api import Page, expect

from tests.access.things import Things
from tests.browser.looking import faults_by_axe
from tests.browser.served import ServedCity
from tests.browser.visits import Visits

LOOKS_AGAIN = 20_000
"""Milliseconds between two looks for news."""


def _at(page: Page, path: str) -> Page:
    page.clock.install()
    page.goto(path)
    return page


def test_a_stale_answer_shows_both_texts(visits: Visits, city: ServedCity, things: Things) -> None:
    case = things.of("received_case")["case_id"]
    page = visits.of("handler")
    page.goto(f"/cases/{case}")
    page.get_by_role("textbox", name="Viesti asiakkaalle").fill("Selvitän asiaa keittiöltä.")
    city.do("supervisor", "POST", f"/cases/{case}/messages", {"body": "Olen jo matkalla.", "public": True})
    page.get_by_role("button", name="Lähetä vastaus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Joku muu ehti ensin")
    expect(page.get_by_role("region", name="Tämä tuli sillä välin")).to_contain_text("Olen jo matkalla.")
    expect(page.get_by_role("region", name="Sinun tekstisi")).to_contain_text("Selvitän asiaa keittiöltä.")
    assert faults_by_axe(page) == ""
    page.get_by_role("button", name="Lähetä silti").click()
    expect(page.get_by_text("Viesti on lähetetty.")).to_be_visible()
    conversation = page.get_by_role("region", name="Keskustelu")
    expect(conversation).to_contain_text("Olen jo matkalla.")
    expect(conversation).to_contain_text("Selvitän asiaa keittiöltä.")


def test_the_queue_is_renewed_under_the_reader(visits: Visits, city: ServedCity, things: Things) -> None:
    there = things.of("received_case")["case_id"]
    page = _at(visits.of("handler"), "/cases?view=open&received=today")
    row = page.locator(f"#row-{there}")
    expect(row).to_contain_text("Vastaanotettu")
    field = page.get_by_role("searchbox", name="Sana tai numero")
    field.press_sequentially("keit")
    things.of("received_case")
    city.do("supervisor", "POST", f"/cases/{there}/acknowledge", {})
    page.clock.fast_forward(LOOKS_AGAIN)
    news = page.locator("#queue-news")
    expect(news).to_contain_text("1 uusi palaute.")
    expect(row).to_contain_text("Otettu käsittelyyn")
    expect(field).to_be_focused()
    expect(field).to_have_value("keit")
    news.get_by_role("link", name="Päivitä lista").click()
    expect(page.locator(".case-row").first).to_be_visible()
    assert visits.complaints == []


def test_a_case_is_renewed_under_the_writer(visits: Visits, city: ServedCity, things: Things) -> None:
    case = things.of("received_case")["case_id"]
    page = _at(visits.of("school-head"), f"/cases/{case}")
    box = page.get_by_role("textbox", name="Viesti käsittelijälle")
    box.press_sequentially("Lisäksi maito")
    body = {"body": "Kuljetus lähti uudelleen.", "public": True}
    city.do("handler", "POST", f"/cases/{case}/messages", body)
    page.clock.fast_forward(LOOKS_AGAIN)
    expect(page.locator("#case-news")).to_contain_text(re.compile("Uusi viesti: Seppo Manninen."))
    expect(page.get_by_role("region", name="Keskustelu")).to_contain_text("Kuljetus lähti uudelleen.")
    expect(box).to_be_focused()
    expect(box).to_have_value("Lisäksi maito")
    assert visits.complaints == []
