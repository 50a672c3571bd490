"""Palautteet: the queue, its views and filters, what changed meanwhile, and many at once."""

import re
from html import unescape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from tests.web.feedback.city import CASE_ID, HEAD, OTHER_ID, SITE_ID, a_case, at, city, form_of
from tests.web.house import Gateway, browser, problem

QUEUE = "/cases"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
BULK = "/cases/selected"


def asked(gateway: Gateway) -> dict[str, str]:
    """Return what was last asked of the list of cases."""
    return dict([request for request in gateway.asked if request.url.path == "/api/v1/cases"][-1].url.params)


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("", {"handler": "me"}),
        ("?view=open", {}),
        ("?view=today", {"due": "today"}),
        ("?view=late", {"due": "late"}),
        ("?view=waiting", {"state": "waiting"}),
        ("?view=praise", {"kind": "praise", "sort": "newest"}),
        ("?view=closed", {"state": "closed", "sort": "newest"}),
        ("?view=open&service=meals&q=lounas", {"service": "meals", "q": "lounas"}),
        ("?due=late", {"due": "late"}),
        ("?handler=me&due=late", {"handler": "me", "due": "late"}),
        (f"?site_id={SITE_ID}", {"site_id": SITE_ID}),
        ("?view=open&cursor=abc", {"cursor": "abc"}),
    ],
)
def test_the_address_says_what_is_asked(address: str, query: dict[str, str]) -> None:
    gateway = city()
    with browser(gateway) as client:
        assert client.get(QUEUE + address).status_code == 200
    assert asked(gateway) == {"sort": "next_due", **query, "limit": "25"}


def test_a_row_tells_what_where_who_and_by_when() -> None:
    with browser(city()) as client:
        page = client.get(QUEUE)
    for words in (
        "Lounas loppui kesken",
        "P-2026-000123",
        "Rajakylän koulu",
        "Päivi Käsittelijä",
        "ti 24.11. klo 11.00",
        'width="50.0%"',
    ):
        assert words in page.text


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_full_queue_weighs_12_kilobytes_on_the_line(coding: str) -> None:
    def a_row(number: int) -> dict[str, Any]:
        some_id = uuid5(NAMESPACE_URL, str(number))
        words = f"Aihe {some_id.hex}"  # no two rows alike: a list of the same words would weigh nothing
        return a_case(
            id=str(some_id), reference=f"P-2026-{number:06}", subject=words, received_at=at(-number)
        )

    rows = [a_row(number) for number in range(25)]
    gateway = city()
    gateway["GET /cases"] = {"items": rows, "next": "abc"}
    with browser(gateway) as client:
        address = f"{QUEUE}?view=open"
        with client.stream("GET", address, headers={"Accept-Encoding": coding}) as page:
            weight = len(b"".join(page.iter_raw()))

    assert page.headers["content-encoding"] == coding
    assert weight <= 12_000


def asked_for_people(gateway: Gateway) -> int:
    return len([request for request in gateway.asked if request.url.path == "/api/v1/people"])


def test_who_can_be_given_a_case_is_asked_once_for_many_pages() -> None:
    gateway = city()
    with browser(gateway) as client:
        first = client.get(QUEUE).text
        known = asked_for_people(gateway)
        assert "Olli Ohjaaja" in first
        assert "Olli Ohjaaja" in client.get(QUEUE).text
    assert asked_for_people(gateway) == known == 1


def test_people_who_could_not_be_asked_for_are_asked_for_again() -> None:
    gateway = city()
    people, gateway["GET /people"] = gateway.answers["GET /people"], problem(503, "unavailable")
    with browser(gateway) as client:
        assert "Olli Ohjaaja" not in client.get(QUEUE).text
        gateway["GET /people"] = people
        assert "Olli Ohjaaja" in client.get(QUEUE).text


def test_late_is_said_in_words() -> None:
    late = a_case(time_left={"due_at": at(2), "share_used": 1.7, "state": "late"})
    with browser(city(**{"GET /cases": {"items": [late], "next": None}})) as client:
        page = client.get(QUEUE)
    assert "Vastaus 2 t myöhässä" in page.text
    assert 'width="100%"' in page.text


@pytest.mark.parametrize("person", ["handler", "school-head"])
def test_a_promise_broken_before_the_customer_was_asked_stays_broken_and_nothing_is_late(person: str) -> None:
    paused = {"due_at": at(2), "share_used": 1.7, "state": "paused"}
    asked = a_case(
        time_left=paused, state="waiting", waiting_for="Montako jäi ilman?", resolution_breached=True
    )
    with browser(city(**{"GET /cases": {"items": [asked], "next": None}})) as client:
        page = client.get(QUEUE)
    assert "Asiakkaan vastausta odotetaan. Lupaus ratkaisusta ylittyi jo" in page.text
    assert "myöhässä" not in page.text


