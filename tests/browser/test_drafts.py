"""Nothing typed is lost, and nothing is sent twice."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.access.things import Things
from tests.browser.looking import faults_by_axe
from tests.browser.served import ServedCity
from tests.browser.visits import Visits

KEPT = "() => Object.keys(localStorage).some(key => localStorage[key].includes(%r))"


def _type(page: Page, words: str) -> None:
    page.goto("/feedback/new")
    page.locator("label", has_text="Jokin on pielessä").click()
    page.get_by_role("textbox", name="Mitä tapahtui?").fill(words)


def _send(page: Page) -> None:
    page.get_by_role("button", name="Lähetä palaute").click()


def _made(city: ServedCity, words: str) -> int:
    """Return how many cases were made of the words."""
    (site,) = city.read("school-head", "/sites")["items"]
    cases = city.read_all("admin", f"/cases?site_id={site['id']}&sort=newest")
    return sum(case["subject"] == words.rstrip(".") for case in cases)


def _is_sent(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, palaute on perillä")


def _go_on(page: Page) -> None:
    """Take the unfinished text that is offered."""
    page.get_by_role("complementary", name="Keskeneräinen teksti").get_by_role("button", name="Jatka").click()


def _comes_back(page: Page, words: str) -> None:
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_have_value(words)
    expect(page.get_by_role("radio", name="Jokin on pielessä")).to_be_checked()


@pytest.fixture
def page(visits: Visits) -> Page:
    """The school head's browser."""
    return visits.of("school-head")


def test_a_double_click_makes_one_case(page: Page, city: ServedCity) -> None:
    words = "Salaattipöytä jäi tyhjäksi jo yhdeltätoista."
    _type(page, words)
    page.get_by_role("button", name="Lähetä palaute").dblclick()
    _is_sent(page)
    assert _made(city, words) == 1


def test_a_draft_survives_a_failed_send(page: Page, city: ServedCity) -> None:
    words = "Lautaset loppuivat kesken ruokailun."
    with city.without("feedback"):
        _type(page, words)
        _send(page)
        expect(page.get_by_role("alert")).to_contain_text("Kirjoittamasi on tallessa: lähetä uudelleen.")
        _comes_back(page, words)
        assert faults_by_axe(page) == ""
        page.goto("/feedback/new")
        _go_on(page)
        _comes_back(page, words)
    assert _made(city, words) == 0
    _send(page)
    _is_sent(page)
    assert _made(city, words) == 1
    page.goto("/feedback/new")
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_have_value("")


def test_a_draft_survives_a_cut_line(page: Page, city: ServedCity) -> None:
    words = "Maito loppui ennen toista ruokailuvuoroa."
    _type(page, words)
    page.route("**/feedback/new", lambda route: route.abort())
    _send(page)
    page.wait_for_url("chrome-error://chromewebdata/")
    page.unroute("**/feedback/new")
    page.goto("/feedback/new")
    _go_on(page)
    _comes_back(page, words)
    _send(page)
    _is_sent(page)
    assert _made(city, words) == 1


