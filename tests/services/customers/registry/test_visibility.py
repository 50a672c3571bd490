"""Each level sees its own: lists, single things and counts, for the cast of the access tests."""

import pytest

from tests.services.customers.city import City, fresh_id
from tests.services.customers.registry.test_customers import edit_of

EVERY_SITE = ["Iinatin hoivakoti", "Kaakkurin koulu", "Pöllökankaan päiväkoti", "Äimäraution koulu"]
STAFF = ("supervisor", "handler", "account-manager", "management", "admin", "integration")


@pytest.mark.parametrize("username", STAFF)
def test_the_own_staff_and_integrations_see_every_site(city: City, username: str) -> None:
    assert city.names("/v1/sites", username) == EVERY_SITE


def test_a_contract_contact_sees_the_sites_of_the_whole_department(city: City) -> None:
    expected = ["Kaakkurin koulu", "Pöllökankaan päiväkoti", "Äimäraution koulu"]
    assert city.names("/v1/sites", "contract-contact") == expected
    assert city.names("/v1/customers", "contract-contact") == ["Opetuspalvelut", "Varhaiskasvatus"]
    assert city.names("/v1/departments", "contract-contact") == ["Sivistys- ja kulttuuripalvelut"]


def test_a_site_head_sees_the_own_site_and_its_customer_only(city: City) -> None:
    assert city.names("/v1/sites", "school-head") == ["Kaakkurin koulu"]
    assert city.names("/v1/customers", "school-head") == ["Opetuspalvelut"]
    assert city.names("/v1/producers", "school-head") == ["Oulun Serviisi", "Siisti Pohjola Oy"]


@pytest.mark.parametrize(
    ("username", "seen"),
    [
        ("school-head", set()),
        ("contract-contact", {"business_id", "billing_reference"}),
        *[(each, {"business_id", "billing_reference", "partnership_note"}) for each in STAFF],
    ],
)
def test_how_a_customer_pays_and_what_is_noted_of_it_is_not_for_its_sites(
    city: City, username: str, seen: set[str]
) -> None:
    path = f"/v1/customers/{city.teaching['id']}"
    customer = city.get(path)
    told = {"business_id": "0187690-1", "billing_reference": "SIKU-OPE", "partnership_note": "Käydään läpi."}
    body = edit_of(customer, **told)
    headers = city.admin | {"If-Match": f'"{customer["version"]}"'}
    assert city.client.put(path, headers=headers, json=body).status_code == 200
    listed = city.client.get("/v1/customers", headers=city.as_(username)).json()["items"]
    for shown in (city.get(path, username), next(each for each in listed if each["id"] == customer["id"])):
        assert {name for name in told if shown[name] is not None} == seen
        assert shown["name"] == "Opetuspalvelut"


def test_counts_obey_the_same_scope(city: City) -> None:
    path = f"/v1/customers/{city.teaching['id']}"
    assert city.get(path, "school-head")["site_count"] == 1
    assert city.get(path, "contract-contact")["site_count"] == 2


def test_an_outside_supervisor_sees_the_sites_where_it_produces(city: City) -> None:
    assert city.names("/v1/sites", "producer-supervisor") == ["Kaakkurin koulu"]
    assert city.names("/v1/customers", "producer-supervisor") == []
    assert city.names("/v1/departments", "producer-supervisor") == []
    assert city.names("/v1/producers", "producer-supervisor") == ["Oulun Serviisi", "Siisti Pohjola Oy"]


def test_a_stranger_gets_404_as_for_things_that_do_not_exist(city: City) -> None:
    stranger = city.as_("daycare-head")
    for path in (
        f"/v1/sites/{city.school['id']}",
        f"/v1/sites/{fresh_id()}",
        f"/v1/customers/{city.teaching['id']}",
        f"/v1/customers/{fresh_id()}",
        f"/v1/departments/{city.welfare['id']}",
        f"/v1/producers/{city.outside['id']}",
        f"/v1/people/{city.administrator['id']}",
        f"/v1/people/{fresh_id()}",
    ):
        answer = city.client.get(path, headers=stranger)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path


def test_a_stranger_gets_404_for_edits_and_a_reader_403(city: City) -> None:
    path = f"/v1/sites/{city.school['id']}"
    site = city.get(path)
    body = {name: site[name] for name in ("name", "kind", "customer_id", "address", "calendar")} | {
        "services": []
    }
    for username, status in (("daycare-head", 404), ("school-head", 403), ("handler", 403)):
        headers = city.as_(username) | {"If-Match": '"1"'}
        assert city.client.put(path, headers=headers, json=body).status_code == status, username


def test_filters_do_not_open_what_is_hidden(city: City) -> None:
    assert city.names("/v1/sites", "daycare-head", customer_id=city.teaching["id"]) == []
    assert city.names("/v1/sites", "daycare-head", q="koulu") == []


def test_people_are_listed_for_the_own_staff_only(city: City) -> None:
    assert len(city.names("/v1/people", "supervisor")) == 11
    for username in ("school-head", "contract-contact", "producer-supervisor", "integration"):
        assert city.client.get("/v1/people", headers=city.as_(username)).status_code == 403


def test_everybody_reads_the_own_page(city: City) -> None:
    person = city.get(f"/v1/people/{city.school_head['id']}", "school-head")
    assert person["assignments"][0]["site_id"] == city.school["id"]
