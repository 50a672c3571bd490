"""Etusivu: each role finds what needs it today, and each part stands on its own feet."""

import re
from datetime import date

import httpx2
import pytest

from tests.web.answers import CONTRACT_ID, CUSTOMER_ID, a_case, a_milestone, a_page
from tests.web.house import HANDLER, SCHOOL_HEAD, Gateway, browser, problem
from web.navigation import LOG_QUICKLY
from web.pages.home.reads import Milestone
from web.pages.home.steps import steps_of

CLOCK = {"read_clock": True, "report_case": True}
CONTRACT = {
    "id": CONTRACT_ID,
    "reference": "S-2026-012",
    "customer": {"id": CUSTOMER_ID, "name": "Opetuspalvelut"},
    "years": [
        {"year": 2026, "state": "in_force", "blockers": []},
        {
            "year": 2027,
            "state": "draft",
            "blockers": [{"code": "communication", "text": "puuttuu: viestinnän työnjako"}],
        },
    ],
}


def a_gateway(me: object) -> Gateway:
    gateway = Gateway(me)
    gateway["GET /cases/counts"] = {"open": 10, "late": 1, "due_today": 2, "waiting": 3}
    gateway["GET /cases"] = a_page(a_case())
    gateway["GET /clock"] = {"year": 2026, "items": [a_milestone()], "summary": {}, "next": None}
    gateway["GET /contracts"] = a_page(CONTRACT)
    return gateway


def asked(gateway: Gateway, path: str) -> dict[str, str]:
    return dict(next(each for each in gateway.asked if each.url.path == f"/api/v1{path}").url.params)


def test_a_handler_sees_own_cases_by_due_time_and_the_figures_of_today():
    gateway = a_gateway(HANDLER | {"allowed": {"log_case": True}})
    with browser(gateway) as client:
        html = client.get("/").text
    assert asked(gateway, "/cases")["handler"] == "me"
    assert asked(gateway, "/cases")["sort"] == "next_due"
    assert "Seuraavat määräajat" in html
    assert 'href="/cases?handler=me&amp;due=late"' in html
    assert f'href="{LOG_QUICKLY.href}"' in html


def test_an_outside_producers_list_is_by_due_time_and_its_heading_says_so():
    gateway = a_gateway(HANDLER | {"roles": ["producer_supervisor"], "everything": False, "allowed": {}})
    with browser(gateway) as client:
        html = client.get("/").text
    assert asked(gateway, "/cases")["sort"] == "next_due"
    assert "Seuraavat määräajat" in html
    assert "Viimeisimmät palautteet" not in html


def test_figures_of_management_are_those_of_the_city_beside_the_oldest_open_ones():
    gateway = a_gateway(HANDLER | {"roles": ["management"], "allowed": {}})
    gateway["GET /cases/counts"] = {"open": 1000, "late": 1, "due_today": 2, "waiting": 3, "more": ["open"]}
    with browser(gateway) as client:
        html = client.get("/").text
    assert set(asked(gateway, "/cases/counts")) == {"figures"}
    assert asked(gateway, "/cases")["sort"] == "oldest"
    assert '<p class="figure">1000+</p>' in html


def test_a_head_sees_own_feedback_and_may_tell_something_at_once():
    gateway = a_gateway(SCHOOL_HEAD | {"allowed": CLOCK})
    with browser(gateway) as client:
        html = client.get("/").text
    assert asked(gateway, "/cases")["sort"] == "newest"
    assert 'href="/feedback/new?kind=praise"' in html
    assert "Avaa kohdekortti" in html
    assert "allekirjoitusta vailla" not in html


def test_a_head_is_asked_first_and_led_to_the_answer() -> None:
    gateway = a_gateway(SCHOOL_HEAD | {"allowed": CLOCK})
    gateway["GET /cases"] = a_page(a_case(state="waiting", waiting_for="Montako annosta puuttui?"))
    with browser(gateway) as client:
        html = client.get("/").text
    assert (
        html.index("Odottaa sinua")
        < html.index("Montako annosta puuttui?")
        < html.index("Mitä haluat kertoa?")
    )
    assert re.search(r'href="/cases/[0-9a-f-]{36}#field-body"', html)


@pytest.mark.parametrize("person", [SCHOOL_HEAD, HANDLER, HANDLER | {"roles": ["service_supervisor"]}])
def test_who_has_no_part_in_the_clock_sees_no_steps_of_others(person: dict[str, object]) -> None:
    gateway = a_gateway(person | {"allowed": CLOCK})
    with browser(gateway) as client:
        html = client.get("/").text
    assert "Vuosikello nyt" not in html
    assert not [each for each in gateway.asked if each.url.path.endswith("/clock")]


