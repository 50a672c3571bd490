"""Vuosikello: the month list, the wheel beside it, filters, and many customers at once."""

import re

import httpx2
import pytest

from tests.web.contracts.city import (
    CUSTOMER,
    HEAD,
    MANAGER,
    MILESTONE,
    MILESTONE_ID,
    OTHER_CUSTOMER,
    a_clock,
    a_met_milestone,
    a_milestone,
    a_whole_milestone,
    city,
    filtered_clock,
)
from tests.web.house import Gateway, browser, hidden_of, problem

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
SIGNING = a_milestone(
    id="0190a000-0000-7000-8000-000000000021",
    row=11,
    topic="Palvelusopimukset 2027 allekirjoitettu",
    responsible="both_parties",
    responsible_name="Molemmat osapuolet",
    due="2026-12-31",
    overdue=False,
    overdue_days=0,
)
OTHERS = a_met_milestone(
    id="0190a000-0000-7000-8000-000000000022",
    customer_id=OTHER_CUSTOMER["id"],
    customer_name=OTHER_CUSTOMER["name"],
)


def a_city(*milestones, me: object = MANAGER) -> Gateway:
    return city(me, **{"GET /clock": filtered_clock(*(milestones or [a_milestone()]))})


def asked_of_the_clock(gateway: Gateway) -> list[dict[str, str]]:
    return [dict(each.url.params) for each in gateway.asked if each.url.path == "/api/v1/clock"]


def names_of(html: str) -> list[str]:
    """Return the names of the marks, each of which begins with the number that is shown (WCAG 2.5.3)."""
    return [name for _, name in re.findall(r'<title id="mark-(\d+)">\1 (.*?)</title>', html)]


def test_the_list_of_months_comes_before_the_wheel():
    with browser(a_city(a_milestone(), SIGNING)) as client:
        html = client.get("/clock").text
    assert html.index('class="months"') < html.index('class="wheel"')
    assert "Huhtikuu" in html
    assert "Joulukuu" in html


def test_the_wheel_is_a_group_with_title_and_description_and_never_an_image():
    with browser(a_city()) as client:
        html = client.get("/clock").text
    picture = html.split('<figure class="wheel">')[1].split("</figure>")[0]
    assert 'role="group" aria-labelledby="wheel-title" aria-describedby="wheel-desc"' in picture
    assert 'role="img"' not in picture
    assert 'style="' not in picture


def test_marks_are_links_in_date_order_with_their_full_names():
    with browser(a_city(SIGNING, a_milestone())) as client:
        html = client.get("/clock").text
    assert names_of(html) == [
        "Hintaneuvottelu, asiakkuusryhmä, huhtikuu, myöhässä 208 pv",
        "Palvelusopimukset 2027 allekirjoitettu, molemmat osapuolet, joulukuu, tulossa",
    ]
    assert f'<a class="mark mark-late" href="#milestone-{MILESTONE_ID}" aria-labelledby="mark-1"' in html
    assert f'id="milestone-{MILESTONE_ID}"' in html


def test_numbers_in_the_wheel_are_those_of_the_list():
    with browser(a_city(SIGNING, a_milestone())) as client:
        html = client.get("/clock").text
    listed, drawn = html.split('<figure class="wheel">')
    row = listed.split(f'id="milestone-{SIGNING["id"]}"')[1]
    assert re.findall(r"<text[^>]*>(\d+)</text>", row)[0] == "2"
    assert re.findall(r'<text y="[^"]*" font-size="[^"]*">(\d+)</text>', drawn) == ["1", "2"]


def test_a_state_has_a_shape_and_a_word_besides_its_colour():
    with browser(a_city(a_milestone(), SIGNING)) as client:
        html = client.get("/clock").text
    late = html.split('class="mark mark-late" href')[1].split("</a>")[0]
    coming = html.split('class="mark mark-scheduled" href')[1].split("</a>")[0]
    assert '<path class="mark-shape"' in late
    assert '<circle class="mark-shape"' in coming
    assert "Myöhässä 208 pv" in html


def test_todays_line_is_drawn_this_year():
    with browser(a_city()) as client:
        assert 'class="today"' in client.get("/clock?year=2026").text
        assert 'class="today"' not in client.get("/clock?year=2027").text


def test_many_customers_are_told_together_with_a_link_to_each():
    with browser(a_city(a_milestone(), OTHERS)) as client:
        html = client.get("/clock").text
    assert "2 asiakasta" in html
    assert "1/2 myöhässä" in html
    assert "toteuma kirjattu 1/2" in html
    assert "/clock?year=2026&amp;row=3" in html
    assert names_of(html) == ["Hintaneuvottelu, asiakkuusryhmä, huhtikuu, 2 asiakasta, 1/2 myöhässä"]


def test_months_behind_are_folded_and_the_list_opens_at_what_is_now():
    with browser(a_city(a_milestone(), SIGNING)) as client:
        html = client.get("/clock").text
    fold = re.search(r'<details class="fold past-months">.*?</details>', html, re.DOTALL)[0]
    assert "Menneet kuukaudet: 1 vaihe, 1 myöhässä" in fold
    assert "Huhtikuu" in fold
    assert "Joulukuu" not in fold


