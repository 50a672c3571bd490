"""Palaute: what the page tells, and what is done on it."""

import re
from html import escape, unescape

import pytest

from tests.web.feedback.city import (
    CASE_ID,
    HEAD,
    OTHER_ID,
    a_case,
    a_clock,
    a_message,
    at,
    city,
    entry,
    form_of,
)
from tests.web.house import browser, problem

CASE = f"/cases/{CASE_ID}"


def test_the_clock_is_a_picture_with_title_and_the_same_in_words() -> None:
    with browser(city()) as client:
        page = client.get(CASE)
    assert 'role="group" aria-labelledby="strip-title strip-desc"' in page.text
    assert 'style="' not in page.text
    for words in (
        "Aika alkoi 7.00",
        "Nyt 9.00",
        "Vastaus viimeistään 11.00",
        "Ratkaisu viimeistään 11.00",
        "Laskettu aika 2 t.",
        "Lasketaan vielä 6 t.",
        "Jää laskematta 16 t.",
        "Palvelu on kiinni",
        "Laskettua aikaa on kulunut 2 t.",
    ):
        assert words in page.text


def test_every_band_says_its_day_and_in_words_what_is_drawn_on_it() -> None:
    with browser(city()) as client:
        page = client.get(CASE)
    bands = re.findall(r'<li class="strip-band[ "].*?</li>', page.text, re.DOTALL)
    assert [re.search(r"<time[^>]*>([^<]+)<", band)[1] for band in bands] == ["ti 24.11.", "ke 25.11."]
    for band, words in zip(
        bands,
        (["Laskettu aika 7.00–9.00", "Lasketaan vielä 9.00–15.00"], ["Lasketaan vielä 7.00–11.00"]),
        strict=True,
    ):
        assert re.findall(r'<span class="ds-sr-only">([^<]+)</span>', band) == words
        assert len(re.findall(r'<rect class="strip-counted', band)) == len(words)


def test_the_key_tells_the_colour_of_time_ahead() -> None:
    with browser(city()) as client:
        page = client.get(CASE)
    key = re.search(r'<ul class="strip-key".*?</ul>', page.text, re.DOTALL)[0]
    assert re.findall(r"<span>([^<]+)</span>", key) == [
        "Laskettu aika",
        "Lasketaan vielä",
        "Jää laskematta",
        "Aikaa tiivistetty",
    ]


def test_a_pause_is_drawn_and_told() -> None:
    pause = entry(-1, 0, "paused", "waiting", "Odotetaan vastausta: Montako jäi ilman?")
    clock = a_clock(ledger=[entry(-2, -1, "counted", "open_hours", "Työaika"), pause])
    with browser(city(**{f"GET /cases/{CASE_ID}": a_case(clock=clock)})) as client:
        page = client.get(CASE)
    assert 'class="strip-paused"' in page.text
    assert "Montako jäi ilman?" in page.text


def test_overdue_time_is_drawn_and_told() -> None:
    clock = a_clock(
        ledger=[entry(-2, -1, "counted", "open_hours", "Työaika"), entry(-1, 0, "counted", "overdue", "Yli")]
    )
    with browser(city(**{f"GET /cases/{CASE_ID}": a_case(clock=clock)})) as client:
        page = client.get(CASE)
    assert 'class="strip-overdue"' in page.text
    assert "Määräajan jälkeen laskettua aikaa on kulunut 1 t." in page.text


def test_the_contract_is_named_as_the_source() -> None:
    with browser(city()) as client:
        page = client.get(CASE)
    assert "palvelusopimuksesta S-2026-012, vuosi 2026" in page.text
    assert "2 työpäivää, kun palvelu on auki" in page.text


def test_hours_of_a_promise_are_no_working_days_where_the_day_is_longer() -> None:
    calendar = {"name": "care", "description": "Ma–su 7.00–19.00", "working_day": "PT12H"}
    with browser(city(**{f"GET /cases/{CASE_ID}": a_case(clock=a_clock(calendar=calendar))})) as client:
        page = client.get(CASE)
    assert "16 t työaikaa, kun palvelu on auki" in page.text


