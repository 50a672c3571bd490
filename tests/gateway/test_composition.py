"""Answers made of parts: complete, with parts missing, and refused with their required part."""

from uuid import uuid4

import httpx2
import pytest

from tests.gateway.examples import card_parts, example, listing, overview_parts
from tests.gateway.house import House, Json, StandIn, person, problem

STAFF = person("handler", "complaint_handler", everything=True)
SITE, CUSTOMER = "01930000-0000-7000-8000-00000000000a", "01930000-0000-7000-8000-00000000000b"
CARD = f"/api/v1/sites/{SITE}/card"
OVERVIEW = f"/api/v1/customers/{CUSTOMER}/overview"


@pytest.fixture(autouse=True)
def _answers(house: House) -> None:
    for (name, path), body in {**card_parts(SITE), **overview_parts(CUSTOMER, 2026)}.items():
        getattr(house, name).says(f"GET {path}", body)


def get(house: House, path: str, who: Json = STAFF, language: str = "fi") -> httpx2.Response:
    return house.client.get(path, headers=house.signed_in(who) | {"Accept-Language": language})


def test_a_card_holds_its_site_and_three_optional_parts(house: House) -> None:
    card = get(house, CARD).json()

    assert card["site"]["name"] == "Kaakkurin koulu"
    assert card["agreed"]["reference"] == "S-2026-012"
    assert card["contacts"][0]["name"] == "Reijo Rehtori"
    assert card["open_cases"][0]["reference"] == "P-2026-000123"
    assert card["degraded"] == []


def test_fields_that_the_gateway_does_not_know_come_through(house: House) -> None:
    house.customers.says(
        f"GET /v1/sites/{SITE}", {**example("customers", "SiteView"), "parking": "behind the school"}
    )

    assert get(house, CARD).json()["site"]["parking"] == "behind the school"


def test_an_overview_holds_its_customer_and_five_optional_parts(house: House) -> None:
    overview = get(house, OVERVIEW).json()

    assert overview["customer"]["name"] == "Opetuspalvelut"
    assert overview["contract_year"]["points"]
    assert overview["milestones"][0]["row"] == 1
    assert {name for name, value in overview.items() if value is None} == set()
    assert overview["degraded"] == []


def test_an_overview_shows_the_year_of_the_city_not_of_utc(house: House) -> None:
    house.clock.now = house.clock.now.replace(year=2026, month=12, day=31, hour=22, minute=30)

    get(house, OVERVIEW)

    years = {request.url.params["year"] for request in house.contracts.asked if "year" in request.url.params}
    assert years == {"2027"}


def test_a_customer_without_a_contract_has_no_year_and_nothing_is_degraded(house: House) -> None:
    house.contracts.says("GET /v1/contracts", listing())

    overview = get(house, OVERVIEW).json()

    assert overview["contract_year"] is None
    assert overview["degraded"] == []


def test_milestones_come_first_due_first(house: House) -> None:
    milestone = example("contracts", "MilestoneView")
    late, soon = {**milestone, "due": "2026-12-31"}, {**milestone, "due": "2026-03-31"}
    house.contracts.says("GET /v1/clock", {**example("contracts", "ClockView"), "items": [late, soon]})

    assert [each["due"] for each in get(house, OVERVIEW).json()["milestones"]] == ["2026-03-31", "2026-12-31"]


@pytest.mark.parametrize(
    ("refusal", "reason", "text"),
    [
        (problem(403, "forbidden"), "forbidden", "This is not yours to see."),
        (problem(404, "not_found"), "not_found", "There is none."),
        (problem(503, "unavailable"), "unavailable", "This part does not answer right now."),
        (problem(500, "unexpected"), "failed", "This part could not be read."),
        (httpx2.Response(200, text="[]"), "failed", "This part could not be read."),
        (httpx2.Response(200, text="<html>"), "failed", "This part could not be read."),
    ],
)
def test_a_missing_optional_part_is_null_and_says_why(
    house: House, refusal: httpx2.Response, reason: str, text: str
) -> None:
    house.contracts.answers[f"GET /v1/sites/{SITE}/agreed"] = refusal

    card = get(house, CARD, language="en").json()

    assert card["agreed"] is None
    assert card["degraded"] == [{"part": "agreed", "reason": reason, "detail": text}]