def test_what_is_critical_and_not_answered_stands_before_all_else() -> None:
    gateway = a_gateway(HANDLER | {"allowed": CLOCK})
    gateway["GET /cases/counts"] = {"open": 10, "late": 1, "due_today": 2, "waiting": 3, "urgent": 1}
    with browser(gateway) as client:
        html = client.get("/").text
    assert html.index("1 kriittinen palaute odottaa vastausta") < html.index('id="today-heading"')
    assert any(dict(each.url.params).get("urgent") == "true" for each in gateway.asked)


def test_more_urgent_cases_than_are_shown_are_counted_and_led_to() -> None:
    gateway = a_gateway(HANDLER | {"allowed": CLOCK})
    gateway["GET /cases/counts"] = {"open": 10, "late": 1, "due_today": 2, "waiting": 3, "urgent": 12}
    with browser(gateway) as client:
        html = client.get("/").text
    assert "12 kriittistä palautetta odottaa vastausta" in html
    assert 'href="/cases?view=open&amp;urgent=true"' in html


def test_where_nothing_is_urgent_no_list_is_asked_for() -> None:
    gateway = a_gateway(HANDLER | {"allowed": CLOCK})
    with browser(gateway) as client:
        assert "odottaa vastausta" not in client.get("/").text
    assert not any("urgent" in dict(each.url.params) for each in gateway.asked)


def test_an_account_manager_sees_what_next_years_contracts_lack():
    me = HANDLER | {"roles": ["account_manager"], "allowed": CLOCK}
    gateway = a_gateway(me)
    with browser(gateway) as client:
        html = client.get("/").text
    assert not [each for each in gateway.asked if "/years/" in each.url.path]
    assert f'href="/contracts/{CONTRACT_ID}/years/2027"' in html
    assert "Sopimukset 2027 allekirjoitusta vailla" in html
    assert "1 asia puuttuu: viestinnän työnjako" in html


def test_the_page_stands_without_feedback_and_says_so():
    gateway = a_gateway(HANDLER | {"roles": ["account_manager"], "allowed": CLOCK})
    gateway["GET /cases"] = problem(503, "unavailable")
    gateway["GET /cases/counts"] = problem(503, "unavailable")
    with browser(gateway) as client:
        answer = client.get("/")
    assert answer.status_code == 200
    assert answer.text.count("Palautteet ei vastaa juuri nyt") == 2
    assert "Asiakaskysely ja laatumittaukset" in answer.text


def test_the_page_stands_without_contracts_and_says_so():
    gateway = a_gateway(HANDLER | {"roles": ["management"], "allowed": CLOCK})
    gateway["GET /clock"] = problem(503, "unavailable")
    gateway["GET /contracts"] = problem(503, "unavailable")
    with browser(gateway) as client:
        answer = client.get("/")
    assert answer.status_code == 200
    assert answer.text.count("Sopimukset ja vuosikello ei vastaa juuri nyt") == 2
    assert "Lounas loppui kesken" in answer.text


def test_a_step_that_many_customers_share_is_told_once():
    shared = [
        Milestone.model_validate(a_milestone(id=str(number), customer_name=name))
        for number, name in enumerate(["A", "B", "C"])
    ]
    [step] = steps_of(shared, date(2026, 11, 24))
    assert (len(step.milestones), step.only) == (3, None)


def test_this_months_steps_and_late_ones_matter_and_others_do_not():
    late = a_milestone(row=8, due="2026-10-31", overdue=True, overdue_days=24)
    now = a_milestone()
    later = a_milestone(row=10, due="2026-12-31")
    done_before = a_milestone(row=1, due="2026-03-31", status="met")
    milestones = [Milestone.model_validate(each) for each in (later, now, late, done_before)]
    steps = steps_of(milestones, date(2026, 11, 24))
    assert [(step.due, step.overdue_days) for step in steps] == [
        (date(2026, 10, 31), 24),
        (date(2026, 11, 30), 0),
    ]


def red(html: str) -> int:
    return html.count('data-color="danger"') + html.count('data-tone="late"')


