"""Sites with services and producers."""

import pytest

from chassis.database import Database
from tests.services.customers.city import City, Json, fresh_id, site_body
from tests.support.statements import statements


def edit_of(site: Json, **changes: object) -> Json:
    """Return a site's present particulars as an edit, with changes."""
    body = {
        name: site[name] for name in ("name", "kind", "customer_id", "address", "coordinates", "calendar")
    }
    services = [
        {name: each[name] for name in ("service", "producer_id", "standard")} for each in site["services"]
    ]
    return {**body, "services": services, **changes}


def test_a_site_shows_its_services_producers_and_heads(city: City) -> None:
    site = city.get(f"/v1/sites/{city.school['id']}")
    assert [(each["service"], each["producer_name"], each["own"]) for each in site["services"]] == [
        ("cleaning", "Siisti Pohjola Oy", False),
        ("meals", "Oulun Serviisi", True),
    ]
    assert [head["person_id"] for head in site["heads"]] == [city.school_head["id"]]
    assert site["customer_name"] == "Opetuspalvelut"
    assert site["coordinates"] == {"latitude": 64.958, "longitude": 25.524}


def test_an_edit_replaces_the_services_and_raises_the_version(city: City) -> None:
    site = city.a_site(customer=city.early, services=[("meals", city.own), ("cleaning", city.own)])
    wanted = [
        {"service": "meals", "producer_id": city.outside["id"], "standard": None},
        {"service": "coffee", "producer_id": city.own["id"], "standard": "Perus"},
    ]
    answer = city.client.put(
        f"/v1/sites/{site['id']}",
        headers=city.admin | {"If-Match": '"1"'},
        json=edit_of(site, services=wanted, coordinates=None),
    )
    assert answer.status_code == 200, answer.text
    changed = answer.json()
    assert [(each["service"], each["producer_id"]) for each in changed["services"]] == [
        ("coffee", city.own["id"]),
        ("meals", city.outside["id"]),
    ]
    assert (changed["coordinates"], changed["version"], answer.headers["ETag"]) == (None, 2, '"2"')


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"customer_id": fresh_id()}, "#/customer_id", "unknown_reference"),
        (
            {"services": [{"service": "meals", "producer_id": fresh_id()}]},
            "#/services/0/producer_id",
            "unknown_reference",
        ),
        ({"number": "K-1", "calendar": "Koulu"}, "#/calendar", "string_pattern_mismatch"),
        ({"coordinates": {"latitude": 91.0, "longitude": 0.0}}, "#/coordinates/latitude", "less_than_equal"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(city: City, changes: Json, pointer: str, code: str) -> None:
    body = site_body(city.teaching) | changes
    answer = city.client.post("/v1/sites", headers=city.admin, json=body)
    assert answer.status_code == 422
    assert (pointer, code) in [(each["pointer"], each["code"]) for each in answer.json()["errors"]]


def test_a_service_twice_is_refused(city: City) -> None:
    body = site_body(city.teaching, [("meals", city.own), ("meals", city.outside)])
    answer = city.client.post("/v1/sites", headers=city.admin, json=body)
    assert [each["code"] for each in answer.json()["errors"]] == ["twice", "twice"]


def test_a_taken_number_is_told_at_its_field(city: City) -> None:
    body = site_body(city.teaching) | {"number": city.school["number"]}
    answer = city.client.post("/v1/sites", headers=city.admin, json=body)
    assert answer.json()["errors"][0]["pointer"] == "#/number"


def test_lists_filter_by_customer_kind_producer_and_words(city: City) -> None:
    customer = city.a_customer(name="Suodatin", department=city.culture)
    city.a_site(customer=customer, name="Linnanmaan koulu", services=[("cleaning", city.outside)])
    city.a_site(customer=customer, name="Linnanmaan museo", kind="museum")
    of = {"customer_id": customer["id"]}
    assert city.names("/v1/sites", "admin", **of) == ["Linnanmaan koulu", "Linnanmaan museo"]
    assert city.names("/v1/sites", "admin", kind="museum", **of) == ["Linnanmaan museo"]
    assert city.names("/v1/sites", "admin", producer_id=city.outside["id"], **of) == ["Linnanmaan koulu"]
    assert city.names("/v1/sites", "admin", q="maan kou", **of) == ["Linnanmaan koulu"]
    assert city.names("/v1/sites", "admin", q="li mu", **of) == ["Linnanmaan museo"]
    assert city.names("/v1/sites", "admin", q="nmaan 50%", **of) == []


def test_a_malformed_cursor_is_refused(city: City) -> None:
    for cursor in ("x", "bm9wZQ", "WyJhIl0"):
        answer = city.client.get("/v1/sites", headers=city.admin, params={"cursor": cursor})
        assert answer.status_code == 422


@pytest.mark.parametrize("one", [False, True])
def test_sites_are_shown_by_four_statements_however_many_they_are(
    city: City, database: Database, *, one: bool
) -> None:
    contact = city.as_("contract-contact")
    path = f"/v1/sites/{city.school['id']}" if one else "/v1/sites"

    with statements(database) as sent:
        found = city.client.get(path, headers=contact)

    assert found.status_code == 200
    assert one or len(found.json()["items"]) > 1
    assert len(sent) == 4
