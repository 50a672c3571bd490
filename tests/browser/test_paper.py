"""On paper: what is folded on the screen, rows under their heads, numbered pages, nothing to press."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.rooms import ROOMS, Known
from tests.browser.visits import Visits

_HEADINGS = """() => [...document.querySelectorAll("main :is(h1, h2, h3, thead)")]
  .filter((element) => element.checkVisibility())
  .map((element) => element.innerText.replace(/\\s+/g, " ").trim())
  .filter(Boolean)"""
_PILLS = """() => [...document.querySelectorAll(".chip, .ds-tag, .way li")]
  .filter((element) => element.checkVisibility())
  .filter((element) => {
    const style = getComputedStyle(element);
    return style.borderTopWidth !== "0px" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
  })
  .map((element) => element.outerHTML)"""


def opened(visits: Visits, known: Known, name: str) -> Page:
    room = next(each for each in ROOMS if each.name == name)
    page = visits.of(room.who)
    page.goto(room.path(known))
    return page


@pytest.mark.parametrize(
    ("name", "folded"), [("signed year", "table.prices"), ("case of a handler", ".strip-lines")]
)
def test_what_is_folded_is_printed(visits: Visits, known: Known, name: str, folded: str) -> None:
    page = opened(visits, known, name)
    part = page.locator(folded).last
    expect(part).to_be_hidden()
    page.emulate_media(media="print")
    expect(part).to_be_visible()


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("signed year", 20),
        ("case of a handler", 3),
        ("queue", 6),  # a whole page of rows
        ("site", 3),
        ("clock of all customers", 1),
    ],
)
def test_paper_has_few_numbered_pages_without_what_is_pressed(
    visits: Visits, known: Known, name: str, most: int
) -> None:
    page = opened(visits, known, name)
    page.emulate_media(media="print")
    assert page.evaluate(_PILLS) == []
    headings = set(page.evaluate(_HEADINGS))
    day = re.search(r"\d.*", page.locator("body").get_attribute("data-printed") or "")
    assert day
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    assert len(sheets) <= most, name
    for number, sheet in enumerate(sheets, start=1):
        text = sheet.extract_text()
        assert f"{number} / {len(sheets)}" in text
        assert f"Tulostettu {day[0]}" in text
        assert "Kirjaudu ulos" not in text
        assert "Siirry sisältöön" not in text
        lines = [re.sub(r"\s+", " ", line).strip() for line in text.splitlines() if line.strip()]
        assert number == len(sheets) or lines[-1] not in headings