@pytest.mark.parametrize("query", ["status=late", "year=2025", "row=3"])
def test_nothing_is_folded_when_a_part_or_another_year_is_asked_for(query):
    with browser(a_city(a_milestone(), SIGNING)) as client:
        assert "past-months" not in client.get(f"/clock?{query}").text


def test_a_mark_of_many_customers_shows_how_many_are_done_and_is_red_only_for_ones_own():
    with browser(a_city(a_milestone(), OTHERS)) as client:
        html = client.get("/clock").text
    picture = html.split('<svg class="wheel-whole"')[1].split("</figure>")[0]
    assert '<a class="mark mark-behind" href="#step-1"' in picture
    assert 'pathLength="2" stroke-dasharray="1 2"' in picture
    assert "1/2</tspan>" in picture
    assert 'id="step-1"' in html


def test_the_years_beside_are_one_step_away():
    with browser(a_city(a_milestone(), SIGNING)) as client:
        html = client.get("/clock?responsible=enterprise").text
    years = html.split('aria-label="Vuodet"')[1].split("</nav>")[0]
    assert re.findall(r'href="(/clock[^"]*)"', years) == [
        "/clock?year=2025&amp;responsible=enterprise",
        "/clock?year=2027&amp;responsible=enterprise",
    ]


def test_one_step_shows_every_customer_on_a_row_of_its_own():
    with browser(a_city(a_milestone(), OTHERS, SIGNING)) as client:
        html = client.get("/clock?year=2026&row=3").text
    names = re.findall(r'<a href="/milestones/[^"]+"\s*>(.*?)</a>', html)
    assert names == ["Opetuspalvelut", "Varhaiskasvatus"]
    assert "Palvelusopimukset 2027" not in html
    assert "Näytä koko vuosi" in html


def test_filters_are_a_plain_form_that_keeps_what_was_chosen():
    gateway = a_city()
    with browser(gateway) as client:
        html = client.get(
            "/clock",
            params={
                "year": "2027",
                "customer_id": CUSTOMER["id"],
                "responsible": "enterprise",
                "status": "late",
            },
        ).text
    everything = {"year": "2027", "customer_id": CUSTOMER["id"], "responsible": "enterprise"}
    assert asked_of_the_clock(gateway) == [
        {**everything, "status": "scheduled", "overdue": "true", "limit": "200"},
        {**everything, "limit": "1"},
    ]
    assert '<form class="inline-form" action="/clock" method="get"' in html
    assert '<option value="enterprise" selected>' in html
    assert '<input type="hidden" name="status" value="late">' in html


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("status=late", {"status": "scheduled", "overdue": "true"}),
        ("status=scheduled", {"status": "scheduled", "overdue": "false"}),
        ("status=met", {"status": "met"}),
        ("row=3", {"row": "3"}),
        ("status=not_met&row=11", {"status": "not_met", "row": "11"}),
    ],
)
def test_status_and_row_are_sent_on(query, sent):
    gateway = a_city()
    with browser(gateway) as client:
        client.get(f"/clock?{query}")
    assert asked_of_the_clock(gateway)[0] == {"year": "2026", **sent, "limit": "200"}


def test_a_whole_year_is_asked_for_once():
    gateway = a_city()
    with browser(gateway) as client:
        client.get("/clock")
    assert asked_of_the_clock(gateway) == [{"year": "2026", "limit": "200"}]


def test_a_step_that_nobody_has_is_not_a_year_without_a_clock():
    with browser(a_city()) as client:
        html = client.get("/clock?row=7").text
    assert "Näillä rajauksilla ei löytynyt vaiheita" in html
    assert "Tee vuosikello" not in html


@pytest.mark.parametrize(
    ("status", "seen"), [("late", "Hintaneuvottelu"), ("scheduled", "Palvelusopimukset")]
)
def test_what_is_late_is_no_longer_to_come(status, seen):
    with browser(a_city(a_milestone(), SIGNING)) as client:
        names = names_of(client.get(f"/clock?status={status}").text)
    assert len(names) == 1
    assert names[0].startswith(seen)


def test_counts_tell_of_the_whole_year_whatever_is_shown():
    with browser(a_city(a_milestone(), SIGNING)) as client:
        html = client.get("/clock?status=late").text
    assert re.search(r'Kaikki vaiheet <span class="count">2<', html)
    assert re.search(r'Myöhässä <span class="count">1<', html)
    assert re.search(r'Tulossa <span class="count">1<', html)


@pytest.mark.parametrize(
    "query",
    [
        "year=nonsense",
        "status=nonsense",
        "responsible=nonsense",
        "row=nonsense",
        "row=0",
        "row=12",
        "year=20266",
    ],
)
def test_a_filter_that_means_nothing_shows_all(query):
    with browser(a_city()) as client:
        page = client.get(f"/clock?{query}")
    assert page.status_code == 200
    assert "Hintaneuvottelu" in page.text