def test_an_answer_that_got_lost_is_not_made_twice(page: Page, city: ServedCity) -> None:
    words = "Leipä oli kovaa jo aamupalalla."
    _type(page, words)

    def deliver_and_cut(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/feedback/new", deliver_and_cut)
    _send(page)
    page.wait_for_url("chrome-error://chromewebdata/")
    page.unroute("**/feedback/new")
    page.context.clear_cookies(name="kumppani_notice")  # it came with the answer
    assert _made(city, words) == 1
    page.goto("/feedback/new")
    _go_on(page)
    _comes_back(page, words)
    _send(page)
    _is_sent(page)
    assert _made(city, words) == 1


def test_a_draft_survives_a_reload(page: Page) -> None:
    words = "Ruokajono seisoi kaksikymmentä minuuttia."
    _type(page, words)
    page.wait_for_function(KEPT % words)
    page.reload()
    offer = page.get_by_role("complementary", name="Keskeneräinen teksti")
    expect(offer).to_contain_text("Sinulla on keskeneräinen teksti.")
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_have_value("")
    assert faults_by_axe(page) == ""
    _go_on(page)
    _comes_back(page, words)
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_be_focused()
    expect(offer).to_be_hidden()


def test_a_draft_that_is_not_wanted_is_gone(page: Page) -> None:
    words = "Tämä jäi kesken eikä lähde."
    _type(page, words)
    page.wait_for_function(KEPT % words)
    page.reload()
    page.get_by_role("button", name="Hylkää teksti").click()
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_be_focused()
    page.reload()
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_have_value("")
    expect(page.get_by_role("complementary", name="Keskeneräinen teksti")).to_be_hidden()


def test_thanks_do_not_become_a_complaint_by_a_draft(page: Page, city: ServedCity) -> None:
    _type(page, "Keitto oli kylmää.")
    page.wait_for_function(KEPT % "Keitto oli kylmää.")
    before = page.locator("main input[name=form_key]").input_value()
    page.goto("/feedback/new?kind=praise")
    _go_on(page)
    expect(page.get_by_role("radio", name="Kiitos")).to_be_checked()
    text = page.get_by_role("textbox", name="Mitä tapahtui?")
    expect(text).to_have_value("Keitto oli kylmää.")
    assert page.locator("main input[name=form_key]").input_value() != before
    text.fill("Kiitos keittiölle maistuvasta keitosta!")
    _send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, viesti menee tekijöille")
    newest = city.read("school-head", "/cases?kind=praise&sort=newest&limit=1")["items"]
    assert newest[0]["subject"] == "Kiitos keittiölle maistuvasta keitosta!"


def test_back_and_send_again_makes_one_case(page: Page, city: ServedCity) -> None:
    words = "Maito oli hapanta kahdessa kannussa."
    _type(page, words)
    for _ in range(2):
        _send(page)
        _is_sent(page)
        page.go_back()
        page.get_by_role("textbox", name="Mitä tapahtui?").fill(words)
    assert _made(city, words) == 1


def test_the_same_words_typed_anew_are_another_case(page: Page, city: ServedCity) -> None:
    words = "Roskis oli taas täynnä."
    for _ in range(2):
        _type(page, words)
        _send(page)
        _is_sent(page)
    assert _made(city, words) == 2


def test_another_kind_is_another_form(page: Page) -> None:
    _type(page, "Keitto oli haaleaa.")
    key = page.locator("main input[name=form_key]")
    before = key.input_value()
    page.locator("label", has_text="Ehdotus").click()
    assert key.input_value() != before


def test_nobody_sees_what_another_left_unfinished(page: Page, visits: Visits) -> None:
    words = "Luottamuksellinen asia oppilaasta."
    _type(page, words)
    address = f"/feedback/new?site_id={page.locator('main input[name=site_id]').input_value()}"
    page.wait_for_function(KEPT % words)
    page.context.clear_cookies(name="kumppani_session")  # it ended; nobody signed out
    visits.sign_in(page.context, "handler")
    page.goto(address)
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    expect(page.get_by_role("complementary", name="Keskeneräinen teksti")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Mitä tapahtui?")).to_have_value("")


def test_signing_out_ends_the_drafts(page: Page, city: ServedCity) -> None:
    own = {"name": "kumppani_session", "value": city.session("school-head", fresh=True), "url": city.address}
    page.context.add_cookies([own])  # type: ignore[list-item]  # a plain dict is what it takes
    words = "Tämä ei jää laitteelle."
    _type(page, words)
    page.wait_for_function(KEPT % words)
    page.get_by_role("button", name="Kirjaudu ulos").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.evaluate("Object.keys(localStorage)") == []


def test_an_internal_note_is_kept_on_no_device(visits: Visits, things: Things) -> None:
    page = visits.of("handler")
    page.goto(f"/cases/{things.of('received_case')['case_id']}")
    page.get_by_text("Kirjaa sisäinen muistiinpano").click()
    page.get_by_role("textbox", name="Muistiinpano").fill("Soitin huoltajalle.")
    page.get_by_role("textbox", name="Viesti asiakkaalle").fill("Asia selvitetään.")
    page.wait_for_function(KEPT % "Asia selvitetään.")
    assert not page.evaluate(KEPT % "Soitin huoltajalle.")


def test_a_form_survives_the_end_of_the_session(page: Page, city: ServedCity) -> None:
    words = "Käsipyyhkeet loppuivat oppilasvessasta."
    _type(page, words)
    page.context.clear_cookies(name="kumppani_session")
    _send(page)
    expect(page.get_by_text("Istuntosi päättyi, mutta kirjoittamasi on tallessa.")).to_be_visible()
    page.locator('button[value="school-head"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jatka siitä, mihin jäit")
    expect(page.get_by_role("main")).to_contain_text(words)
    assert faults_by_axe(page) == ""
    assert _made(city, words) == 0
    page.get_by_role("main").get_by_role("button").click()
    _is_sent(page)
    assert _made(city, words) == 1


def test_a_draft_waits_behind_the_sign_in(page: Page, visits: Visits) -> None:
    words = "Aulan lattia jäi pesemättä eilen."
    _type(page, words)
    page.wait_for_function(KEPT % words)
    page.context.clear_cookies(name="kumppani_session")
    page.reload()
    expect(page).to_have_url(re.compile("/sign-in"))
    visits.sign_in(page.context, "school-head")
    page.goto("/feedback/new")
    _go_on(page)
    _comes_back(page, words)


def test_an_answer_to_a_resting_part_is_kept_and_sent_again(
    visits: Visits, city: ServedCity, things: Things
) -> None:
    case = things.of("received_case")["case_id"]
    page = visits.of("handler")
    page.goto(f"/cases/{case}")
    page.get_by_role("textbox", name="Viesti asiakkaalle").fill("Kuljetus on myöhässä, ruoka tulee pian.")
    with city.without("feedback"):
        page.get_by_role("button", name="Lähetä vastaus").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Osa Kumppanista ei vastaa")
        expect(page.get_by_role("main")).to_contain_text("Kuljetus on myöhässä, ruoka tulee pian.")
        assert faults_by_axe(page) == ""
    page.get_by_role("button", name="Lähetä uudelleen").click()
    expect(page.get_by_text("Viesti on lähetetty.")).to_be_visible()
    expect(page.get_by_text("Kuljetus on myöhässä, ruoka tulee pian.")).to_have_count(1)
