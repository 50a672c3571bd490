"""The main job in a browser that runs no scripts: told, taken up, asked, answered and settled."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visits import Visits

WORD = "Puuro oli palanut pohjaan aamupalalla."


def _enter(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.locator(f'button[value="{username}"]').click()
    expect(page).to_have_url(re.compile("/$"))


def test_the_main_job_without_scripts(visits: Visits) -> None:
    head = visits.of(scripts=False)
    _enter(head, "school-head")
    head.get_by_role("main").get_by_role("link", name="Anna palautetta").click()
    head.locator("label", has_text="Jokin on pielessä").click()
    head.get_by_role("textbox", name="Mitä tapahtui?").fill(WORD)
    head.get_by_role("button", name="Lähetä palaute").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("Kiitos, palaute on perillä")
    expect(head.get_by_role("region", name="Sinulle vastaa")).to_be_visible()
    expect(head.get_by_role("main")).to_contain_text("Vastaus viimeistään")
    number = re.search(r"P-\d+-\d+", head.get_by_role("main").inner_text())
    assert number
    head.get_by_role("link", name="Seuraa palautetta").click()

    handler = visits.of(scripts=False)
    _enter(handler, "handler")
    handler.goto("/cases?view=open")
    handler.locator("summary", has_text="Hae ja rajaa").click()
    handler.get_by_role("searchbox", name="Sana tai numero").fill(number[0])
    handler.get_by_role("button", name="Hae palautteita").click()
    handler.get_by_role("link", name="Puuro oli palanut pohjaan aamupalalla").click()
    handler.get_by_role("button", name="Otan hoitaakseni, vastaan myöhemmin").click()
    expect(handler.get_by_text("Palaute on nyt käsittelyssä.")).to_be_visible()
    handler.get_by_role("textbox", name="Viesti asiakkaalle").fill("Monelleko sitä ehdittiin jakaa?")
    handler.get_by_role("checkbox", name="Avaa lähetyksen jälkeen listan seuraava").uncheck()
    handler.get_by_role("button", name="Kysy ja odota vastausta").click()
    expect(handler.get_by_text("Ratkaisun kello odottaa vastausta.")).to_be_visible()

    head.reload()
    head.get_by_role("textbox", name="Vastauksesi").fill("Kahdelle luokalle.")
    head.get_by_role("button", name="Lähetä vastaus").click()
    expect(head.get_by_text("Viesti on lähetetty.")).to_be_visible()

    handler.reload()
    handler.get_by_role("textbox", name="Viesti asiakkaalle").fill("Keittiö sai uuden kattilan.")
    handler.get_by_role("button", name="Vastaa ja merkitse ratkaistuksi").click()
    expect(handler.get_by_text("Palaute on merkitty ratkaistuksi.")).to_be_visible()

    head.reload()
    expect(head.get_by_role("main")).to_contain_text("Keittiö sai uuden kattilan.")
    head.get_by_role("button", name="Kunnossa", exact=True).click()
    expect(head.get_by_text("Palaute on suljettu.")).to_be_visible()


def test_pressed_twice_makes_one_without_scripts(visits: Visits) -> None:
    page = visits.of("school-head", scripts=False)
    page.goto("/feedback/new")
    page.locator("label", has_text="Kiitos").click()
    page.get_by_role("textbox", name="Mitä tapahtui?").fill("Kalakeitto maistui erityisen hyvältä.")
    page.get_by_role("button", name="Lähetä palaute").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, viesti menee tekijöille")
    page.goto("/cases?view=praise")
    expect(page.get_by_role("link", name="Kalakeitto maistui erityisen hyvältä")).to_have_count(1)
