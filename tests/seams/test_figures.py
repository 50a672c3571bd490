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
    assert bool(section) == (who in ("contract-contact", "account-manager", "management"))
    if section:
        address = re.findall(r'href="(/contracts\?[^"]+)"', section)[0]
        year = re.findall(r"year=(\d+)", address)[0]
        more = re.search(r"ja (\d+) muu", section)
        counted = section.count("<li>") + (int(more[1]) if more else 0)
        unsigned = re.compile(
            rf'/years/{year}"(?:(?!</li>).)*(Luonnos|Neuvottelussa|Hyväksyttävänä)', re.DOTALL
        )
        contracts = rows_of(city, who, address, _CONTRACT)
        assert counted == sum(bool(unsigned.search(each)) for each in contracts) > 0


@pytest.mark.parametrize("address", ["/cases?view=open", "/cases?view=late&service=cleaning&due=today"])
@pytest.mark.parametrize("who", WORKING + CUSTOMERS)
def test_a_number_beside_a_view_is_the_length_of_the_view(city: RunningCity, who: str, address: str) -> None:
    views = _VIEW.findall(page_of(city, who, address))
    assert len(views) == (5 if who in WORKING else 3)
    assert [(view, int(number)) for view, number in views] == [
        (view, listed(city, who, view)) for view, _ in views
    ]