def test_what_the_clock_will_count_is_told_as_what_is_to_come() -> None:
    with browser(city()) as client:
        page = client.get(CASE)
    lines = re.findall(r'<span class="strip-what"><strong>([^<]+)\.</strong>', page.text)
    assert lines == ["Laskettu aika 2 t", "Lasketaan vielä 6 t", "Jää laskematta 16 t", "Lasketaan vielä 4 t"]


def test_without_a_contract_the_general_promise_is_named() -> None:
    policy = {"source": "default", "response": {"basis": "calendar", "duration": "PT1H"}, "resolution": None}
    with browser(city(**{f"GET /cases/{CASE_ID}": a_case(clock=a_clock(policy=policy))})) as client:
        page = client.get(CASE)
    assert "Serviisin yleistä lupausta" in page.text
    assert "1 t, yöt ja pyhät mukaan lukien" in page.text


def test_the_page_stands_without_its_clock() -> None:
    with browser(city(**{f"GET /cases/{CASE_ID}": a_case()})) as client:
        page = client.get(CASE)
    assert page.status_code == 200
    assert "ei vastaa juuri nyt" in page.text
    assert "Kolme luokkaa" in page.text


def test_a_page_of_a_case_asks_for_it_once() -> None:
    gateway = city()
    with browser(gateway) as client:
        assert client.get(CASE).status_code == 200
    assert [str(each.url) for each in gateway.asked if "/cases/" in each.url.path] == [
        f"http://127.0.0.1:1/api/v1/cases/{CASE_ID}?include=clock"
    ]


def test_internal_messages_look_and_read_different() -> None:
    messages = [a_message("Julkinen sana"), a_message("Salainen sana", public=False, kind="note")]
    with browser(city(**{f"GET /cases/{CASE_ID}": a_case(messages=messages)})) as client:
        page = client.get(CASE)
    assert 'data-side="internal"' in page.text
    assert page.text.count("Sisäinen, asiakas ei näe tätä") == 1


def test_typed_markup_is_shown_as_text() -> None:
    case = a_case(description="<script>alert(1)</script>", subject="<b>x</b>")
    with browser(city(**{f"GET /cases/{CASE_ID}": case})) as client:
        page = client.get(CASE)
    assert "<script>alert" not in page.text
    assert "<b>x</b>" not in page.text


def test_only_what_is_allowed_is_offered() -> None:
    with browser(city(HEAD, **{f"GET /cases/{CASE_ID}": a_case(allowed=["messages"])})) as client:
        page = client.get(CASE)
    assert f'action="{CASE}/messages"' in page.text
    for name in ("acknowledge", "wait", "resolve", "close", "reopen", "assign", "severity", "notes"):
        assert f"{CASE}/{name}" not in page.text


