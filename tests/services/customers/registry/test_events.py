"""Every change is told by an event that carries the full state."""

from typing import Any

from chassis.actors import Actor
from services.customers.events import PUBLISHED
from tests.actors import actor, bearer
from tests.services.customers.city import City, customer_body


def as_service(name: str, *scopes: str) -> dict[str, str]:
    """Return the headers of another service."""
    reader = Actor(subject=f"service:{name}", scopes=frozenset(scopes))
    return bearer(reader, "customers", issuer=name)


def feed(city: City, after: str = "", *scopes: str) -> list[dict[str, Any]]:  # Any: JSON
    """Return the events after a cursor, as another service reads them."""
    headers = as_service("feedback", "events:read", *scopes)
    items: list[dict[str, Any]] = []  # Any: JSON
    while True:
        answer = city.client.get("/v1/events", headers=headers, params={"after": after, "limit": 200}).json()
        items += answer["items"]
        if not answer["items"]:
            return items
        after = answer["next"]


def last(city: City, subject: str) -> dict[str, Any]:  # Any: JSON
    """Return the newest event about a thing."""
    return [each for each in feed(city) if each["subject"] == subject][-1]


def test_each_kind_of_thing_tells_its_state(city: City) -> None:
    assert {each["type"] for each in feed(city)} == {each.name for each in PUBLISHED}
    site = last(city, city.school["id"])
    assert site["type"] == "kumppani.customers.site.changed"
    expected = {name: value for name, value in city.school.items() if name != "heads"}
    assert site["data"] == expected


def test_customers_and_sites_travel_without_personal_data(city: City) -> None:
    for subject in (city.teaching["id"], city.school["id"]):
        told = last(city, subject)["data"]
        assert not {"heads", "account_manager"} & set(told)


def test_the_account_manager_travels_as_an_id(city: City) -> None:
    customer = city.a_customer(name="Tapahtuma")
    answer = city.client.put(
        f"/v1/customers/{customer['id']}/account-manager",
        headers=city.admin | {"If-Match": '"1"'},
        json={"person_id": city.account_manager["id"]},
    )
    assert answer.status_code == 200
    assert last(city, customer["id"])["data"]["account_manager_id"] == city.account_manager["id"]
    told = last(city, city.account_manager["id"])["data"]
    assert customer["id"] in [each["customer_id"] for each in told["assignments"]]


def test_people_are_in_events_for_the_service_that_needs_to_name_them(city: City) -> None:
    whole = [
        each["data"] for each in feed(city, "", "events:personal") if each["type"].endswith("person.changed")
    ]
    plain = [each["data"] for each in feed(city) if each["type"].endswith("person.changed")]
    assert {"name", "email", "phone", "absences"} <= set(whole[-1])
    assert [set(each) for each in plain] == [{"id", "assignments", "version"}] * len(plain)
    assert not [each for each in whole if each["email"] in str(plain)]


def test_contracts_gets_assignments_and_no_names(city: City) -> None:
    asking = as_service("contracts", "events:read", "events:personal")
    assert city.client.get("/v1/events", headers=asking).status_code == 403
    assert city.client.get("/v1/events", headers=as_service("contracts", "events:read")).status_code == 200


def test_a_refused_change_tells_nothing(city: City) -> None:
    before = len(feed(city))
    body = customer_body("Kielletty", None, None) | {"number": city.teaching["number"]}
    assert city.client.post("/v1/customers", headers=city.admin, json=body).status_code == 422
    assert len(feed(city)) == before


def test_people_do_not_read_the_feed(city: City) -> None:
    headers = bearer(actor("administrator"), "customers")
    assert city.client.get("/v1/events", headers=headers).status_code == 403
