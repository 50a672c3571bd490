"""Pictures that the server draws are readable: their words keep clear of each other at every width."""

import pytest

from tests.browser.rooms import ROOMS, Known
from tests.browser.visits import DESKTOP, Visits

_OVERLAPPING = """selector => {
  const words = [...document.querySelectorAll(selector)].map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [element.textContent.trim(), range.getBoundingClientRect()];
  }).filter(([, box]) => box.width > 0);
  const met = [];
  words.forEach(([one, a], number) => {
    for (const [other, b] of words.slice(number + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) met.push(`${one} × ${other}`);
    }
  });
  return { count: words.length, met };
}"""


@pytest.mark.parametrize("width", [320, 960, DESKTOP[0]])
def test_words_of_the_clock_strip_keep_clear_of_each_other(visits: Visits, known: Known, width: int) -> None:
    room = next(each for each in ROOMS if each.name == "case of a handler")
    page = visits.of(room.who, size=(width, 900))
    page.goto(room.path(known))
    found = page.evaluate(_OVERLAPPING, ".strip-day, .strip-flag > span, .strip-told")
    assert found["count"] >= 4
    assert found["met"] == []


def test_names_of_the_wheel_keep_clear_of_each_other_and_stay_on_the_page(visits: Visits) -> None:
    page = visits.of("account-manager")
    page.goto("/clock?year=2026")
    found = page.evaluate(_OVERLAPPING, ".mark .name")
    assert found["count"] >= 10
    assert found["met"] == []
    letters = page.locator(".mark .name").first
    assert letters.evaluate("e => e.getScreenCTM().a * parseFloat(getComputedStyle(e).fontSize)") >= 12
    for name in page.locator(".mark .name").all():
        box = name.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= DESKTOP[0]