def test_the_history_is_told_in_words() -> None:
    history = [
        {"at": at(-2), "what": "received", "by": "Raija Rehtori", "before": None, "after": None},
        {"at": at(-1), "what": "severity_changed", "by": "Päivi", "before": "normal", "after": "critical"},
        {
            "at": at(-1),
            "what": "targets_changed",
            "by": "Kumppani",
            "before": {"source": "default"},
            "after": {},
        },
        {"at": at(0), "what": "something_newer", "by": "Kumppani"},
    ]
    steps = [
        {
            "step": 2,
            "role": "service_supervisor",
            "person": {"name": "Olli Ohjaaja"},
            "at": at(0),
            "clock": "response",
        }
    ]
    case = a_case(history=history, escalations=steps)
    with browser(city(**{f"GET /cases/{CASE_ID}": case})) as client:
        page = client.get(CASE)
    for words in (
        "Vakavuus muuttui: Tavallinen → Kriittinen",
        "something newer",
        "Olli Ohjaaja (palveluesimies)",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("name", "typed", "verb", "body"),
    [
        ("acknowledge", {}, "acknowledge", {}),
        ("messages", {"body": "Selvitämme."}, "messages", {"body": "Selvitämme.", "public": True}),
        ("wait", {"body": "Montako?"}, "wait", {"question": "Montako?"}),
        ("resolve", {"body": "Korjattu."}, "resolve", {"body": "Korjattu."}),
        ("notes", {"note": "Soitin."}, "messages", {"body": "Soitin.", "public": False}),
        ("resume", {}, "resume", {}),
        ("close", {}, "close", {}),
        ("reopen", {"reason": "Taas."}, "reopen", {"reason": "Taas."}),
        ("assign", {"person_id": OTHER_ID}, "assign", {"person_id": OTHER_ID}),
        (
            "assign",
            {"person_id": OTHER_ID, "assign_reason": "Lomalla"},
            "assign",
            {"person_id": OTHER_ID, "reason": "Lomalla"},
        ),
        (
            "severity",
            {"severity": "critical", "severity_reason": "Oireita"},
            "severity",
            {"severity": "critical", "reason": "Oireita"},
        ),
    ],
)
def test_each_action_sends_its_verb_once_and_guarded(
    name: str, typed: dict[str, str], verb: str, body: object
):
    everything = [
        "acknowledge",
        "messages",
        "wait",
        "resume",
        "resolve",
        "close",
        "reopen",
        "assign",
        "severity",
    ]
    gateway = city(
        **{f"POST /cases/{CASE_ID}/{verb}": a_case(), f"GET /cases/{CASE_ID}": a_case(allowed=everything)}
    )
    shown_in = {"wait": "messages", "resolve": "messages"}.get(name, name)
    with browser(gateway) as client:
        fields = form_of(client.get(CASE).text, f"{CASE}/{shown_in}")
        answer = client.post(f"{CASE}/{name}", data={**fields, **typed})
    assert answer.status_code == 303
    assert answer.headers["location"] == CASE
    assert gateway.sent("POST", f"/cases/{CASE_ID}/{verb}") == [body]
    sent = next(request for request in gateway.asked if request.method == "POST")
    assert sent.headers["if-match"] == '"3"'
    assert sent.headers["idempotency-key"] == fields["form_key"]


@pytest.mark.parametrize("name", ["messages", "wait", "resolve"])
def test_an_empty_message_is_not_sent(name: str) -> None:
    gateway = city()
    with browser(gateway) as client:
        fields = form_of(client.get(CASE).text, f"{CASE}/messages")
        answer = client.post(f"{CASE}/{name}", data={**fields, "body": "  "})
    assert answer.status_code == 422
    assert 'id="fault-body"' in answer.text
    assert [request for request in gateway.asked if request.method == "POST"] == []


def test_a_stale_answer_shows_both_texts_and_can_be_sent_again() -> None:
    gateway = city(**{f"POST /cases/{CASE_ID}/messages": problem(412, "stale")})
    with browser(gateway) as client:
        fields = form_of(client.get(CASE).text, f"{CASE}/messages")
        newer = a_case(version=4, state="in_progress")
        newer["messages"] = [*newer["messages"], a_message("Olli vastasi jo")]
        newer["history"] = [*newer["history"], {"at": at(-1), "what": "answered", "by": "Olli Ohjaaja"}]
        gateway[f"GET /cases/{CASE_ID}"] = newer
        answer = client.post(f"{CASE}/messages", data={**fields, "body": "Minun vastaukseni"})
        gateway[f"POST /cases/{CASE_ID}/messages"] = a_case()
        again = client.post(
            f"{CASE}/messages", data={**form_of(answer.text, f"{CASE}/messages"), "body": "Minun vastaukseni"}
        )
    assert answer.status_code == 412
    assert "Olli vastasi jo" in answer.text
    assert "Minun vastaukseni" in answer.text
    assert "Kiitos, palautteesi on vastaanotettu." not in answer.text
    assert again.status_code == 303
    assert gateway.asked[-1].headers["if-match"] == '"4"'


def test_a_refused_action_comes_back_with_its_words() -> None:
    gateway = city(
        **{f"POST /cases/{CASE_ID}/acknowledge": problem(409, "wrong_state", "Palaute on jo käsittelyssä.")}
    )
    with browser(gateway) as client:
        fields = form_of(client.get(CASE).text, f"{CASE}/acknowledge")
        answer = client.post(f"{CASE}/acknowledge", data=fields)
    assert answer.status_code == 409
    assert "Palaute on jo käsittelyssä." in answer.text


