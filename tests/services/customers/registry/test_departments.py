"""Departments and their customer groups."""

from tests.actors import actor, bearer
from tests.services.customers.city import City


def test_a_department_is_made_with_its_groups_in_order(city: City) -> None:
    made = city.a_department(name="Liikelaitokset", groups=["Tilakeskus", "Oulun vesi"])
    assert [group["name"] for group in made["customer_groups"]] == ["Tilakeskus", "Oulun vesi"]
    assert city.get(f"/v1/departments/{made['id']}") == made


def test_an_edit_keeps_groups_by_id_and_by_name_and_adds_new_ones(city: City) -> None:
    made = city.a_department(groups=["Edustus", "Henkilöstö"])
    first, second = made["customer_groups"]
    wanted = [
        {"name": "Henkilöstö", "end_customers": "Kaupungin väki"},
        {"id": first["id"], "name": "Edustustilaisuudet", "end_customers": "Vieraat"},
        {"name": "Konserni", "end_customers": "Kaikki"},
    ]
    answer = city.client.put(
        f"/v1/departments/{made['id']}",
        headers=city.admin | {"If-Match": '"1"'},
        json={"code": made["code"], "name": "Konsernipalvelut", "customer_groups": wanted},
    )
    assert answer.status_code == 200
    groups = answer.json()["customer_groups"]
    assert [group["name"] for group in groups] == ["Henkilöstö", "Edustustilaisuudet", "Konserni"]
    assert [group["id"] for group in groups[:2]] == [second["id"], first["id"]]
    assert answer.headers["ETag"] == '"2"'


def test_a_group_with_customers_cannot_be_left_out(city: City) -> None:
    made = city.a_department(groups=["Museot"])
    city.a_customer(name="Museot", department=made, group=0)
    answer = city.client.put(
        f"/v1/departments/{made['id']}",
        headers=city.admin | {"If-Match": '"1"', "Accept-Language": "en"},
        json={"code": made["code"], "name": made["name"], "customer_groups": []},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "customer_group_in_use")
    assert "Museot" in answer.json()["detail"]


def test_a_taken_code_is_told_at_its_field(city: City) -> None:
    body = {"code": city.culture["code"], "name": "Toinen", "customer_groups": []}
    answer = city.client.post("/v1/departments", headers=city.admin, json=body)
    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("#/code", "taken")]


def test_the_same_group_twice_is_refused(city: City) -> None:
    group = {"name": "Sama", "end_customers": "Kaikki"}
    body = {"code": "TWICE", "name": "Kaksi", "customer_groups": [group, group]}
    answer = city.client.post("/v1/departments", headers=city.admin, json=body)
    assert answer.json()["errors"][0]["pointer"] == "#/customer_groups/1"


def test_only_administrators_add_departments(city: City) -> None:
    body = {"code": "X", "name": "X", "customer_groups": []}
    for role in ("account_manager", "management", "contract_contact", "integration"):
        answer = city.client.post("/v1/departments", headers=bearer(actor(role), "customers"), json=body)
        assert answer.status_code == 403, role
