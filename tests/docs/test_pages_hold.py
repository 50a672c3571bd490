"""The written pages tell the truth: the files, settings, commands and links that they name are there."""

import ast
import json
import re
import runpy
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import typer.main
import yaml
from joserfc.jwk import KeySet, OKPKey
from pydantic import SecretStr

from chassis.settings import Settings
from gateway.settings import GatewaySettings
from kumppani.cli import app as command_line
from kumppani.parts import OWNERS, PORTS
from services.contracts.settings import ContractsSettings
from services.customers.imports.usecases import KINDS
from services.customers.settings import CustomersSettings
from services.feedback.settings import FeedbackSettings
from tests.support.pictures import MOST_BYTES, PICTURES, TAKEN
from tests.support.processes import ROOT
from web.settings import WebSettings

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "web" / "README.md", *sorted(DOCS.rglob("*.md"))]
WRITTEN = [page for page in PAGES if page.name not in {"access.md", "events.md"}]
FOLDERS = (
    "chassis/",
    "services/",
    "gateway/",
    "web/",
    "kumppani/",
    "migrations/",
    "tests/",
    "docker/",
    "docs/",
)
SETTINGS: Mapping[str, type[Settings]] = {
    "CUSTOMERS": CustomersSettings,
    "CONTRACTS": ContractsSettings,
    "FEEDBACK": FeedbackSettings,
    "GATEWAY": GatewaySettings,
    "WEB": WebSettings,
}
MADE_ELSEWHERE = {"docker/secrets"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IN_WORDS = {"the user's cache": None, "the Host header": None, "each its own": None, "empty": ""}
"""Defaults that the table says in words."""


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), flags=re.MULTILINE | re.DOTALL)


def named_paths(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each path that a page names, with the names it says are defined there: `file.py` (`a`, `b`)."""
    prose = re.sub(r"\s*\n\s*", " ", page.read_text("utf-8"))
    for path, names in re.findall(r"`([\w./-]+)`(?: \(((?:`[\w.]+`(?:, )?)+)\))?", prose):
        if path.startswith(FOLDERS) and "…" not in path:
            yield path, re.findall(r"`([\w.]+)`", names)


@cache
def defined_in(file: Path) -> set[str]:
    """Return the names that a module defines: `function`, `Class`, `Class.method`, `CONSTANT`."""
    found: set[str] = set()
    for node in ast.parse(file.read_text("utf-8")).body:
        match node:
            case ast.ClassDef(name=name, body=body):
                found |= {name, *(f"{name}.{each.name}" for each in body if isinstance(each, FUNCTIONS))}
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return found


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_and_names_that_a_page_names_are_there(page: Path) -> None:
    wrong = []
    for path, names in named_paths(page):
        if not (ROOT / path).exists() and path not in MADE_ELSEWHERE:
            wrong.append(path)
        elif names and path.endswith(".py"):
            wrong += [f"{path}: {name}" for name in names if name not in defined_in(ROOT / path)]
    assert wrong == []


def test_the_walk_of_a_case_names_its_functions() -> None:
    assert sum(len(names) for _, names in named_paths(DOCS / "architecture.md")) > 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    prose = page.read_text("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", prose) + re.findall(r'src="([^"]+)"', prose)
    lost = []
    for link in links:
        path, _, heading = link.partition("#")
        if link.startswith("http"):
            continue
        target = page.parent / path if path else page
        if not target.exists() or (heading and heading not in headings(target)):
            lost.append(link)
    assert lost == []


def headings(page: Path) -> set[str]:
    """Return a page's headings as anchors."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in found}


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_that_a_page_names_exist(page: Path) -> None:
    code = " \n ".join(
        re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        + re.findall(r"`([^`\n]+)`", page.read_text("utf-8"))
    )
    known = set(typer.main.get_group(command_line).commands)
    assert set(re.findall(r"(?:^|[ /(])kumppani ([a-z]+)\b", code)) <= known
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"(?:^|\s)make ([a-z]+)\b", code)) <= targets


def told_settings() -> dict[str, tuple[bool, str]]:
    """Return what the table says: by variable, whether it is a secret, and the default as it is written."""
    rows = re.findall(
        r"^\| (\*\*)?`(KUMPPANI_[A-Z_]+)`(?:\*\*)? \| (.*?) \|", text("operating.md"), re.MULTILINE
    )
    return {name: (bool(bold), default.strip("`")) for bold, name, default in rows}


@pytest.mark.parametrize("part", SETTINGS)
def test_the_table_of_settings_is_what_the_code_reads(part: str) -> None:
    told = {
        name.removeprefix(f"KUMPPANI_{part}_").lower(): entry
        for name, entry in told_settings().items()
        if name.startswith(f"KUMPPANI_{part}_")
    }
    known = {
        name: field
        for name, field in SETTINGS[part].model_fields.items()
        if name not in Settings.model_fields
    }
    assert told.keys() == known.keys()
    for name, (secret, default) in told.items():
        assert secret is known[name].is_required() is (known[name].annotation is SecretStr), name
        if not secret:
            assert IN_WORDS.get(default, default) == (
                known[name].default if default in IN_WORDS else str(known[name].default)
            ), name


def test_the_ports_are_told() -> None:
    for part, port in PORTS.items():
        assert f"{part} {port}" in text("operating.md")


def test_the_lines_that_make_secrets_make_all_that_compose_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "make_secrets.py"
    script.write_text(blocks("operating.md", "python")[0], "utf-8")
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path / "secrets"), "postgres:5432"])
    runpy.run_path(str(script), run_name="__main__")
    compose = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text("utf-8"))
    assert {file.name for file in (tmp_path / "secrets").iterdir()} == set(compose["secrets"])
    trusted = KeySet.import_key_set(json.loads((tmp_path / "secrets" / "trusted_keys").read_text()))
    for part in OWNERS:
        own = OKPKey.import_key(json.loads((tmp_path / "secrets" / f"{part}_signing_key").read_text()))
        assert trusted.get_by_kid(part).as_dict(private=False)["x"] == own.as_dict(private=False)["x"]


def test_the_columns_of_imports_are_told() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]* \| (`.*) \|$", text("integrating.md"), re.MULTILINE))
    for kind, read in KINDS.items():
        told = re.findall(r"`(\w+)`", rows[kind.value])
        assert told[: len(read.columns)] == list(read.columns), kind
        assert set(told[len(read.columns) :]) <= set(read.optional), kind


def test_every_picture_is_there_small_and_shown() -> None:
    shown = set(re.findall(r"docs/pictures/([\w-]+)\.png", (ROOT / "README.md").read_text("utf-8")))
    assert shown == {picture.name for picture in TAKEN} == {file.stem for file in PICTURES.iterdir()}
    assert [file.name for file in PICTURES.iterdir() if file.stat().st_size > MOST_BYTES] == []


def test_decisions_are_numbered_without_a_gap_and_listed_in_their_order() -> None:
    files = sorted(file.name for file in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(name[:3]) for name in files] == list(range(1, len(files) + 1))
    assert re.findall(r"^\| \[\d+\]\((.+?)\)", text("decisions/README.md"), re.MULTILINE) == files
    for name in files:
        assert text(f"decisions/{name}").startswith(f"# {name[:3]} ")