LATE_STEP = {"due": "2026-10-31", "overdue": True, "overdue_days": 24}
LATE = {
    "GET /cases/counts": {"open": 10, "late": 3, "due_today": 2, "waiting": 3},
    "GET /cases": a_page(a_case(time_left={"due_at": "2026-11-23T10:00:00Z", "state": "late"})),
}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (SCHOOL_HEAD, 0),
        (HANDLER | {"roles": ["administrator"]}, 0),
        (HANDLER, 2),
        (HANDLER | {"roles": ["management"]}, 3),
        (SCHOOL_HEAD | {"roles": ["contract_contact"]}, 0),
    ],
)
def test_only_what_is_ones_own_to_mend_is_red(person: dict[str, object], expected: int) -> None:
    gateway = a_gateway(person | {"allowed": CLOCK})
    for call, answer in LATE.items():
        gateway[call] = answer
    gateway["GET /clock"] = {"items": [a_milestone(responsible="enterprise", **LATE_STEP)]}
    with browser(gateway) as client:
        assert red(client.get("/").text) == expected


def test_a_supervisor_sees_what_is_open_in_her_care_and_what_else_was_heard_today_once() -> None:
    gateway = a_gateway(HANDLER | {"roles": ["service_supervisor"]})
    new = a_case(id=CONTRACT_ID, subject="Kiitos lounaasta")

    def cases(request: httpx2.Request) -> httpx2.Response:
        today = "received" in request.url.params
        return httpx2.Response(200, json=a_page(a_case(), new) if today else a_page(a_case()))

    gateway["GET /cases"] = cases
    with browser(gateway) as client:
        html = client.get("/").text
    assert all("own" in dict(each.url.params) for each in gateway.asked if each.url.path.endswith("/cases"))
    assert html.count("Lounas loppui kesken") == 1
    assert html.index("Tänään kuultu") < html.index("Kiitos lounaasta")
    assert 'href="/cases?own=true&amp;received=today"' in html


def test_who_supervises_and_handles_has_one_list_of_both() -> None:
    gateway = a_gateway(HANDLER | {"roles": ["service_supervisor", "complaint_handler"]})
    with browser(gateway) as client:
        html = client.get("/").text
    lists = [dict(each.url.params) for each in gateway.asked if each.url.path == "/api/v1/cases"]
    assert [each.get("received") for each in lists] == [None, "today"]
    assert not any("handler" in each for each in lists)
    assert html.count("Lounas loppui kesken") == 1


PROMISES = {
    "kept": 46,
    "of": 50,
    "kept_before": 40,
    "of_before": 50,
    "late": 3,
    "by_handler": [
        {"who": {"id": CUSTOMER_ID, "name": "Seppo Manninen"}, "kept": 6, "of": 10, "late": 3},
        {"who": {"id": CONTRACT_ID, "name": "Olli Hyvönen"}, "kept": 40, "of": 40, "late": 0},
    ],
    "by_producer": [{"who": {"id": None, "name": ""}, "kept": 46, "of": 50, "late": 3}],
}


def test_the_management_sees_promises_with_their_trend_and_who_is_late() -> None:
    gateway = a_gateway(HANDLER | {"roles": ["management"]})
    gateway["GET /cases/promises"] = PROMISES
    with browser(gateway) as client:
        html = client.get("/").text
    assert "92 %" in html
    assert "46/50 määräajasta" in html
    assert "edelliset 30 päivää 80 %" in html
    assert f'href="/cases?due=late&amp;handler={CUSTOMER_ID}"' in html
    assert '<dd class="share">0/1</dd>' in html


def test_promises_that_cannot_be_told_are_said_to_be_missing() -> None:
    gateway = a_gateway(HANDLER | {"roles": ["management"]})
    gateway["GET /cases/promises"] = problem(503, "unavailable")
    with browser(gateway) as client:
        html = client.get("/").text
    assert html.count("Palautteet ei vastaa juuri nyt") == 1
    assert "Sopimuksista 2027 allekirjoitettu" in html


@pytest.mark.parametrize(
    ("roles", "calls"),
    [
        (["complaint_handler"], 3),
        (["service_supervisor"], 4),
        (["management"], 6),
        (["account_manager"], 5),
        (["administrator"], 3),
        (["site_head"], 2),
    ],
)
def test_a_home_asks_for_nothing_that_is_not_the_readers(roles: list[str], calls: int) -> None:
    person = SCHOOL_HEAD if roles == ["site_head"] else HANDLER
    gateway = a_gateway(person | {"roles": roles, "allowed": CLOCK})
    with browser(gateway) as client:
        client.get("/")
    assert len([each for each in gateway.asked if not each.url.path.endswith("/me")]) == calls


def test_a_head_has_three_doors() -> None:
    with browser(a_gateway(SCHOOL_HEAD | {"allowed": CLOCK})) as client:
        ways = client.get("/").text.split('class="ways"')[1].split("</nav>")[0]
    assert re.findall(r'<a [^>]*href="([^"]+)"', ways) == ["/", "/cases", "/sites", "/contact"]
    assert "Kenelle soitan?" in ways
