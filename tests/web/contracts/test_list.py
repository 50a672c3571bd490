"""Sopimukset and Sopimus: the list with what is missing, and the draft of the next year."""

import pytest

from tests.web.contracts.city import (
    CONTRACT_ID,
    CUSTOMER,
    HEAD,
    YEAR,
    a_contract,
    a_year,
    city,
    form_of,
)
from tests.web.house import HANDLER, Gateway, browser, problem

CONTRACT = f"/contracts/{CONTRACT_ID}"
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def last_query(gateway: Gateway, path: str) -> dict[str, str]:
    asked = [request for request in gateway.asked if request.url.path == f"/api/v1{path}"]
    return dict(asked[-1].url.params)


def test_the_list_tells_the_years_and_what_a_draft_lacks():
    with browser(city()) as client:
        page = client.get("/contracts")
    for words in ("Opetuspalvelut", "S-2026-012", "Voimassa", "Luonnos", "puuttuu: viestinnän työnjako"):
        assert words in page.text
    assert f'href="{YEAR}"' in page.text


@pytest.mark.parametrize("path", ["/contracts", CONTRACT])
def test_no_year_is_asked_for_by_itself(path):
    gateway = city()
    with browser(gateway) as client:
        assert "puuttuu: viestinnän työnjako" in client.get(path).text
    assert not [request.url.path for request in gateway.asked if "/years/" in request.url.path]


def test_a_year_that_lacks_nothing_tells_nothing():
    ready = a_contract(years=[{"year": 2027, "state": "in_approval", "blockers": []}])
    with browser(city(**{"GET /contracts": {"items": [ready], "next": None}})) as client:
        assert "Vuodesta 2027" not in client.get("/contracts").text


def test_filters_go_to_the_gateway_and_stay_in_the_form():
    gateway = city()
    with browser(gateway) as client:
        page = client.get(
            "/contracts",
            params={"q": " S-2026 ", "customer_id": CUSTOMER["id"], "year": "2027", "state": "draft"},
        )
    asked = last_query(gateway, "/contracts")
    assert asked["q"] == "S-2026"
    assert asked["customer_id"] == CUSTOMER["id"]
    assert (asked["year"], asked["state"]) == ("2027", "draft")
    assert '<option value="draft" selected>' in page.text
    assert '<option value="2027" selected>' in page.text


@pytest.mark.parametrize("query", [{"year": "nonsense"}, {"state": "nonsense"}, {"year": "9" * 30}])
def test_filters_that_mean_nothing_are_left_out(query):
    gateway = city()
    with browser(gateway) as client:
        assert client.get("/contracts", params=query).status_code == 200
    assert not set(query) & set(last_query(gateway, "/contracts"))


def test_pages_lead_onward_with_the_filters():
    gateway = city(**{"GET /contracts": {"items": [a_contract()], "next": "c2"}})
    with browser(gateway) as client:
        page = client.get("/contracts?year=2027")
    assert "/contracts?cursor=c2&amp;year=2027" in page.text


def test_the_list_is_a_fragment_too():
    with browser(city()) as client:
        page = client.get("/contracts", headers=FRAGMENT)
    assert page.text.lstrip().startswith('<section id="contracts"')
    assert "<html" not in page.text


def test_nothing_found_says_so_and_leads_back():
    with browser(city(**{"GET /contracts": {"items": [], "next": None}})) as client:
        page = client.get("/contracts?q=olematon")
    assert "Näillä rajauksilla ei löytynyt sopimuksia" in page.text
    assert "Näytä kaikki" in page.text


def test_a_contract_tells_its_years_and_offers_the_next_draft():
    with browser(city()) as client:
        page = client.get(CONTRACT)
    for words in ("Sopimusvuosi 2027", "Sopimusvuosi 2026", "puuttuu: viestinnän työnjako", "Aloita luonnos"):
        assert words in page.text
    assert 'value="2028"' in page.text


def test_who_may_not_draft_is_not_offered_it():
    with browser(city(HANDLER | {"allowed": {"read_contracts": True}})) as client:
        page = client.get(CONTRACT)
    assert "Aloita luonnos" not in page.text


def test_a_site_head_does_not_get_a_link_to_the_customer_registry():
    with browser(city(HEAD)) as client:
        page = client.get(CONTRACT)
    assert f"/customers/{CUSTOMER['id']}" not in page.text


def test_drafting_copies_the_chosen_year():
    gateway = city(**{f"POST {CONTRACT}/years": a_year(year=2028)})
    with browser(gateway) as client:
        hidden = form_of(client.get(CONTRACT).text, f"{CONTRACT}/years")
        answer = client.post(f"{CONTRACT}/years", data={**hidden, "year": "2028", "copy_from": "2027"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{CONTRACT}/years/2028"
    assert gateway.sent("POST", f"{CONTRACT}/years") == [{"year": 2028, "copy_from": 2027}]


def test_drafting_without_a_base_starts_empty():
    gateway = city(**{f"POST {CONTRACT}/years": a_year(year=2028)})
    with browser(gateway) as client:
        hidden = form_of(client.get(CONTRACT).text, f"{CONTRACT}/years")
        client.post(f"{CONTRACT}/years", data={**hidden, "year": "2028", "copy_from": ""})
    assert gateway.sent("POST", f"{CONTRACT}/years") == [{"year": 2028, "copy_from": None}]


def test_a_year_that_is_there_already_is_told_in_the_form():
    gateway = city(
        **{f"POST {CONTRACT}/years": problem(409, "year_exists", "Sopimuksella on jo vuosi 2027.")}
    )
    with browser(gateway) as client:
        hidden = form_of(client.get(CONTRACT).text, f"{CONTRACT}/years")
        answer = client.post(f"{CONTRACT}/years", data={**hidden, "year": "2027"})
    assert answer.status_code == 409
    assert "Sopimuksella on jo vuosi 2027." in answer.text


def test_a_year_that_is_no_number_is_a_fault_of_its_field():
    gateway = city()
    with browser(gateway) as client:
        hidden = form_of(client.get(CONTRACT).text, f"{CONTRACT}/years")
        answer = client.post(f"{CONTRACT}/years", data={**hidden, "year": "ensi vuosi"})
    assert answer.status_code == 422
    assert 'value="ensi vuosi"' in answer.text
    assert gateway.sent("POST", f"{CONTRACT}/years") == []


def test_a_contract_that_is_not_ones_to_see_does_not_exist():
    with browser(city(**{f"GET {CONTRACT}": problem(404, "not_found")})) as client:
        assert client.get(CONTRACT).status_code == 404