def test_an_unknown_action_is_404() -> None:
    with browser(city()) as client:
        fields = form_of(client.get(CASE).text, f"{CASE}/messages")
        assert client.post(f"{CASE}/remove", data=fields).status_code == 404


def test_a_stranger_gets_404() -> None:
    with browser(city(HEAD)) as client:
        assert client.get("/cases/0190a000-0000-7000-8000-0000000000ff").status_code == 404
        assert client.get("/cases/ei-numero").status_code == 404


def test_nothing_new_is_no_content() -> None:
    with browser(city()) as client:
        assert client.get(f"{CASE}/news?version=3&messages=1").status_code == 204


def test_a_new_message_is_told_and_the_form_is_left_alone() -> None:
    gateway = city()
    newer = a_case(version=4)
    newer["messages"] = [*newer["messages"], a_message("Uutta tietoa")]
    gateway[f"GET /cases/{CASE_ID}"] = newer
    with browser(gateway) as client:
        news = client.get(f"{CASE}/news?version=3&messages=1")
    assert "Uusi viesti: Päivi Käsittelijä." in news.text
    assert "Uutta tietoa" in news.text
    assert "<form" not in news.text
    assert "version=4&messages=2" in unescape(news.text)


def test_the_way_back_is_the_list_that_the_case_was_opened_from() -> None:
    gateway = city(**{f"POST /cases/{CASE_ID}/messages": a_case()})
    listed = "/cases?view=late&service=meals"
    with browser(gateway) as client:
        opened = re.search(r'id="case-[^"]+" href="(/cases/[^"]+)"', client.get(listed).text)
        assert opened
        page = client.get(unescape(opened[1])).text
        assert f'href="{escape(listed)}#case-{CASE_ID}">Palautteet</a>' in page
        fields = form_of(page, f"{CASE}/messages")
        empty = client.post(f"{CASE}/messages", data={**fields, "body": ""})
        assert (
            empty.status_code,
            f'href="{escape(listed)}#case-{CASE_ID}">Palautteet</a>' in empty.text,
        ) == (
            422,
            True,
        )
        done = client.post(f"{CASE}/messages", data={**fields, "body": "Hei"}).headers["location"]
        assert f'href="{escape(listed)}#case-{CASE_ID}">Palautteet</a>' in client.get(done).text


@pytest.mark.parametrize(
    "back", ["", "https://elsewhere.example/cases?x", "//elsewhere.example", "/sign-out"]
)
def test_the_way_back_leads_to_no_other_place_than_a_list(back: str) -> None:
    with browser(city()) as client:
        page = client.get(CASE, params={"back": back}).text
    assert f'href="/cases#case-{CASE_ID}">Palautteet</a>' in page


def test_thanks_have_neither_a_clock_nor_a_contract_that_explains_it() -> None:
    thanks = a_case(kind="praise", severity="low", resolution_due_at=None, clock=a_clock())
    with browser(city(**{f"GET {CASE}": thanks})) as client:
        page = client.get(CASE).text
    assert "strip-title" not in page
    assert "Mitä sopimus sanoo" not in page
    assert "Vastaus viimeistään" not in page


@pytest.mark.parametrize(
    ("state", "said"), [("in_progress", "Myöhässä"), ("waiting", "Ylittyi ennen kuin asiakkaalta kysyttiin")]
)
def test_a_promise_that_is_late_says_whether_the_customer_is_waited_for(state: str, said: str) -> None:
    late = {"due_at": at(-1), "met_at": None, "breached": True, "ledger": []}
    case = a_case(state=state, clock=a_clock(clocks={"response": late, "resolution": None}))
    with browser(city(**{f"GET /cases/{CASE_ID}": case})) as client:
        page = client.get(CASE).text
    assert f"<span>{said}</span>" in page or f"</svg>{said}" in page
