"""What a page is looked at for: its accessibility by axe, its width, and what its console complains of."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.keys import FOCUS_IS_SEEN

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
OF_COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that look at colours: in dark nothing else of a page is another."""
_VIOLATIONS = """async rules => {
  const { violations } = await axe.run(document, rules);
  return { violations };
}"""
"""All that is asked of axe; what else it returns is as long as the page."""
NARROWEST = 320
_UNSEEN = f"""() => {{
  const isSeen = {FOCUS_IS_SEEN};
  const unseen = [];
  const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  for (const element of document.querySelectorAll(stops)) {{
    element.focus();
    if (document.activeElement === element && !isSeen(element)) unseen.push(element.outerHTML.slice(0, 120));
  }}
  return unseen;
}}"""
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5)
    .map((element) => element.outerHTML.slice(0, 120));
}"""


def faults_by_axe(page: Page) -> str:
    """Return axe's report of what breaks WCAG 2.2 A and AA in light and in dark; empty when nothing does."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    reports = []
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found: dict[str, Any] = page.evaluate(_VIOLATIONS, rules)  # Any: JSON of axe
        if found["violations"]:
            reports.append(f"{scheme}: {AxeResults(found).generate_report()}")
    return "\n".join(reports)


def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways at 320 px; empty when it does not."""
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    wide: list[str] = page.evaluate(_TOO_WIDE)
    return wide


def unseen_stops(page: Page) -> list[str]:
    """Return what does not show that it has the focus; empty when everything does."""
    unseen: list[str] = page.evaluate(_UNSEEN)
    return unseen
