"""What narrows the queue: choices with counts, chips, what hides an empty list, and what cannot be read."""

import re
from html import unescape
from typing import Any

import httpx2
import pytest

from tests.web.feedback.city import CASE_ID, HEAD, OTHER_ID, SITE_ID, a_case, city
from tests.web.house import Gateway, browser, problem

PRODUCER = "0190a000-0000-7000-8000-0000000000e1"
FACETS: dict[str, Any] = {
    "cases": 7,
    "more": False,
    "site": [{"value": SITE_ID, "name": "Rajakylän koulu", "count": 7}],
    "handler": [{"value": OTHER_ID, "name": "Olli Ohjaaja", "count": 4}],
    "producer": [{"value": PRODUCER, "name": "Oulun Serviisi", "count": 6}],
    "service": [{"value": "meals", "name": "meals", "count": 5}],
}


def filtered(**answers: Any) -> Gateway:
    return city(**{"GET /cases/facets": FACETS, **answers})


def asked_for_facets(gateway: Gateway) -> list[dict[str, str]]:
    return [dict(each.url.params) for each in gateway.asked if each.url.path.endswith("/facets")]


def chips(html: str) -> list[tuple[str, str]]:
    """Return each chip's words and where a press of it leads."""
    found = re.findall(
        r'<a class="filter narrowing" href="([^"]+)".*?</span><span>(.*?)</span>', html, re.DOTALL
    )
    return [(re.sub(r"<[^>]+>", "", words).strip(), unescape(address)) for address, words in found]


def test_a_queue_without_filters_asks_for_no_choices() -> None:
    gateway = filtered()
    with browser(gateway) as client:
        page = client.get("/cases")

    assert asked_for_facets(gateway) == []
    assert 'href="/cases?view=mine&amp;filters=1"' in page.text


def test_choices_come_when_somebody_looks_and_tell_their_counts() -> None:
    gateway = filtered()
    with browser(gateway) as client:
        part = client.get("/cases/choices?view=late", headers={"HX-Request-Type": "partial"}).text
        whole = client.get("/cases?view=late&filters=1").text

    for html in (part, whole):
        for words in ("Rajakylän koulu (7)", "Olli Ohjaaja (4)", "Oulun Serviisi (6)"):
            assert words in html
    assert "Ateriat (5)" in whole
    assert asked_for_facets(gateway) == [{"sort": "next_due", "due": "late"}] * 2


def test_filters_combine_with_a_view_and_with_words_and_each_can_be_taken_away() -> None:
    gateway = filtered()
    address = f"/cases?view=late&q=lounas&site_id={SITE_ID}&handler={OTHER_ID}&received_from=2026-11-02"
    with browser(gateway) as client:
        page = client.get(address)

    (listed,) = [dict(each.url.params) for each in gateway.asked if each.url.path.endswith("/cases")]
    assert listed == {
        "sort": "next_due",
        "due": "late",
        "q": "lounas",
        "site_id": SITE_ID,
        "handler": OTHER_ID,
        "received_from": "2026-11-02",
        "limit": "25",
    }
    assert dict(chips(page.text)) == {
        "Haku: lounas": f"/cases?view=late&received_from=2026-11-02&site_id={SITE_ID}&handler={OTHER_ID}",
        "Saapunut aikaisintaan: ma 2.11.": f"/cases?view=late&q=lounas&site_id={SITE_ID}&handler={OTHER_ID}",
        "Kohde: Rajakylän koulu": f"/cases?view=late&q=lounas&received_from=2026-11-02&handler={OTHER_ID}",
        "Käsittelijä: Olli Ohjaaja": f"/cases?view=late&q=lounas&received_from=2026-11-02&site_id={SITE_ID}",
    }
    assert "7 palautetta" in page.text
    assert re.search(r'href="/cases\?view=late"[^>]*>Tyhjennä<', page.text)


def test_a_filter_stays_when_another_view_is_chosen_but_not_where_the_view_says_who() -> None:
    with browser(filtered()) as client:
        page = unescape(client.get(f"/cases?view=late&handler={OTHER_ID}&producer_id={PRODUCER}").text)

    assert f'href="/cases?view=today&handler={OTHER_ID}&producer_id={PRODUCER}"' in page
    assert f'href="/cases?view=mine&producer_id={PRODUCER}"' in page


def test_a_filter_that_says_otherwise_than_the_view_leaves_the_view() -> None:
    with browser(filtered()) as client:
        page = client.get(f"/cases?view=mine&handler={OTHER_ID}").text

    current = re.search(r'<a class="filter" href="[^"]+" aria-current="true"[^>]*>([^<]+)', page)
    assert current
    assert current[1].strip() == "Kaikki avoimet"


def test_an_empty_list_says_which_filter_hides_how_many() -> None:
    def facets(request: httpx2.Request) -> httpx2.Response:
        hidden = 0 if "site_id" in request.url.params else 3
        return httpx2.Response(200, json={"cases": hidden, "more": False})

    gateway = city(**{"GET /cases": {"items": [], "next": None}, "GET /cases/facets": facets})
    with browser(gateway) as client:
        page = client.get(f"/cases?view=open&site_id={SITE_ID}&service=meals")

    assert "Ilman rajausta Kohde: valittu löytyy 3 palautetta" in page.text
    assert "Ilman rajausta Palvelu" not in page.text


def test_what_cannot_be_read_is_named_and_the_rest_of_the_list_stays() -> None:
    def cases(request: httpx2.Request) -> httpx2.Response:
        if "site_id" in request.url.params:
            error = {"pointer": "#/query/site_id", "code": "uuid_parsing", "detail": "Ei kelpaa."}
            return problem(422, "invalid", errors=[error])
        return httpx2.Response(200, json={"items": [a_case()], "next": None})

    with browser(filtered(**{"GET /cases": cases})) as client:
        page = client.get("/cases?view=open&site_id=koulu&service=meals")

    assert page.status_code == 422
    assert "Näitä rajauksia ei voitu lukea, joten lista näytetään ilman niitä: Kohde." in page.text
    assert f"/cases/{CASE_ID}" in page.text
    assert [words for words, _ in chips(page.text)] == ["Palvelu: Ateriat"]


@pytest.mark.parametrize("missing", [problem(503, "unavailable"), problem(422, "invalid")])
def test_the_queue_stands_without_its_choices_and_keeps_what_was_chosen(missing: httpx2.Response) -> None:
    with browser(city(HEAD, **{"GET /cases/facets": missing})) as client:
        page = client.get(f"/cases?view=open&site_id={SITE_ID}")

    assert "Lounas loppui kesken" in page.text
    assert f'<input type="hidden" name="site_id" value="{SITE_ID}">' in page.text
    assert [words for words, _ in chips(page.text)] == ["Kohde: Rajakylän koulu"]