def test_counts_stand_beside_the_views_and_bounded_ones_say_so() -> None:
    with browser(city()) as client:
        assert '<span class="count">1000+</span>' in client.get(QUEUE).text


def test_only_the_figures_beside_the_views_are_asked_for_and_in_one_question() -> None:
    gateway = city()
    with browser(gateway) as client:
        client.get(QUEUE)
    asked = [
        each.url.params.get_list("figures") for each in gateway.asked if each.url.path.endswith("counts")
    ]
    assert asked == [["mine", "due_today", "late", "waiting", "open", "urgent"]]


def test_the_queue_stands_without_its_counts() -> None:
    with browser(city(**{"GET /cases/counts": problem(503, "unavailable")})) as client:
        page = client.get(QUEUE)
    assert page.status_code == 200
    assert "Lounas loppui kesken" in page.text


def test_the_fragment_is_the_queue_alone() -> None:
    with browser(city()) as client:
        part = client.get(f"{QUEUE}?view=open", headers=PARTIAL)
    assert part.text.lstrip().startswith('<div id="queue">')
    assert "Lounas loppui kesken" in part.text


def test_paging_goes_on_by_key_with_the_same_filters() -> None:
    with browser(city(**{"GET /cases": {"items": [a_case()], "next": "k2"}})) as client:
        page = client.get(f"{QUEUE}?view=open&service=meals")
    assert "/cases?view=open&service=meals&cursor=k2" in unescape(page.text)


def test_site_people_see_their_own_with_plain_words() -> None:
    waiting = a_case(state="waiting", waiting_for="Montako jäi ilman?")
    with browser(city(HEAD, **{"GET /cases": {"items": [waiting], "next": None}})) as client:
        page = client.get(QUEUE)
    assert "Omat palautteet" in page.text
    assert "Sinulta kysytään: Montako jäi ilman?" in page.text
    assert 'type="checkbox"' not in page.text
    assert "/cases/selected" not in page.text


def test_an_empty_queue_offers_the_first_step() -> None:
    with browser(city(HEAD, **{"GET /cases": {"items": [], "next": None}})) as client:
        page = client.get(QUEUE)
    assert "Täällä ei ole nyt palautteita" in page.text
    assert 'href="/feedback/new"' in page.text


def watched(html: str) -> str:
    """Return the address that the page asks for changes."""
    (address,) = re.findall(r'data-watch(?:-next)?="([^"]+)"', html)
    return unescape(address)


def test_news_are_told_without_pushing_rows_in() -> None:
    gateway = city()
    with browser(gateway) as client:
        watch = watched(client.get(f"{QUEUE}?view=open").text)
        gateway["GET /cases"] = {
            "items": [a_case(id=OTHER_ID), a_case(state="acknowledged", version=4)],
            "next": None,
        }
        news = client.get(watch)
        again = client.get(watched(news.text))
    assert "1 uusi palaute." in news.text
    assert "P-2026-000123 muuttui: Otettu käsittelyyn." in news.text
    assert f'id="live-{CASE_ID}"' in news.text
    assert f'id="live-{OTHER_ID}"' not in news.text
    assert "queue-news" not in again.text


def test_bulk_takes_up_each_with_its_own_key() -> None:
    gateway = city()
    for case_id in (CASE_ID, OTHER_ID):
        gateway[f"POST /cases/{case_id}/acknowledge"] = a_case()
    with browser(gateway) as client:
        fields = form_of(client.get(f"{QUEUE}?view=open").text, BULK)
        answer = client.post(BULK, data={**fields, "case_id": [CASE_ID, OTHER_ID], "act": "acknowledge"})
        page = client.get(answer.headers["location"])
    keys = {request.headers["idempotency-key"] for request in gateway.asked if request.method == "POST"}
    assert keys == {f"{fields['form_key']}-{CASE_ID}", f"{fields['form_key']}-{OTHER_ID}"}
    assert answer.headers["location"] == "/cases?view=open"
    assert "Otettu käsittelyyn: 2." in page.text


def test_bulk_tells_what_could_not_be_done() -> None:
    gateway = city(**{f"POST /cases/{OTHER_ID}/acknowledge": problem(409, "wrong_state")})
    gateway[f"POST /cases/{CASE_ID}/acknowledge"] = a_case()
    with browser(gateway) as client:
        fields = form_of(client.get(QUEUE).text, BULK)
        answer = client.post(BULK, data={**fields, "case_id": [CASE_ID, OTHER_ID], "act": "acknowledge"})
        page = client.get(answer.headers["location"])
    assert "Otettu käsittelyyn: 1. Jo aiemmin tehty tai ei sallittu: 1." in page.text


