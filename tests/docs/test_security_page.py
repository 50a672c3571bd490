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

LEVEL_2 = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
    4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1
    9.1:3 9.2:4 11.1:2 11.2:3 11.3:3 11.4:3 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2
    13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
"""
"""How many requirements of each section are of level 1 or 2 (5.0.0): the first ones. Of what is not built
(signing in) and not used (WebRTC) whole chapters have one row."""


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


@pytest.mark.parametrize(("section", "last"), [each.split(":") for each in LEVEL_2.split()])
def test_every_requirement_of_the_standard_is_in_one_row(section: str, last: str) -> None:
    named = [
        number
        for row in re.findall(r"^\| (\d+\.\d+\.\d+.*?) \| ", PAGE, flags=re.MULTILINE)
        for first, end in re.findall(r"(\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))?", row)
        if first.startswith(f"{section}.")
        for number in range(int(first.split(".")[2]), int((end or first).split(".")[2]) + 1)
    ]
    assert sorted(named) == list(range(1, int(last) + 1))


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_of_the_standard_has_a_line(chapter: int) -> None:
    assert re.search(rf"^\| {chapter}[ .]", PAGE, flags=re.MULTILINE)
