"""Using a page by keyboard alone, and seeing where one is."""

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 60
FOCUS_IS_SEEN = """element => {
  const style = getComputedStyle(element);
  const outlined = (of) => of.outlineStyle !== "none" && parseFloat(of.outlineWidth) >= 2;
  const stroked = (of) => of.stroke !== "none" && parseFloat(of.strokeWidth) >= 2;
  const drawn = [...element.children].some((of) => of.matches("svg *") && stroked(getComputedStyle(of)));
  const box = element.getBoundingClientRect();
  return element.matches(":focus-visible") && box.bottom > 0 && box.top < innerHeight
    && (drawn || outlined(style) || outlined(getComputedStyle(element, "::after"))
      || (element.labels?.length > 0 && outlined(getComputedStyle(element.parentElement))));
}"""

_STOP = f"""wanted => {{
  const isSeen = {FOCUS_IS_SEEN};
  const stop = document.activeElement;  // the body when past the last one, in the browser's own bars
  const unseen = stop === document.body || isSeen(stop) ? "" : stop.outerHTML.slice(0, 300);
  return [unseen, stop === wanted];
}}"""
"""What has the focus and does not show it, and whether it is what is wanted: asked at once at each stop."""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted thing has the focus; on every stop of the way one must see where one is."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        unseen, arrived = wanted.evaluate(_STOP)
        assert not unseen, f"the focus cannot be seen: {unseen}"
        if arrived:
            return
    raise AssertionError(f"{MOST_STEPS} steps by Tab do not lead to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to something by Tab and press a key on it."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, field: Locator, words: str) -> None:
    """Go to a field by Tab and type into it."""
    tab_to(page, field)
    page.keyboard.type(words)
    expect(field).to_have_value(words)
