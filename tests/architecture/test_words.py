"""What people read is in three languages, each in its place: TOML for services, gettext for pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.words import FaultyWords, Words
from tests.support.processes import ROOT

SERVING = ("chassis", "trade", "services", "gateway")
FILES = sorted(path for part in (*SERVING, "kumppani") for path in (ROOT / part).rglob("words.toml"))
OF_PYDANTIC = {
    *("missing", "extra_forbidden", "string_too_short", "string_too_long", "enum", "literal_error"),
    *("uuid_parsing", "json_invalid", "greater_than_equal", "greater_than", "less_than_equal"),
    *("too_long", "too_short"),
}
"""Kinds of faulty fields that pydantic names."""


def names(path: Path) -> list[tuple[str, str]]:
    words = Words.read(path)
    return [(section, key) for section in words for key in words[section]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_a_rooms_words_are_whole_and_somebody_says_each(path: Path) -> None:
    code = "\n".join(
        file.read_text("utf-8") for file in (ROOT / path.relative_to(ROOT).parts[0]).rglob("*.py")
    )
    unsaid = [key for _, key in names(path) if f'"{key}"' not in code and key not in OF_PYDANTIC]
    assert unsaid == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('fi = "Hei"\nsv = "Hej"', "give fi, sv, en"),
        ('fi = "Hei"\nsv = "Hej"\nen = "Hi"\nde = "Hallo"', "give fi, sv, en"),
        ('fi = "Hei"\nsv = " "\nen = "Hi"', "nothing in sv"),
        ('fi = "Hei {name}"\nsv = "Hej {name}"\nen = "Hi"', "fi and en fill in different things"),
        ('fi = "Hei"\nsv = "Hej {namn}"\nen = "Hi"', "fi and sv fill in different things"),
    ],
)
def test_words_that_lack_something_are_refused_with_their_place(
    given: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "words.toml"
    file.write_text(f"[greeting.hello]\n{given}\n", "utf-8")
    with pytest.raises(FaultyWords, match=f"greeting.hello: .*{said}"):
        Words.read(file)


NOT_SAID = {
    "services/customers/names.py": "the alphabet",
    "services/customers/imports/sheet.py": "how people type yes",
}
"""Modules with Finnish or Swedish letters in what nobody is told."""


def texts(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that are neither documentation nor an example of the document."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "example":
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from texts(node)


def test_no_code_of_a_service_says_anything_in_finnish_or_swedish() -> None:
    modules = (file for part in SERVING for file in sorted((ROOT / part).rglob("*.py")))
    saying = {
        file.relative_to(ROOT).as_posix()
        for file in modules
        if file.name != "examples.py"
        and any(re.search("[åäö]", text) for text in texts(ast.parse(file.read_text("utf-8"))))
    }
    assert saying == set(NOT_SAID)
