"""`docs/security.md` names tests that exist, and leaves none of the findings or chapters out."""

import ast
import re

import pytest

from tests.support.processes import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
FINDINGS = [
    f"{kind}{number}" for kind, last in (("H", 5), ("M", 9), ("L", 22)) for number in range(1, last + 1)
]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=["::".join(filter(None, each)) for each in NAMED])
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    functions = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not name or name in functions


@pytest.mark.parametrize("finding", [*FINDINGS, *"ABCDEFGHIJKLM"])
def test_every_finding_has_a_row_that_says_what_holds_it(finding: str) -> None:
    (row,) = re.findall(rf"^\| {finding} \| .+ \| (.+) \|$", PAGE, flags=re.MULTILINE)
    assert "`tests/" in row or "*not " in row or "setting:" in row or "proxy" in row


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_of_the_standard_has_a_line(chapter: int) -> None:
    assert re.search(rf"^\| {chapter}[ .]", PAGE, flags=re.MULTILINE)
