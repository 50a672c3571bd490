"""Palaute: the page of a case is ordered by its reader: whose words, whose card, what to do first."""

import re
from typing import Any

import pytest

from tests.web.feedback.city import CASE_ID, HEAD, a_case, a_clock, a_message, at, city, form_of
from tests.web.house import HANDLER, browser

CASE = f"/cases/{CASE_ID}"
ASKED = a_message("Montako jäi ilman?", kind="question", id="q")
FROM_THE_SCHOOL = a_message(
    "Kolme luokkaa.",
    kind="answer",
    side="customer",
    id="a",
    author={"person_id": "0190a000-0000-7000-8000-0000000000b9", "name": "Kaisa Koulusihteeri"},
)
SETTLED = a_message("Annosmäärä on korjattu.", kind="resolution", id="r")


def sides(page: str) -> dict[str, str]:
    """Return on which side each message stands, by its words."""
    found = re.findall(r'data-side="(\w+)".*?<p class="typed"[^>]*>([^<]*)<', page, re.DOTALL)
    return {words: side for side, words in found}


@pytest.mark.parametrize(("person", "ours", "theirs"), [(HANDLER, "own", "other"), (HEAD, "other", "own")])
def test_own_words_stand_on_ones_own_side_whoever_of_it_wrote_them(
    person: dict[str, Any], ours: str, theirs: str
):
    case = a_case()
    case["messages"] = [*case["messages"], ASKED, FROM_THE_SCHOOL]
    with browser(city(person, **{f"GET {CASE}": case})) as client:
        page = client.get(CASE).text
    assert sides(page) == {
        "Kolme luokkaa jäi ilman pääruokaa.": theirs,
        "Kiitos, palautteesi on vastaanotettu.": "service",
        "Montako jäi ilman?": ours,
        "Kolme luokkaa.": theirs,
    }


def test_a_service_that_does_not_tell_sides_yet_claims_nobodys_words_for_the_reader() -> None:
    older = a_message("Vanhasta palvelusta.", id="old")
    del older["side"]
    with browser(city(HEAD, **{f"GET {CASE}": a_case(messages=[older])})) as client:
        page = client.get(CASE).text
    assert sides(page)["Vanhasta palvelusta."] == "other"


def test_each_turn_tells_who_speaks_and_for_whom() -> None:
    case = a_case(messages=[ASKED, FROM_THE_SCHOOL])
    with browser(city(**{f"GET {CASE}": case})) as client:
        page = client.get(CASE).text
    conversation = page[page.index('id="case-conversation"') :]
    heads = re.findall(r"<strong>([^<]+)</strong>\s*<span[^>]*>([^<]+)</span>", conversation)[:3]
    assert heads == [
        ("Raija Rehtori", "Rajakylän koulu"),
        ("Päivi Käsittelijä", "Palautteiden käsittelijä"),
        ("Kaisa Koulusihteeri", "Rajakylän koulu"),
    ]


def test_the_middle_of_a_long_conversation_is_folded() -> None:
    messages = [a_message(f"Viesti {number}", id=f"m{number}") for number in range(6)]
    with browser(city(**{f"GET {CASE}": a_case(messages=messages)})) as client:
        page = client.get(CASE).text
    page = page[page.index("4 viestiä tässä välissä") :]
    fold = page[: page.index("</details>")]
    assert re.findall(r"Viesti \d", fold) == ["Viesti 0", "Viesti 1", "Viesti 2", "Viesti 3"]
    assert re.findall(r"Viesti \d", page.replace(fold, "")) == ["Viesti 4", "Viesti 5"]


def test_what_is_earlier_than_the_page_tells_is_counted_and_a_link_away() -> None:
    part = a_case(messages=[ASKED], earlier={"before": 41, "messages": 12, "history": 3})
    first = a_case(messages=[FROM_THE_SCHOOL], earlier=None)
    gateway = city(**{f"GET {CASE}": part})
    with browser(gateway) as client:
        page = client.get(CASE).text
        gateway[f"GET {CASE}"] = first
        earlier = client.get(f"{CASE}/earlier?before=41").text

    assert f'href="{CASE}/earlier?before=41">Näytä aiemmat: 12 viestiä</a>' in page
    assert 'name="seen_messages" value="13"' in page
    assert "messages=13" in page
    assert gateway.asked[-1].url.params.get("before") == "41"
    assert "Kolme luokkaa." in earlier
    assert "Näytä aiemmat" not in earlier


def test_the_conversation_and_the_answer_come_before_the_time() -> None:
    with browser(city()) as client:
        page = client.get(CASE).text
    places = [
        page.index(f'id="{part}"') for part in ("case-state", "case-conversation", "field-body", "case-clock")
    ]
    assert places == sorted(places)


def test_who_answers_sees_whom_to_call_and_the_customer_who_has_it() -> None:
    with browser(city()) as client:
        ours = client.get(CASE).text
    with browser(city(HEAD)) as client:
        theirs = client.get(CASE).text
    assert "Raija Rehtori toivoo soittoa" in ours
    assert ours.count('href="tel:040111"') == 1
    assert 'href="tel:0447003003"' not in ours  # one's own number
    assert "Sinä hoidat tätä" in ours
    assert theirs.count('href="tel:0447003003"') == 1
    assert 'href="tel:040111"' not in theirs


def test_the_first_answer_takes_the_case_up() -> None:
    with browser(city()) as client:
        page = client.get(CASE).text
    buttons = re.findall(r'<button class="ds-button" type="submit"([^>]*)>.*?<span>([^<]+)</span>', page)
    looks = {word: "data-variant" not in rest for rest, word in buttons}
    assert looks["Lähetä vastaus"]
    assert not looks["Otan hoitaakseni, vastaan myöhemmin"]


def test_both_words_on_what_was_done_weigh_the_same() -> None:
    case = a_case(state="resolved", allowed=["messages", "close", "reopen"], messages=[SETTLED])
    with browser(city(HEAD, **{f"GET {CASE}": case})) as client:
        page = client.get(CASE).text
        assert 'data-kind="resolution"' in page
        assert form_of(page, f"{CASE}/close")
        assert form_of(page, f"{CASE}/reopen")
    assert re.search(
        r'<button class="ds-button" type="submit" data-variant="secondary">.*?<span>Kunnossa<', page
    )
    assert re.search(r'<summary class="ds-button" data-variant="secondary">.*?<span>Ei kunnossa<', page)


def test_the_first_round_stays_visible_after_reopening() -> None:
    past = {"cycle": 1, "opened_at": at(-30), "resolved_at": at(-4), "resolution_breached": True}
    again = a_message("Sama taas.", kind="reopening", side="customer", id="o")
    case = a_case(cycle=2, past_cycles=[past], messages=[SETTLED, again], clock=a_clock())
    with browser(city(**{f"GET {CASE}": case})) as client:
        page = client.get(CASE).text
    assert "Ei ollut kunnossa, avattiin uudelleen" in page
    assert re.search(r"1\. kerta, alkoi .* Ratkaisu .*, myöhässä\.", re.sub(r"<[^>]+>|\s+", " ", page))


def test_the_time_is_asked_about_by_its_own_due_time() -> None:
    with browser(city()) as client:
        page = client.get(CASE).text
    heading = re.search(r'id="clock-heading">(.*?)</h2>', page)
    assert heading
    assert re.sub(r"<[^>]+>", "", heading[1]) == "Miksi ti 24.11. klo 11.00?"
