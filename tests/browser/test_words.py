"""Each page before any script, in each language: it stands by itself, and nothing Finnish is left in it."""

import re
from functools import cache

import pytest

from chassis.languages import LANGUAGES, Language
from tests.browser.bare import Bare
from tests.browser.rooms import ROOMS, Known, Room
from tests.browser.served import ServedCity
from web.texts import area_catalogues

HOLE = re.compile(r"%\(\w+\)[sd]")
SHORTEST = 8
"""Letters of a text with holes that tell it for sure."""
TYPED = frozenset({"Hinnasto", "Laskutusliite", "Vastuu"})
"""What people of the demo city wrote into their contracts: it is shown as they wrote it."""


@pytest.fixture(scope="module")
def written(city: ServedCity) -> frozenset[str]:
    """Names and titles of the city, some of which are also words of the product."""
    named = [*city.read_all("admin", "/customers"), *city.read("admin", "/departments")["items"]]
    titles = (person["title"] for person in city.read_all("admin", "/people"))
    return TYPED | {each["name"] for each in named} | set(titles)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_page_stands_by_itself_in_each_language(
    city: ServedCity, known: Known, written: frozenset[str], room: Room, language: Language
) -> None:
    cookies = city.credentials("web", room.who).get("Cookie", "")
    headers = {"Cookie": f"{cookies}; kumppani_language={language}"}
    answer = city.ask("web", "GET", room.path(known), headers=headers)
    assert answer.status_code == room.status
    page = Bare(answer.text)
    assert page.language == language
    assert len(page.headings) == 1
    assert len(page.in_main) > 2
    assert list(page.unsendable_forms()) == []
    assert page.buttons_astray == []
    said = set(page.texts) - written
    assert [words for words in said if language != "fi" and _is_finnish(words, language)] == []


def _is_finnish(words: str, language: Language) -> bool:
    """Whether a text is one of the product's own, left in Finnish."""
    plain, holed = _finnish(language)
    return words in plain or any(pattern.fullmatch(words) for pattern in holed)


@cache
def _finnish(language: Language) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the Finnish texts that read otherwise in a language, plain ones and those with holes."""
    texts = set()
    for _, catalogue in area_catalogues(language):
        for message in catalogue:
            ours = [message.id] if isinstance(message.id, str) else list(message.id)
            theirs = [message.string] if isinstance(message.string, str) else list(message.string or ())
            texts |= {" ".join(text.split()) for text in ours if text and text not in theirs}
    plain = frozenset(text for text in texts if not HOLE.search(text))
    holed = (text for text in texts - plain if len(HOLE.sub("", text)) >= SHORTEST)
    return plain, tuple(re.compile(".+".join(map(re.escape, HOLE.split(text)))) for text in holed)
