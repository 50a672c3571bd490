"""The main job with a keyboard alone: told at the school, taken up, answered and settled at Serviisi."""

import re

from playwright.sync_api import Page, expect

from tests.browser.keys import press, tab_to, write
from tests.browser.looking import faults_by_axe
from tests.browser.visits import Visits

WORD = "Lounas loppui kesken, kaksi luokkaa jäi ilman."


def _enter(page: Page, username: str) -> None:
    page.goto("/sign-in")
    press(page, page.locator(f'button[value="{username}"]'))
    expect(page).to_have_url(re.compile("/$"))


def test_the_main_job_by_keyboard(visits: Visits) -> None:
    head = visits.of()
    _enter(head, "school-head")
    press(head, head.get_by_role("main").get_by_role("link", name="Anna palautetta"))

    kind = head.get_by_role("group", name="Millaisesta asiasta on kyse?")
    tab_to(head, kind.get_by_role("radio").first)
    head.keyboard.press("ArrowRight")
    head.keyboard.press("ArrowRight")
    expect(kind.get_by_role("radio", name="Jokin on pielessä")).to_be_checked()
    description = head.get_by_role("textbox", name="Mitä tapahtui?")
    write(head, description, WORD)
    expect(head.get_by_role("combobox", name=re.compile("Mitä palvelua"))).to_have_value("meals")
    expect(description).to_be_focused()  # the guess was swapped in beside it
    press(head, head.get_by_role("button", name="Lähetä palaute"), "Space")

    expect(head.get_by_role("heading", level=1)).to_have_text("Kiitos, palaute on perillä")
    who = head.get_by_role("region", name="Sinulle vastaa")
    expect(who.get_by_role("link", name=re.compile("^[+0-9 ]+$"))).to_be_visible()
    expect(head.get_by_role("main")).to_contain_text(re.compile(r"Vastaus viimeistään\s+ti 6.10. klo 14.00"))
    press(head, head.get_by_role("link", name="Seuraa palautetta"))
    expect(head.get_by_text("Lasketaan vielä").first).to_be_visible()
    case = head.url

    handler = visits.of()
    _enter(handler, "handler")
    handler.goto(case)
    answer = handler.get_by_role("textbox", name="Viesti asiakkaalle")
    expect(answer).to_be_in_viewport(ratio=1)  # without scrolling, on a desk of 1280 × 900
    press(handler, handler.get_by_role("button", name="Otan hoitaakseni, vastaan myöhemmin"))
    expect(handler.get_by_text("Palaute on nyt käsittelyssä.")).to_be_visible()
    write(handler, answer, "Tuomme lisää ruokaa kello 12.")
    press(handler, handler.get_by_role("button", name="Lähetä vastaus"))
    expect(handler.get_by_text("Viesti on lähetetty.")).to_be_visible()
    expect(answer).to_have_value("")
    write(handler, answer, "Annosmäärä on korjattu.")
    press(handler, handler.get_by_role("button", name="Vastaa ja merkitse ratkaistuksi"))
    expect(handler.get_by_text("Palaute on merkitty ratkaistuksi.")).to_be_visible()

    head.reload()
    conversation = head.get_by_role("region", name="Keskustelu")
    expect(conversation).to_contain_text("Tuomme lisää ruokaa kello 12.")
    expect(conversation).to_contain_text("Annosmäärä on korjattu.")
    press(head, head.get_by_role("button", name="Kunnossa", exact=True))
    expect(head.get_by_text("Palaute on suljettu.")).to_be_visible()
    assert visits.complaints == []


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visits: Visits) -> None:
    page = visits.of("school-head", size=(390, 844))
    page.goto("/")
    menu = page.locator("summary", has_text="Valikko")
    press(page, menu)
    way = page.locator(".menu-sheet").get_by_role("link", name="Kenelle soitan?")
    tab_to(page, way)
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(way).to_be_hidden()


def test_a_filter_keeps_the_focus_and_says_its_result(visits: Visits) -> None:
    page = visits.of("handler")
    page.goto("/cases?view=mine")
    late = page.get_by_role("link", name=re.compile("^Kaikki avoimet"))
    press(page, late)
    expect(page).to_have_url(re.compile("view=open"))
    expect(late).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(re.compile("palautetta"))


def test_a_refused_form_leads_to_its_first_fault(visits: Visits) -> None:
    page = visits.of("school-head")
    page.goto("/feedback/new")
    press(page, page.get_by_role("button", name="Lähetä palaute"))
    expect(page.get_by_role("alert")).to_contain_text("Kerro, mitä tapahtui.")
    expect(page.get_by_role("radio", name="Kiitos")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Kiitos")).to_be_checked()
    assert faults_by_axe(page) == ""
