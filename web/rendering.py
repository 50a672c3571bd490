"""Jinja as the pages use it: one environment per language, strict about names, escaping everything."""

import re
from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import quote

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from chassis import dates
from chassis.languages import LANGUAGES, Language
from trade.days import HELSINKI
from web import labels, times
from web.files import Files
from web.texts import LANGUAGE_NAMES, WEB, translations

MOST_TEXTS = 4096
"""Texts kept ready in each language; the pages have some 900."""


_MARKUP = re.compile(r"[&<>'\"]")


def written(value: object) -> str:
    """Return what a template puts into a page: as `escape`, which makes a new markup of every word."""
    if type(value) is Markup:
        return value
    if type(value) is str and not _MARKUP.search(value):
        return value
    return escape(value)


class PlainCalls(NodeTransformer):
    """Writes ``icon("phone")`` and ``_("Etusivu")`` as filters, of which a page has some 400.

    A call goes through Jinja's context, which asks each time what the function is; a filter does not. What
    is constant is even made when its template is compiled; a text is not, since all languages share that.
    """

    FILTERS: ClassVar[Mapping[str, tuple[str, int]]] = {
        "icon": ("icon", 1),
        "_": ("text", 1),
        "label": ("label", 2),
    }
    """The filter for a name, and with how many arguments it is one."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja names it
        """Return the filter in the place of a call with plain arguments."""
        self.generic_visit(node)
        called = self.FILTERS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if called is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        name, arguments = called
        if len(node.args) != arguments:
            return node
        return nodes.Filter(node.args[0], name, node.args[1:], [], None, None, lineno=node.lineno)


class PageCode(CodeGenerator):
    """Compiles templates to code that writes by `written`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class PageContext(Context):
    """Calls macros as what they are, without asking each time whether they want the context."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # Any: as inherited
        """Call a macro, or whatever else."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


class PageEnvironment(Environment):
    """Jinja with what the pages do most made plain."""

    code_generator_class = PageCode
    context_class = PageContext
    written = staticmethod(written)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals that all templates share; each import compares those of two templates."""
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        PlainCalls().visit(template)
        template.set_environment(self)  # what was written in knows it too
        return template


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
        self._sprite = files.address("vendor/icons.svg")
        self._icons: dict[str, Markup] = {}
        self._now_of_page = clock()
        self._day_of_page = date.min
        self._environments = {language: self._environment(language) for language in LANGUAGES}

    def render(self, language: Language, template: str, values: dict[str, object]) -> str:
        """Return a template filled with values."""
        self._now_of_page = self.clock()  # one look at the clock a page: nothing else renders meanwhile
        self._day_of_page = self._now_of_page.astimezone(HELSINKI).date()
        return self._environments[language].get_template(template).render(values)

    def text(self, language: Language, message: str) -> str:
        """Return a Finnish text in a language."""
        return translations(language).gettext(message)

    def icon(self, name: str) -> Markup:
        """Return an icon that only decorates: a word always stands beside it."""
        icon = self._icons.get(name)
        if icon is None:
            address = escape(f"{self._sprite}#{name}")
            icon = Markup(  # noqa: S704 - the address was escaped
                f'<svg class="icon" aria-hidden="true" focusable="false"><use href="{address}"></use></svg>'
            )
            self._icons[name] = icon
        return icon

    def today(self) -> date:
        """Return the day it is in Helsinki."""
        return self.clock().astimezone(HELSINKI).date()

    def _environment(self, language: Language) -> Environment:
        environment = PageEnvironment(
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

        @lru_cache(MOST_TEXTS)
        def ready(message: str) -> Markup:
            return Markup(catalogue.gettext(message)) % {}  # noqa: S704 - a text of the pages

        def gettext(message: str, **values: object) -> Markup:
            """Say a text of the pages; what has nothing to fill in is made once, not 200 times a page."""
            if not values:
                return ready(message)
            return Markup(catalogue.gettext(message)) % values  # noqa: S704 - as above; the values are escaped

        @pass_context  # so that no language's text gets into what is compiled for all
        def text(_: Context, message: str) -> Markup:
            return ready(message)

        def told(text: str) -> str:
            """Say a word that may be of the pages or of the data: of the latter nothing is markup."""
            return catalogue.gettext(text)

        def day(value: date) -> Markup:
            said = times.day(value, language, self._day_of_page)
            return Markup(f'<time datetime="{value.isoformat()}">{said}</time>')  # noqa: S704 - our own words

        def day_in_words(value: date) -> str:
            return dates.day_in_words(value, language)

        def plain_day(value: date) -> Markup:
            said = dates.plain_day(value, language)
            return Markup(f'<time datetime="{value.isoformat()}">{said}</time>')  # noqa: S704 - our own words

        def hour(value: datetime, *, end: bool = False) -> str:
            return dates.time_of_day(value, language, end=end)

        def length_of_time(minutes: int) -> str:
            return times.hours_and_minutes(minutes, language)

        def moment(value: datetime) -> Markup:
            said = times.moment(value, language, self._day_of_page)
            at = value.isoformat(timespec="seconds")
            return Markup(f'<time datetime="{at}">{said}</time>')  # noqa: S704 - our own words

        def distance(value: datetime) -> str:
            """Say how far away an instant is, behind or ahead."""
            return times.span(value - self._now_of_page, language)

        def span(value: timedelta | float | str) -> str:
            return times.span(value, language)

        def promised(duration: str, basis: str, working_day: str | None = None) -> str:
            return times.promised(duration, language, basis, working_day)

        environment.filters |= {
            "day": day,
            "day_in_words": day_in_words,
            "plain_day": plain_day,
            "hour": hour,
            "length_of_time": length_of_time,
            "moment": moment,
            "distance": distance,
            "span": span,
            "promised": promised,
            "mail_address": mail_address,
            "initials": initials,
            "told": told,
            "icon": self.icon,
            "label": labels.label,
            "text": text,
        }
        extended.globals |= {
            "_": gettext,
            "gettext": gettext,
            "language": language,
            "language_names": LANGUAGE_NAMES,
            "static": self.files.address,
            "icon": self.icon,
            "label": labels.label,
            "labels": labels.LABELS,
            "months": dates.months(language),
            "short_months": dates.short_months(language),
            "weekdays": dates.weekdays(language),
            "weekday_names": dates.weekday_names(language),
        }
        return environment


def mail_address(typed: str) -> str:
    """Return an e-mail address for a mailto: link, where nothing in it can add a header (RFC 6068 §2)."""
    return quote(typed, safe="@")


def initials(name: str) -> str:
    """Return the first letters of a person's first and last name."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""