def test_a_required_part_that_is_refused_is_the_whole_answer(house: House) -> None:
    house.customers.answers[f"GET /v1/sites/{SITE}"] = problem(404, "not_found", instance=f"/v1/sites/{SITE}")

    answer = get(house, CARD)

    assert answer.status_code == 404
    assert answer.json()["instance"] == f"/api/v1/sites/{SITE}"


def test_a_required_part_that_cannot_be_read_is_503(house: House) -> None:
    house.customers.says(f"GET /v1/sites/{SITE}", {"name": "half a site"})

    assert get(house, CARD).status_code == 503


def test_every_part_is_read_with_the_callers_own_token_and_language(house: House) -> None:
    get(house, CARD, language="sv")

    for service in (house.customers, house.contracts, house.feedback):
        assert service.last.headers["authorization"].startswith("Bearer ")
        assert service.last.headers["accept-language"] == "sv"


def hit(title: str, score: float) -> Json:
    return {"kind": "site", "id": str(uuid4()), "title": title, "subtitle": None, "score": score}


def finds(service: StandIn, *hits: Json) -> None:
    service.says("GET /v1/search", {"items": hits})


def test_search_merges_three_services_best_first(house: House) -> None:
    finds(house.customers, hit("B", 0.9), hit("E", 0.1))
    finds(house.contracts, hit("A", 1.0))
    finds(house.feedback, hit("C", 0.9), hit("D", 0.5))

    found = get(house, "/api/v1/search?q=koulu&limit=4").json()

    assert [each["title"] for each in found["items"]] == ["A", "B", "C", "D"]
    assert found["more"] is True
    assert dict(house.feedback.last.url.params) == {"q": "koulu", "limit": "5"}


def test_search_is_503_only_when_no_service_answers(house: House) -> None:
    for service in (house.customers, house.contracts, house.feedback):
        service.answers["GET /v1/search"] = problem(500, "unexpected")

    assert get(house, "/api/v1/search?q=koulu").status_code == 503


@pytest.mark.parametrize("words", ["%00", "soup%0Aid%3A%207", "%1B%5B2J", "soup%E2%80%AE"])
def test_words_that_no_text_may_hold_are_refused_before_anyone_is_asked(house: House, words: str) -> None:
    answer = get(house, f"/api/v1/search?q={words}")

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["#/query/q"]
    assert not [each for each in house.feedback.asked if each.url.path == "/v1/search"]


def test_i_see_my_sites_and_what_i_may_do(house: House) -> None:
    house.customers.says("GET /v1/customers", listing())
    used = {"service": "meals", "producer_name": "Oulun Serviisi", "own": True}
    site = {"id": SITE, "name": "Kaakkurin koulu", "number": "K-1", "services": [used]}
    house.customers.says("GET /v1/sites", listing(site))

    me = get(house, "/api/v1/me", person("school-head", "site_head")).json()

    assert me["sites"] == [{"id": SITE, "name": "Kaakkurin koulu", "services": [{"service": "meals"}]}]
    assert me["allowed"]["report_case"] is True
    assert me["allowed"]["handle_cases"] is False


def test_i_who_see_everything_get_no_lists(house: House) -> None:
    me = get(house, "/api/v1/me").json()

    assert (me["everything"], me["customers"], me["sites"]) == (True, [], [])
    assert [request.url.path for request in house.customers.asked] == [f"/v1/actors/{STAFF['person_id']}"]


def test_i_am_known_also_when_my_sites_are_not(house: House) -> None:
    house.customers.says("GET /v1/customers", listing())
    house.customers.answers["GET /v1/sites"] = problem(500, "unexpected")

    me = get(house, "/api/v1/me", person("school-head", "site_head")).json()

    assert me["sites"] is None
    assert [each["part"] for each in me["degraded"]] == ["sites"]
