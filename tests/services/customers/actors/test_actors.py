"""What the gateway is told about a signed-in person."""

from chassis.actors import Actor
from tests.actors import actor, bearer
from tests.services.customers.city import City, Headers, Json, fresh_id, role


def gateway() -> Headers:
    """Return the headers of the gateway itself."""
    itself = Actor(subject="service:gateway", scopes=frozenset({"actors:resolve"}))
    return bearer(itself, "customers")


def resolved(city: City, username: str) -> Json:
    """Return what the gateway is told about a username."""
    answer = city.client.get(f"/v1/actors/by-username/{username}", headers=gateway())
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    assert city.client.get(f"/v1/actors/{found['person_id']}", headers=gateway()).json() == found
    return found


def test_a_contract_contact_of_a_department_has_all_its_customers(city: City) -> None:
    found = resolved(city, "contract-contact")
    assert set(found["customer_ids"]) >= {city.teaching["id"], city.early["id"]}
    assert city.care["id"] not in found["customer_ids"]
    assert (found["everything"], found["site_ids"], found["roles"]) == (False, [], ["contract_contact"])


def test_a_site_head_has_the_site_and_knows_its_customer(city: City) -> None:
    found = resolved(city, "school-head")
    assert (found["site_ids"], found["site_customer_ids"]) == ([city.school["id"]], [city.teaching["id"]])
    assert [each["id"] for each in found["sites"]] == [city.school["id"]]
    assert [each["service"] for each in found["sites"][0]["services"]] == [
        each["service"] for each in city.school["services"]
    ]
    assert found["customers"] == [{"id": city.teaching["id"], "name": city.teaching["name"]}]
    assert found["customer_ids"] == []


def test_an_outside_supervisor_has_the_producer(city: City) -> None:
    found = resolved(city, "producer-supervisor")
    assert (found["producer_ids"], found["everything"]) == ([city.outside["id"]], False)


def test_the_own_staff_see_everything(city: City) -> None:
    for username in ("supervisor", "handler", "account-manager", "management", "admin"):
        assert resolved(city, username)["everything"], username
    assert resolved(city, "account-manager")["customer_ids"] == [city.teaching["id"]]


def test_an_integration_reads_everything_within_its_scopes(city: City) -> None:
    found = resolved(city, "integration")
    assert found["everything"]
    assert {"cases:write", "customers:read"} <= set(found["scopes"])


def test_an_assignment_that_does_not_hold_today_gives_nothing(city: City) -> None:
    city.a_person(
        "past-and-future",
        assignments=[
            role("management", valid_until="2026-03-09"),
            role("site_head", site_id=city.school["id"], valid_from="2026-03-11"),
        ],
    )
    found = resolved(city, "past-and-future")
    assert (found["roles"], found["everything"], found["site_ids"]) == ([], False, [])
    assert found["assignments"] == []


def test_the_day_changes_at_midnight_in_finland(city: City) -> None:
    city.a_person(
        "today-only", assignments=[role("management", valid_from="2026-03-10", valid_until="2026-03-10")]
    )
    assert resolved(city, "today-only")["roles"] == ["management"]


def test_unknown_people_are_404(city: City) -> None:
    for path in (f"/v1/actors/{fresh_id()}", "/v1/actors/by-username/nobody"):
        assert city.client.get(path, headers=gateway()).status_code == 404


def test_nobody_but_the_gateway_resolves_people(city: City) -> None:
    path = "/v1/actors/by-username/admin"
    assert city.client.get(path).status_code == 401
    assert city.client.get(path, headers=bearer(actor("administrator"), "customers")).status_code == 403
    service = Actor(subject="service:feedback", scopes=frozenset({"actors:resolve"}))
    headers = bearer(service, "customers", issuer="feedback")
    assert city.client.get(path, headers=headers).status_code == 401
