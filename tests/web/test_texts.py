"""The words of the pages in three languages."""

import re

import pytest

from web.files import STATIC
from web.labels import LABELS
from web.texts import WEB, faults, translations, used_messages

ICON_USE = re.compile(r"""icon\("([a-z0-9-]+)"\)|"([a-z]+(?:-[a-z0-9]+)+)" ?[,)]""")


def test_every_text_of_the_pages_is_translated():
    assert faults() == []


def test_texts_of_templates_and_of_modules_are_found():
    used = used_messages()
    assert "Siirry sisältöön" in used
    assert "Etusivu" in used
    assert ("%(num)s kohde", "%(num)s kohdetta") in used


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("fi", "1 kohde", "2 kohdetta"), ("sv", "1 objekt", "2 objekt"), ("en", "1 site", "2 sites")],
)
def test_counts_agree_with_their_words(language, one, many):
    say = translations(language).ngettext
    assert say("%(num)s kohde", "%(num)s kohdetta", 1) % {"num": 1} == one
    assert say("%(num)s kohde", "%(num)s kohdetta", 2) % {"num": 2} == many


def test_every_icon_that_is_used_is_fetched():
    sprite = (STATIC / "vendor" / "icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = {label.icon for vocabulary in LABELS.values() for label in vocabulary.values()}
    for template in (WEB / "templates").rglob("*.html"):
        used |= set(re.findall(r'icon\("([a-z0-9-]+)"\)', template.read_text()))
    assert used - there == set()
