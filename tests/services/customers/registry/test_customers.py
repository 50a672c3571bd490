"""Customers: adding, numbering, editing, the account manager."""

import threading

import pytest

from tests.services.customers.city import City, Json, customer_body, fresh_id, role


def edit_of(customer: Json, **changes: object) -> Json:
    """Return a customer's present particulars as an edit, with changes."""
    return {
        "name": customer["name"],
        "kind": customer["kind"],
        "department_id": (customer["department"] or {}).get("id"),
        "customer_group_id": (customer["customer_group"] or {}).get("id"),
        "business_id": customer["business_id"],
        "billing_reference": customer["billing_reference"],
        "partnership_note": customer["partnership_note"],
        **changes,
    }


def test_a_customer_is_read_as_it_was_made(city: City) -> None:
    made = city.a_customer(name="Museot", department=city.culture, business_id="0187690-1")
    assert made["department"] == {"id": city.culture["id"], "name": "Sivistys- ja kulttuuripalvelut"}
    assert (made["customer_group"], made["account_manager"], made["site_count"]) == (None, None, 0)
    answer = city.client.get(f"/v1/customers/{made['id']}", headers=city.admin)
    assert answer.json() == made
    assert answer.headers["ETag"].startswith('"1-')


def test_numbers_follow_the_highest_in_use(city: City) -> None:
    given = city.a_customer(number="A-500")
    assert given["number"] == "A-500"
    assert city.a_customer()["number"] == "A-501"


def test_two_at_once_get_two_numbers(city: City) -> None:
    numbers: list[str] = []
    threads = [threading.Thread(target=lambda: numbers.append(city.a_customer()["number"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 4


def test_a_double_click_makes_one_customer(city: City) -> None:
    headers = city.as_("account-manager") | {"Idempotency-Key": "click-1"}
    body = customer_body("Kaksoisklikkaus", None, None)
    first = city.client.post("/v1/customers", headers=headers, json=body)
    second = city.client.post("/v1/customers", headers=headers, json=body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert city.names("/v1/customers", "admin", q="kaksoisklikkaus") == ["Kaksoisklikkaus"]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"department_id": fresh_id()}, "#/department_id", "unknown_reference"),
        ({"customer_group_id": fresh_id()}, "#/customer_group_id", "unknown_reference"),
        ({"department_id": None}, "#/department_id", "internal_needs_department"),
        ({"business_id": "0187690-2"}, "#/business_id", "business_id"),
        ({"number": "A-500x"}, "#/number", "string_pattern_mismatch"),
        ({"kind": "other"}, "#/kind", "enum"),
        ({"surprise": 1}, "#/surprise", "extra_forbidden"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(city: City, changes: Json, pointer: str, code: str) -> None:
    body = customer_body("Uusi", city.culture, None) | changes
    answer = city.client.post("/v1/customers", headers=city.admin, json=body)
    assert answer.status_code == 422
    assert (pointer, code) in [(each["pointer"], each["code"]) for each in answer.json()["errors"]]


def test_an_edit_needs_the_version_that_was_read(city: City) -> None:
    made = city.a_customer(name="Edustus", department=city.culture)
    path, headers = f"/v1/customers/{made['id']}", city.as_("account-manager")
    body = edit_of(made, name="Edustuspalvelut")
    assert city.client.put(path, headers=headers, json=body).status_code == 428
    changed = city.client.put(path, headers=headers | {"If-Match": '"1"'}, json=body)
    assert (changed.status_code, changed.json()["name"]) == (200, "Edustuspalvelut")
    stale = city.client.put(path, headers=headers | {"If-Match": '"1"'}, json=body)
    assert (stale.status_code, stale.json()["current_version"]) == (412, 2)


def test_lists_filter_and_page_by_name(city: City) -> None:
    department = city.a_department(name="Sivutus")
    for name in ("Öylätti", "Aalto", "Åström", "Mäki", "Ärjä"):
        city.a_customer(name=name, department=department)
    seen: list[str] = []
    query = {"department_id": department["id"], "kind": "internal", "limit": "2"}
    while True:
        page = city.get("/v1/customers", **query)
        seen += [each["name"] for each in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == ["Aalto", "Mäki", "Åström", "Ärjä", "Öylätti"]
    assert city.get("/v1/customers", department_id=department["id"], kind="external")["items"] == []


def test_the_account_manager_comes_from_the_assignment_of_today(city: City) -> None:
    manager = city.get(f"/v1/customers/{city.teaching['id']}")["account_manager"]
    assert manager["person_id"] == city.account_manager["id"]


def test_naming_an_account_manager_ends_the_former_ones_time(city: City) -> None:
    customer = city.a_customer(name="Nimettävä")
    path = f"/v1/customers/{customer['id']}/account-manager"
    old = city.a_person(
        assignments=[role("account_manager"), role("account_manager", customer_id=customer["id"])]
    )
    new = city.a_person(assignments=[role("account_manager")])
    answer = city.client.put(
        path,
        headers=city.as_("management") | {"If-Match": '"1"'},
        json={"person_id": new["id"], "stand_in_id": old["id"]},
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["account_manager"]["person_id"] == new["id"]
    assert answer.json()["version"] == 2
    ended = city.get(f"/v1/people/{old['id']}")["assignments"][1]
    assert ended["valid_until"] == "2026-03-09"
    began = city.get(f"/v1/people/{new['id']}")["assignments"][1]
    assert (began["valid_from"], began["stand_in"]["person_id"]) == ("2026-03-10", old["id"])
    back = city.client.put(path, headers=city.admin | {"If-Match": '"2"'}, json={"person_id": old["id"]})
    assert back.json()["account_manager"]["person_id"] == old["id"]
    assert [each["valid_from"] for each in city.get(f"/v1/people/{new['id']}")["assignments"]] == [
        "2025-01-01"
    ]


def test_only_an_account_manager_can_be_named_and_only_by_those_who_may(city: City) -> None:
    path = f"/v1/customers/{city.early['id']}/account-manager"
    body = {"person_id": city.handler["id"]}
    wrong = city.client.put(path, headers=city.admin | {"If-Match": '"1"'}, json=body)
    assert wrong.json()["errors"][0]["code"] == "not_account_manager"
    for username, status in (("account-manager", 403), ("contract-contact", 403), ("school-head", 404)):
        answer = city.client.put(path, headers=city.as_(username) | {"If-Match": '"1"'}, json=body)
        assert answer.status_code == status, username
