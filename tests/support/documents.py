"""Writes the generated pages of `docs/`: who gets which answer, and the events of the services."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support import access_page, events_page

DOCS = Path(__file__).parents[2] / "docs"
PAGES: Mapping[str, Callable[[], str]] = {"access.md": access_page.page, "events.md": events_page.page}


def stale() -> list[str]:
    """Return the names of the pages that are not what they would be written as now."""
    return [
        name
        for name, page in PAGES.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != page()
    ]


def main() -> None:
    """Write those that changed, and name them."""
    for name in stale():
        (DOCS / name).write_text(PAGES[name](), "utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