def test_every_page_of_a_long_clock_is_read():
    gateway = a_city()

    def pages(request):
        following = None if "cursor" in request.url.params else "c2"
        items = [SIGNING] if "cursor" in request.url.params else [a_milestone()]
        return httpx2.Response(200, json=a_clock(*items, next=following))

    gateway["GET /clock"] = pages
    with browser(gateway) as client:
        assert len(names_of(client.get("/clock").text)) == 2


def test_the_clock_is_a_fragment_too():
    with browser(a_city()) as client:
        page = client.get("/clock?year=2026", headers=FRAGMENT)
    assert "<html" not in page.text
    assert 'id="clock"' in page.text
    assert "data-announce" in page.text


def test_who_records_is_offered_it_where_it_is_due():
    with browser(a_city(a_milestone(), SIGNING)) as client:
        html = client.get("/clock").text
    assert f"{MILESTONE}/actual?view=year%3D2026" in html
    assert f"/milestones/{SIGNING['id']}/actual" not in html


def test_who_does_not_record_only_reads():
    with browser(a_city(me=HEAD)) as client:
        assert "/actual" not in client.get("/clock").text


def test_the_form_opens_in_its_row_as_a_fragment():
    gateway = a_city()
    gateway[f"GET {MILESTONE}"] = a_whole_milestone()
    with browser(gateway) as client:
        page = client.get(f"{MILESTONE}/actual?view=year%3D2026", headers=FRAGMENT)
    assert 'id="clock"' in page.text
    assert f'hx-post="{MILESTONE}/actual"' in page.text
    assert page.text.count("autofocus") == 1


def test_the_form_is_a_page_of_its_own_without_scripts():
    with browser(a_city()) as client:
        page = client.get(f"{MILESTONE}/actual?view=year%3D2026")
    assert "<h1" in page.text
    assert 'href="/clock?year=2026"' in page.text


def test_a_year_without_a_clock_offers_to_make_one():
    gateway = city(**{"GET /clock": {"year": 2028, "items": [], "summary": {"total": 0}, "next": None}})
    gateway["POST /clock/generate"] = a_clock()
    with browser(gateway) as client:
        page = client.get(f"/clock?year=2028&customer_id={CUSTOMER['id']}")
        answer = client.post("/clock/generate", data=hidden_of(page.text))
    assert answer.headers["location"] == f"/clock?year=2028&customer_id={CUSTOMER['id']}"
    assert gateway.sent("POST", "/clock/generate") == [{"year": 2028, "customer_id": CUSTOMER["id"]}]


def test_who_may_not_plan_is_not_offered_a_new_clock():
    empty = {"year": 2028, "items": [], "summary": {"total": 0}, "next": None}
    with browser(city(HEAD, **{"GET /clock": empty})) as client:
        assert "Tee vuosikello" not in client.get("/clock?year=2028").text


def test_the_clock_stands_without_the_customer_registry():
    gateway = a_city(a_milestone(), OTHERS)
    gateway["GET /customers"] = problem(503, "unavailable")
    with browser(gateway) as client:
        page = client.get("/clock")
    assert page.status_code == 200
    assert f'<option value="{CUSTOMER["id"]}">' in page.text


def test_the_focus_returns_to_the_row_that_was_recorded():
    gateway = a_city(a_met_milestone())
    gateway[f"POST {MILESTONE}/actual"] = a_whole_milestone()
    with browser(gateway) as client:
        form = client.get(f"{MILESTONE}/actual?view=year%3D2026").text
        answer = client.post(
            f"{MILESTONE}/actual",
            data={**hidden_of(form), "outcome": "met", "actual_on": "2026-11-20"},
            headers=FRAGMENT,
        )
    assert answer.headers["hx-retarget"] == "#clock"
    assert '<details class="fold past-months" open>' in answer.text or "past-months" not in answer.text
    assert re.search(rf'<a href="{MILESTONE}"\s+autofocus>', answer.text)
    assert "Toteuma on kirjattu." in answer.text
    assert f'id="milestone-{MILESTONE_ID}"' in answer.text


def test_the_focus_goes_to_the_heading_when_the_recorded_row_leaves_the_list():
    gateway = a_city(a_met_milestone())
    gateway[f"POST {MILESTONE}/actual"] = a_whole_milestone()
    with browser(gateway) as client:
        form = client.get(f"{MILESTONE}/actual?view=year%3D2026%26status%3Dlate").text
        answer = client.post(
            f"{MILESTONE}/actual",
            data={**hidden_of(form), "outcome": "met", "actual_on": "2026-11-20"},
            headers=FRAGMENT,
        )
    assert re.search(r'id="clock-heading"\s*tabindex="-1" autofocus>', answer.text)
    assert answer.text.count("autofocus") == 1


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("sv", "Hintaneuvottelu, asiakkuusryhmä, april, 208 dagar försenat"),
        ("en", "Hintaneuvottelu, asiakkuusryhmä, April, 208 days late"),
    ],
)
def test_marks_are_named_in_the_readers_language(language, name):
    with browser(a_city(), language=language) as client:
        assert names_of(client.get("/clock").text) == [name]
