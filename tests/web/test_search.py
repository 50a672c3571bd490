"""Search and the quick menu: what is led to at once, what is found, what is suggested and to whom."""

import pytest

from tests.web.house import HANDLER, SCHOOL_HEAD, Gateway, browser
from web import navigation

CASE = {
    "kind": "case",
    "id": "c1",
    "title": "P-2026-001474 Lounas",
    "subtitle": "Alppilan koulu",
    "score": 0.5,
}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def finding(*items: object, me: object = HANDLER, **more: object) -> Gateway:
    """Return a gateway whose search finds these."""
    return Gateway(me, **{"GET /search": {"items": items, "degraded": [], **more}})


def page_of(gateway: Gateway, address: str, language: str = "fi") -> str:
    """Return a page as somebody gets it."""
    with browser(gateway, language=language) as client:
        return str(client.get(address).text)


def main_of(html: str) -> str:
    """Return what a page says itself."""
    return html.split("<main", 1)[1].split("</main>", 1)[0]


def test_search_groups_what_it_finds_and_says_what_could_not_be_searched():
    lacking = [{"part": "contracts", "reason": "unavailable", "detail": "…"}]
    html = page_of(finding(CASE, degraded=lacking), "/search?q=ruokalista")
    assert 'href="/cases/c1"' in html
    assert "1 osuma haulla ”ruokalista”" in html
    assert "Sopimukset ja vuosikello ei vastaa" in html


def test_more_hits_than_are_shown_are_told_as_more_and_lead_to_the_whole_list():
    items = [{**CASE, "id": f"c{each}"} for each in range(50)]

    html = page_of(finding(*items, more=True), "/search?q=lounas")
    assert "Yli 50 osumaa haulla ”lounas”" in html
    assert 'href="/cases?q=lounas"' in html

    html = page_of(finding(*items, more=False), "/search?q=lounas")
    assert "50 osumaa haulla ”lounas”" in html
    assert 'href="/cases?q=lounas"' not in html


def test_a_hit_tells_its_day_and_how_it_stands():
    html = page_of(finding({**CASE, "state": "waiting", "day": "2026-11-23"}), "/search?q=lounas")
    assert '<time datetime="2026-11-23">' in html
    assert "Odottaa asiakasta" in html


def test_what_is_asked_by_its_own_number_is_led_to_at_once():
    gateway = finding({**CASE, "exact": True})
    with browser(gateway) as client:
        straight = client.get("/search?q=P-2026-1474")
        in_part = client.get("/search?q=P-2026-1474", headers=PARTIAL)
    assert (straight.status_code, straight.headers["location"]) == (303, "/cases/c1")
    assert in_part.headers["hx-redirect"] == "/cases/c1"


def test_a_number_that_two_share_leads_to_a_choice():
    people = [{"kind": "person", "id": each, "title": each, "exact": True} for each in ("p1", "p2")]
    with browser(finding(*people)) as client:
        assert client.get("/search?q=044 700 3003").status_code == 200


def test_a_kind_that_this_page_does_not_know_is_left_out():
    html = page_of(finding({**CASE, "kind": "robot", "exact": True}), "/search?q=lounas")
    assert "Ei osumia" in html


def test_a_search_of_nothing_asks_nobody():
    gateway = finding()
    page_of(gateway, "/search?q=%20")
    assert gateway.sent("GET", "/search") == []


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("sanasto", "/glossary"),
        ("vuosikellossa", "/clock"),
        ("hinnat", "/contracts"),
        ("reklamaatiot", "/cases"),
        ("svenska", "/language/sv"),
        ("complaints", "/cases"),
    ],
)
def test_rooms_are_found_by_the_words_for_what_is_in_them(words: str, href: str):
    assert f'<a href="{href}"' in main_of(page_of(finding(), f"/search?q={words}"))


def test_words_of_the_glossary_are_found_in_any_form():
    assert 'href="/glossary?q=toteuma"' in page_of(finding(), "/search?q=toteumasta")
    assert 'href="/glossary?q=actual"' in page_of(finding(), "/search?q=toteuma", "en")


def test_only_ways_that_are_the_persons_own_are_found_and_suggested():
    head = SCHOOL_HEAD | {"allowed": {"report_case": True}}
    for address in ("/quick", "/search/suggestions"):
        html = page_of(finding(me=head), address)
        assert "/feedback/new" in html, address
        assert "/feedback/quick" not in html, address
        assert 'href="/customers"' not in main_of(html) if "<main" in html else '"/customers"' not in html
    assert 'href="/customers"' not in main_of(page_of(finding(me=head), "/search?q=asiakkaat"))


def test_suggestions_are_options_with_a_number_to_be_said():
    html = page_of(finding(CASE), "/search/suggestions?q=vuosikello", "en")
    assert 'data-count="4 suggestions"' in html
    assert html.count('role="option"') == 4
    assert 'data-href="/clock"' in html
    assert 'data-href="/cases/c1"' in html
    assert "<body" not in html


def test_suggestions_stand_without_what_the_gateway_finds():
    with browser(Gateway()) as client:
        answer = client.get("/search/suggestions?q=sanasto")
    assert answer.status_code == 200
    assert 'data-href="/glossary"' in answer.text


def test_every_way_of_the_navigation_can_be_found():
    ways = {each.href for each in vars(navigation).values() if isinstance(each, navigation.NavLink)}
    everything = HANDLER | {"allowed": {"report_case": True, "log_case": True}}
    html = page_of(finding(me=everything), "/search/suggestions")
    assert [href for href in ways if f'data-href="{href}"' not in html] == []
