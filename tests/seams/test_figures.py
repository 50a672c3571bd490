"""Every figure of a page is the length of the list that it links to, for each of the cast."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.city import RunningCity, run_city

WORKING = ("supervisor", "handler", "account-manager", "management", "admin", "producer-supervisor")
CUSTOMERS = ("contract-contact", "school-head", "daycare-head")
_FIGURE = re.compile(
    r'<li class="figure-card"[^>]*>\s*<a href="([^"]+)">[^<]+</a>\s*<p class="figure">.*?(\d+)</p>', re.DOTALL
)
_VIEW = re.compile(r'<a class="filter" href="([^"]+)"[^>]*>[^<]+<span class="count">(\d+)</span></a>')
_ROW = re.compile(r'<li class="case-row[ "]')
_CASE = re.compile(r'<a href="(/cases/[0-9a-f-]{36})"')
_SUBJECT = re.compile(r'<h2 class="case-subject"[^>]*><a class="ds-link" href="(/cases/[0-9a-f-]{36})')
_CONTRACT = re.compile(r'<div class="agreement-name">.*?</ul>', re.DOTALL)
_ONWARD = re.compile(r'data-variant="secondary" href="(/(?:cases|contracts)\?[^"]*cursor=[^"]+)"')


@pytest.fixture(scope="module")
def city(filled_city: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with run_city(filled_city, tmp_path_factory.mktemp("words")) as running:
        yield running


def page_of(city: RunningCity, who: str, address: str) -> str:
    answer = city.ask("web", "GET", unescape(address), headers=city.credentials("web", who))
    assert answer.status_code == 200, answer.text
    return answer.text


def rows_of(city: RunningCity, who: str, address: str, row: re.Pattern[str]) -> list[str]:
    """Return the rows of a list, all its pages together."""
    page = page_of(city, who, address)
    found = row.findall(page)
    while onward := _ONWARD.search(page):
        page = page_of(city, who, onward[1])
        found += row.findall(page)
    return found


def listed(city: RunningCity, who: str, address: str) -> int:
    """Return how many cases the list of an address has."""
    return len(rows_of(city, who, address, _ROW))


@pytest.mark.parametrize("who", WORKING)
def test_a_figure_of_the_home_is_the_length_of_its_list(city: RunningCity, who: str) -> None:
    figures = _FIGURE.findall(page_of(city, who, "/"))
    assert len(figures) == 4
    assert who == "producer-supervisor" or any(int(figure) for _, figure in figures)
    assert [(address, int(figure)) for address, figure in figures] == [
        (address, listed(city, who, address)) for address, _ in figures
    ]


@pytest.mark.parametrize("who", CUSTOMERS)
def test_the_homes_of_customers_have_no_figures_of_work(city: RunningCity, who: str) -> None:
    assert _FIGURE.findall(page_of(city, who, "/")) == []


@pytest.mark.parametrize("who", WORKING + CUSTOMERS)
def test_the_contracts_of_a_home_and_how_many_more_are_the_unsigned_ones_of_the_list(
    city: RunningCity, who: str
) -> None:
    home = page_of(city, who, "/")
    section = home.partition('id="drafts-heading"')[2].partition("</section>")[0]
    assert bool(section) == (who in ("contract-contact", "account-manager"))
    if section:
        address = re.findall(r'href="(/contracts\?[^"]+)"', section)[0]
        more = re.search(r"ja (\d+) muu", section)
        counted = section.count("<li>") + (int(more[1]) if more else 0)
        assert counted == in_states(city, who, address, "Luonnos|Neuvottelussa|Hyväksyttävänä") > 0


def in_states(city: RunningCity, who: str, address: str, states: str) -> int:
    """Return how many contracts of the list of an address have their year in one of the states."""
    year = re.findall(r"year=(\d+)", address)[0]
    found = re.compile(rf'/years/{year}"(?:(?!</li>).)*({states})', re.DOTALL)
    return sum(bool(found.search(each)) for each in rows_of(city, who, address, _CONTRACT))


def test_the_signed_contracts_of_the_managements_home_are_those_of_the_list(city: RunningCity) -> None:
    home = page_of(city, "management", "/")
    found = re.search(
        r'href="(/contracts\?[^"]+)">[^<]+</a></dt>\s*<dd class="share">(\d+)/(\d+)</dd>', home, re.DOTALL
    )
    assert found
    assert int(found[2]) == in_states(city, "management", found[1], "Allekirjoitettu|Voimassa")
    assert int(found[3]) == len(rows_of(city, "management", found[1], _CONTRACT)) > 0


def test_who_is_late_on_the_managements_home_has_as_many_late_cases_in_the_list(city: RunningCity) -> None:
    home = page_of(city, "management", "/")
    told = re.findall(
        r'<a href="(/cases\?due=late&amp;(handler|producer_id)=[^"]+)"(?:(?!</li>).)*?Myöhässä (\d+)<',
        home,
        re.DOTALL,
    )
    assert {name for _, name, _ in told} == {"handler", "producer_id"}
    assert [(address, int(late)) for address, _, late in told] == [
        (address, listed(city, "management", address)) for address, _, _ in told
    ]


def test_what_else_was_heard_today_is_what_the_list_has_beside_the_open_ones(city: RunningCity) -> None:
    home = page_of(city, "supervisor", "/")
    section = home.partition('id="heard-heading"')[2].partition("</section>")[0]
    address = re.findall(r'href="(/cases\?[^"]+)"', section)[0]
    today = set(rows_of(city, "supervisor", address, _SUBJECT))
    shown = set(_CASE.findall(section))
    assert shown <= today
    assert len(shown) == min(3, len(today - set(_CASE.findall(home.partition('id="heard-heading"')[0]))))


@pytest.mark.parametrize("who", WORKING + CUSTOMERS)
def test_a_home_tells_of_at_most_seven_things(city: RunningCity, who: str) -> None:
    home = re.sub(r"<details.*?</details>", "", page_of(city, who, "/"), flags=re.DOTALL)
    lists = re.findall(r'<ul class="rows[^"]*">.*?</ul>', home, re.DOTALL)
    asked = re.findall(r'class="asked-question"', home)
    assert sum(each.count("<li>") for each in lists) + len(asked) <= 7


@pytest.mark.parametrize("address", ["/cases?view=open", "/cases?view=late&service=cleaning&due=today"])
@pytest.mark.parametrize("who", WORKING + CUSTOMERS)
def test_a_number_beside_a_view_is_the_length_of_the_view(city: RunningCity, who: str, address: str) -> None:
    views = _VIEW.findall(page_of(city, who, address))
    assert len(views) == (5 if who in WORKING else 3)
    assert [(view, int(number)) for view, number in views] == [
        (view, listed(city, who, view)) for view, _ in views
    ]
