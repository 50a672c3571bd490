"""Jinja as the pages use it: one environment per language, strict about names, escaping everything."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from chassis.languages import LANGUAGES, Language
from web import labels, times
from web.files import Files
from web.texts import LANGUAGE_NAMES, WEB, translations


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates in memory: every language has the same, and compiling takes longest."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was compiled before from the same source."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_COMPILED = CompiledOnce()


class Rendering:
    """Renders templates in a language; knows where the static files are and what day it is."""

    def __init__(self, clock: Callable[[], datetime], files: Files) -> None:
        self.clock = clock
        self.files = files
        self._environments = {language: self._environment(language) for language in LANGUAGES}

    def render(self, language: Language, template: str, values: dict[str, object]) -> str:
        """Return a template filled with values."""
        return self._environments[language].get_template(template).render(values)

    def text(self, language: Language, message: str) -> str:
        """Return a Finnish text in a language."""
        return translations(language).gettext(message)

    def icon(self, name: str) -> Markup:
        """Return an icon that only decorates: a word always stands beside it."""
        sprite = self.files.address("vendor/icons.svg")
        return Markup(
            '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
        ).format(sprite, name)

    def today(self) -> date:
        """Return the day it is in Helsinki."""
        return self.clock().astimezone(times.HELSINKI).date()

    def _environment(self, language: Language) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(WEB / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=_COMPILED,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        catalogue = translations(language)
        extended: Any = environment  # Any: the i18n extension adds methods that no type tells
        extended.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)

        def day(value: date) -> Markup:
            said = times.day(value, language, self.today())
            return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), said)

        def day_in_words(value: date) -> str:
            return times.day_in_words(value, language)

        def moment(value: datetime) -> Markup:
            said = times.moment(value, language, self.today())
            return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), said)

        def span(value: timedelta | float | str, basis: str = "calendar") -> str:
            return times.span(value, language, basis)

        environment.filters |= {
            "day": day,
            "day_in_words": day_in_words,
            "moment": moment,
            "span": span,
            "mail_address": mail_address,
        }
        extended.globals |= {
            "language": language,
            "language_names": LANGUAGE_NAMES,
            "static": self.files.address,
            "icon": self.icon,
            "label": labels.label,
            "labels": labels.LABELS,
            "months": times.MONTHS[language],
            "weekdays": times.WEEKDAYS[language],
            "weekday_names": times.WEEKDAY_NAMES[language],
        }
        return environment


def mail_address(typed: str) -> str:
    """Return an e-mail address for a mailto: link, where nothing in it can add a header (RFC 6068 §2)."""
    return quote(typed, safe="@")
