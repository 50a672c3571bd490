"""People: adding, editing, assignments, absences."""

import pytest

from tests.services.customers.city import City, Json, fresh_id, person_body, role


def test_a_person_is_read_as_made(city: City) -> None:
    wanted = role(
        "service_supervisor",
        customer_id=city.early["id"],
        service="meals",
        topics=["special_diet", "meals"],
        stand_in_id=city.deputy["id"],
        valid_until="2026-12-31",
    )
    made = city.a_person("reader", name="Ääkkönen Öykky", assignments=[wanted], email="Reader@Example.COM")
    assert made["email"] == "reader@example.com"
    assert made["assignments"][0]["stand_in"] == {"person_id": city.deputy["id"], "name": "Testi Deputy"}
    assert made["assignments"][0]["topics"] == ["special_diet", "meals"]
    assert city.get(f"/v1/people/{made['id']}") == made


def test_an_edit_replaces_assignments_and_keeps_those_with_the_same_scope(city: City) -> None:
    made = city.a_person(
        "editor", assignments=[role("site_head", site_id=city.home["id"]), role("complaint_handler")]
    )
    kept = made["assignments"][0]["id"]
    body = person_body(
        "editor",
        [role("site_head", site_id=city.home["id"], valid_until="2026-06-30"), role("management")],
    )
    answer = city.client.put(f"/v1/people/{made['id']}", headers=city.admin | {"If-Match": '"1"'}, json=body)
    assert answer.status_code == 200, answer.text
    assignments = answer.json()["assignments"]
    assert [each["role"] for each in assignments] == ["site_head", "management"]
    assert (assignments[0]["id"], assignments[0]["valid_until"]) == (kept, "2026-06-30")
    assert answer.json()["version"] == 2


@pytest.mark.parametrize(
    ("assignment", "pointer", "code"),
    [
        (role("site_head"), "/site_id", "scope_missing"),
        (role("site_head", site_id=fresh_id()), "/site_id", "unknown_reference"),
        (role("producer_supervisor", producer_id=fresh_id()), "/producer_id", "unknown_reference"),
        (role("management", stand_in_id=fresh_id()), "/stand_in_id", "unknown_reference"),
        (role("management", valid_until="2024-12-31"), "/valid_until", "days_in_order"),
        (role("management", service="meals"), "/service", "scope_unfit"),
    ],
)
def test_a_faulty_assignment_is_told_at_its_field(
    city: City, assignment: Json, pointer: str, code: str
) -> None:
    body = person_body(f"f{city.number()}", [role("complaint_handler"), assignment])
    answer = city.client.post("/v1/people", headers=city.admin, json=body)
    assert answer.status_code == 422
    errors = [(each["pointer"], each["code"]) for each in answer.json()["errors"]]
    assert errors == [(f"#/assignments/1{pointer}", code)]


def test_the_same_scope_twice_is_refused(city: City) -> None:
    body = person_body("twice", [role("management"), role("management", valid_from="2026-01-01")])
    answer = city.client.post("/v1/people", headers=city.admin, json=body)
    assert [each["code"] for each in answer.json()["errors"]] == ["scope_twice", "scope_twice"]


@pytest.mark.parametrize(("field", "value"), [("username", "handler"), ("email", "Handler@example.com")])
def test_usernames_and_addresses_belong_to_one_person(city: City, field: str, value: str) -> None:
    body = person_body(f"u{city.number()}") | {field: value}
    answer = city.client.post("/v1/people", headers=city.admin, json=body)
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [(f"#/{field}", "taken")]


def test_people_are_found_by_words_and_role(city: City) -> None:
    city.a_person("ceramist", name="Kerttu Keraamikko", title="Taideopettaja")
    assert city.names("/v1/people", "handler", q="keraam taide") == ["Kerttu Keraamikko"]
    found = city.names("/v1/people", "handler", role="producer_supervisor")
    assert found == ["Testi Producer-Supervisor"]
    either = city.names("/v1/people?role=producer_supervisor&role=complaint_handler", "handler")
    assert either == sorted({*found, *city.names("/v1/people?role=complaint_handler", "handler")})
    assert len(either) > len(found)


def test_a_role_that_has_ended_is_not_found(city: City) -> None:
    city.a_person("former", assignments=[role("integration", valid_until="2026-03-09")])
    assert "Testi Former" not in city.names("/v1/people", "admin", role="integration")


def test_absences_are_recorded_by_oneself_and_by_supervisors(city: City) -> None:
    person = city.a_person("vacationer", assignments=[role("site_head", site_id=city.home["id"])])
    path = f"/v1/people/{person['id']}/absences"
    body = {"absences": [{"first_day": "2026-07-01", "last_day": "2026-07-31"}]}
    own = city.client.put(path, headers=city.as_("vacationer") | {"If-Match": '"1"'}, json=body)
    assert (own.status_code, own.json()["absences"], own.json()["version"]) == (200, body["absences"], 2)
    other = city.client.put(path, headers=city.as_("supervisor") | {"If-Match": '"2"'}, json={"absences": []})
    assert (other.status_code, other.json()["absences"]) == (200, [])
    for username, status in (("handler", 403), ("school-head", 404)):
        answer = city.client.put(path, headers=city.as_(username) | {"If-Match": '"3"'}, json=body)
        assert answer.status_code == status, username


def test_an_absence_that_ends_before_it_begins_is_refused(city: City) -> None:
    body = {"absences": [{"first_day": "2026-07-02", "last_day": "2026-07-01"}]}
    answer = city.client.put(
        f"/v1/people/{city.deputy['id']}/absences", headers=city.admin | {"If-Match": '"1"'}, json=body
    )
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "days_in_order")


def test_editing_a_person_leaves_absences_alone(city: City) -> None:
    person = city.a_person("steady")
    body = {"absences": [{"first_day": "2026-07-01", "last_day": "2026-07-31"}]}
    path = f"/v1/people/{person['id']}"
    city.client.put(f"{path}/absences", headers=city.admin | {"If-Match": '"1"'}, json=body)
    answer = city.client.put(path, headers=city.admin | {"If-Match": '"2"'}, json=person_body("steady"))
    assert answer.json()["absences"] == body["absences"]


def test_only_administrators_change_people(city: City) -> None:
    path, body = f"/v1/people/{city.school_head['id']}", person_body("school-head")
    for username, status in (("management", 403), ("school-head", 403), ("daycare-head", 404)):
        headers = city.as_(username) | {"If-Match": '"1"'}
        assert city.client.put(path, headers=headers, json=body).status_code == status, username
