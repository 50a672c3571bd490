"""Kirjaa nopeasti: a word heard in a corridor is written down with a thumb."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import PHONE, Visits


def test_from_the_second_time_on_a_word_takes_three_taps_and_one_line(visits: Visits) -> None:
    page = visits.of("supervisor", size=PHONE)
    page.goto("/feedback/quick?change=1")
    page.locator("#sites a").first.click()
    _log(page, "Keitto kehuttiin.")

    page.goto("/")
    begin = page.get_by_role("link", name="Kirjaa nopeasti")
    begin.click()
    assert len([begin, *_log(page, "Roskis oli täynnä.")]) == 3


def _log(page: Page, words: str) -> list[Locator]:
    """Choose the sort of word, write the line, send it; return what was tapped."""
    kind = page.locator("label", has_text="Kehitysehdotus")
    send = page.get_by_role("button", name="Kirjaa", exact=True)
    kind.click()
    page.get_by_role("textbox", name="Mitä kerrottiin?").fill(words)
    expect(send).to_be_in_viewport(ratio=1)
    send.click()
    expect(page.get_by_text("on kirjattu. Valmiina seuraavaan.")).to_be_visible()
    return [kind, send]
