"""Templates write what Jinja's own escaping would, only sooner."""

from enum import Enum, StrEnum

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from web.rendering import PageEnvironment, written


class Word(StrEnum):
    MEALS = "meals"
    ODD = "a<b"


class Mixed(str, Enum):  # noqa: UP042 - what such a one is written as differs from what it is
    MEALS = "meals"


class Told:
    def __html__(self) -> str:
        return "<b>told</b>"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Lounas loppui kesken",
        "<script>",
        "a & b",
        'say "no"',
        "it's",
        Markup("<b>&amp;</b>"),
        Word.MEALS,
        Word.ODD,
        Mixed.MEALS,
        Told(),
        None,
        7,
        2.5,
        ["<"],
    ],
)
def test_whatever_a_template_writes_is_written_as_escaping_writes_it(value: object) -> None:
    template = PageEnvironment(autoescape=True).from_string("{{ value }}")

    assert written(value) == escape(value)
    assert template.render(value=value) == str(escape(value))


def test_what_a_template_does_not_know_is_refused_as_ever() -> None:
    template = PageEnvironment(autoescape=True, undefined=StrictUndefined).from_string("{{ unknown }}")

    with pytest.raises(UndefinedError):
        template.render()


def test_what_a_macro_is_given_is_escaped_once() -> None:
    environment = PageEnvironment(autoescape=True)
    template = environment.from_string(
        "{% macro bold(text, tone='') %}<b>{{ text }}{{ tone }}{{ caller() if caller else '' }}</b>"
        "{% endmacro %}"
        "{{ bold(word) }}{{ bold(bold(word), tone=word) }}{% for each in [1] %}"
        "{% call bold(each) %}{{ word }}{% endcall %}{% endfor %}"
    )

    assert template.render(word="<&>") == (
        "<b>&lt;&amp;&gt;</b><b><b>&lt;&amp;&gt;</b>&lt;&amp;&gt;</b><b>1&lt;&amp;&gt;</b>"
    )


def test_templates_that_share_all_globals_do_not_make_their_imports_anew() -> None:
    environment = PageEnvironment(autoescape=True)
    page = environment.from_string("{{ 1 }}")

    assert page.globals is environment.globals