def test_bulk_hands_over_to_the_chosen_person() -> None:
    gateway = city(**{f"POST /cases/{CASE_ID}/assign": a_case()})
    with browser(gateway) as client:
        fields = form_of(client.get(QUEUE).text, BULK)
        client.post(BULK, data={**fields, "case_id": CASE_ID, "act": "assign", "person_id": OTHER_ID})
    assert gateway.sent("POST", f"/cases/{CASE_ID}/assign") == [{"person_id": OTHER_ID}]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "acknowledge"}, "Valitse ensin vähintään yksi palaute."),
        ({"act": "assign", "case_id": CASE_ID}, "Valitse, kenelle palautteet siirretään."),
        ({"act": "acknowledge", "case_id": "../../people"}, "Valitse ensin vähintään yksi palaute."),
    ],
)
def test_bulk_without_a_choice_says_so(fields: dict[str, str], words: str) -> None:
    gateway = city()
    with browser(gateway) as client:
        hidden = form_of(client.get(QUEUE).text, BULK)
        answer = client.post(BULK, data={**hidden, **fields})
        assert words in client.get(answer.headers["location"]).text
    assert [request for request in gateway.asked if request.method == "POST"] == []


def test_a_foreign_form_does_nothing() -> None:
    gateway = city()
    with browser(gateway) as client:
        answer = client.post(BULK, data={"form_token": "x", "case_id": CASE_ID, "act": "acknowledge"})
    assert answer.status_code == 403
    assert [request for request in gateway.asked if request.method == "POST"] == []


def test_after_sending_the_next_of_the_list_is_opened() -> None:
    first, second = a_case(), a_case(id=OTHER_ID, subject="Ruoka oli kylmää")
    gateway = city(**{"GET /cases": {"items": [first, second], "next": None}})
    for case in (first, second):
        gateway[f"GET /cases/{case['id']}"] = case
        gateway[f"POST /cases/{case['id']}/messages"] = case
    back = "/cases?view=late"
    with browser(gateway) as client:
        for case, onward in ((first, f"/cases/{OTHER_ID}?back="), (second, back)):
            path = f"/cases/{case['id']}"
            page = client.get(path, params={"back": back}).text
            fields = form_of(page, f"{path}/messages")
            assert 'name="goes_on" value="1" checked' in page
            sent = client.post(f"{path}/messages", data={**fields, "body": "Selvitämme.", "goes_on": "1"})
            assert sent.headers["location"].startswith(onward)
        last = client.get(back).text
    assert "Se oli listan viimeinen." in last


@pytest.mark.parametrize(
    ("listed", "leads_to"),
    [
        ({"items": [a_case()], "next": "more"}, "/cases?view=late&cursor=more"),
        (problem(503, "unavailable"), f"/cases/{CASE_ID}?back="),
    ],
)
def test_at_the_end_of_a_page_the_list_goes_on_and_without_it_the_case_stays(
    listed: object, leads_to: str
) -> None:
    path = f"/cases/{CASE_ID}"
    gateway = city(**{"GET /cases": listed, f"POST {path}/messages": a_case()})
    with browser(gateway) as client:
        fields = form_of(client.get(path, params={"back": "/cases?view=late"}).text, f"{path}/messages")
        sent = client.post(f"{path}/messages", data={**fields, "body": "Hei", "goes_on": "1"})
    assert sent.headers["location"].startswith(leads_to)


def test_the_link_to_all_that_is_urgent_asks_for_just_that() -> None:
    gateway = city()
    with browser(gateway) as client:
        assert client.get("/cases?view=open&urgent=true").status_code == 200
    assert asked(gateway)["urgent"] == "true"


def test_who_wants_to_stay_with_the_case_stays() -> None:
    path = f"/cases/{CASE_ID}"
    with browser(city(**{f"POST {path}/messages": a_case()})) as client:
        fields = form_of(client.get(path, params={"back": "/cases?view=late"}).text, f"{path}/messages")
        sent = client.post(f"{path}/messages", data={**fields, "body": "Hei"})
    assert sent.headers["location"].startswith(f"{path}?")


def test_ones_own_name_is_not_on_each_row_of_ones_own_view() -> None:
    with browser(city()) as client:
        mine = client.get(QUEUE, params={"view": "mine"}).text
        every = client.get(QUEUE, params={"view": "open"}).text
    row = mine[mine.index('class="case-row"') : mine.index('class="case-now"')]
    assert "Päivi Käsittelijä" not in row
    assert "Päivi Käsittelijä" in every[every.index('class="case-row"') : every.index('class="case-now"')]
