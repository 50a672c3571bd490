"""The words of the pages: Finnish in the templates, Swedish and English from a catalogue per area."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from chassis.languages import LANGUAGES, Language

WEB = Path(__file__).parent
LOCALE = WEB / "locale"
LANGUAGE_NAMES: dict[Language, str] = {
    language: (Locale.parse(language).get_display_name() or language).capitalize() for language in LANGUAGES
}
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
FILLED_IN = re.compile(r"%\((\w+)\)")
METHODS = [("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"silent": "false", "extensions": "jinja2.ext.do", "trim_blocks": "true"}}


def mark(message: str) -> str:
    """Mark a Finnish text for translation where it is written; it is translated where it is shown."""
    return message


def mark_many(one: str, many: str) -> tuple[str, str]:
    """Mark a Finnish text that tells a number (``%(num)s``), as of one and as of many."""
    return one, many


def area_catalogues(language: Language) -> Iterator[tuple[str, Catalog]]:
    """Yield each area's name and catalogue in a language (``locale/sv/LC_MESSAGES/<area>.po``)."""
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            yield path.stem, read_po(file, locale=language)


@lru_cache
def translations(language: Language) -> NullTranslations:
    """Return all areas' texts in a language as one; Finnish texts are their own keys."""
    if language == "fi":
        return NullTranslations()
    merged: Translations | None = None
    for _, catalogue in area_catalogues(language):
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        area = Translations(compiled)
        merged = area if merged is None else merged.merge(area)
    return merged or NullTranslations()


def used_messages() -> dict[str | tuple[str, ...], str]:
    """Return every text that templates and modules use, each with the file where it stands."""
    found = extract_from_dir(
        WEB / "templates", method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    )
    used = {message: f"templates/{filename}:{line}" for filename, line, message, _, _ in found}
    for path in sorted(WEB.rglob("*.py")):
        if "node_modules" not in path.parts:
            used |= {message: f"{path.relative_to(WEB)}:{line}" for line, message in _texts_of_module(path)}
    return used


def _texts_of_module(path: Path) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """Yield the literal texts of ``mark("…")``, ``mark_many(…)``, ``_("…")`` and ``page.text("…")``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="mark" | "_"), args=[ast.Constant(value=str(text)), *_]):
                yield node.lineno, text
            case ast.Call(
                func=ast.Name(id="mark_many"),
                args=[ast.Constant(value=str(one)), ast.Constant(value=str(many))],
            ):
                yield node.lineno, (one, many)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="page"), attr="text"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                yield node.lineno, text
            case _:
                pass


def faults() -> list[str]:
    """Return what is wrong with the catalogues: untranslated, unused, doubled, unlike."""
    used = used_messages()
    wrong: list[str] = []
    for language in LANGUAGES:
        if language == "fi":
            continue
        known: dict[str | tuple[str, ...], str] = {}
        for area, catalogue in area_catalogues(language):
            for message in catalogue:
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else tuple(message.id)
                strings = (
                    [message.string] if isinstance(message.string, str) else list(message.string or [""])
                )
                if key in known:
                    wrong.append(f"{language}: in {known[key]}.po and {area}.po: {key!r}")
                known[key] = area
                if not all(strings) or message.fuzzy:
                    wrong.append(f"{language}: {area}.po leaves untranslated: {key!r}")
                if any(
                    _filled_in(text) != _filled_in(*([key] if isinstance(key, str) else key))
                    for text in strings
                ):
                    wrong.append(f"{language}: {area}.po fills in other things: {key!r}")
                if key not in used:
                    wrong.append(f"{language}: {area}.po holds an unused text: {key!r}")
        wrong += [
            f"{language}: no translation ({where}): {key!r}"
            for key, where in used.items()
            if key not in known
        ]
    return wrong


def _filled_in(*texts: str) -> set[str]:
    return {name for text in texts for name in FILLED_IN.findall(text)}


if __name__ == "__main__":
    problems = faults()
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    sys.exit(1 if problems else 0)
