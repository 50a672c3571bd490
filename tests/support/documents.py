"""Writes what is generated: pages of `docs/`, and the services' documents that the gateway is made with."""

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from kumppani.parts import SERVICES
from tests.support import access_page, events_page
from tests.support.services import service_app

ROOT = Path(__file__).parents[2]
PAGES: Mapping[str, Callable[[], str]] = {"access.md": access_page.page, "events.md": events_page.page}


def service_document(name: str) -> str:
    """Return a service's OpenAPI document, paths and shapes by name, the fields as the code has them."""
    document: dict[str, Any] = service_app(name).openapi()  # Any: JSON
    document["paths"] = dict(sorted(document["paths"].items()))
    for kind, parts in document["components"].items():
        document["components"][kind] = dict(sorted(parts.items()))
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


WRITTEN: Mapping[str, Callable[[], str]] = {
    **{f"docs/{name}": page for name, page in PAGES.items()},
    **{f"gateway/openapi/{name}.json": partial(service_document, name) for name in SERVICES},
}
"""Every generated file, and what writes it."""


def stale() -> list[str]:
    """Return the files that are not what they would be written as now."""
    return [
        name
        for name, written in WRITTEN.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text("utf-8") != written()
    ]


def main() -> None:
    """Write those that changed, and name them; with ``--check`` only name them, and fail if there are any."""
    changed = stale()
    if "--check" in sys.argv[1:] and changed:
        sys.exit(f"out of date, run make docs: {', '.join(changed)}")
    for name in changed:
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(WRITTEN[name](), "utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
