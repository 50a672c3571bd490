"""A field and a verb are written in the files that architecture.md lists, and in no others."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("chassis", "trade", "services", "gateway", "web", "migrations", "kumppani")
SAID = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def told(beginning: str) -> set[str]:
    """The files named in the list that begins with these words."""
    part = SAID.partition(f"**{beginning}**")[2].split("\n**")[0].split("\n## ")[0]
    return set(re.findall(r"`([\w/]+\.(?:py|html))`", part)) - {"vocabulary.py"}


def written(word: str) -> set[str]:
    """The files of the product, migrations apart, that hold the word."""
    files = (file for part in PARTS for kind in ("py", "html") for file in (ROOT / part).rglob(f"*.{kind}"))
    found = {
        str(file.relative_to(ROOT))
        for file in files
        if "node_modules" not in file.parts and re.search(word, file.read_text("utf-8"))
    }
    return {name for name in found if not name.startswith("migrations/")}


@pytest.mark.parametrize(
    ("beginning", "word"), [("A field", r"[\"'.]wish\b|\bwish[:=]"), ("A verb", r"(?i)\breopen(_case)?\b")]
)
def test_a_change_costs_the_files_that_are_listed(beginning: str, word: str) -> None:
    assert written(word) == told(beginning)
