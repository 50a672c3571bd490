"""Contacts of customers and sites, each within the actor's scope."""

from tests.services.customers.city import City, fresh_id, role


def roles(city: City, username: str, **query: str) -> list[tuple[str, str]]:
    """Return names and roles of the contacts that a person of the city sees."""
    items = city.get("/v1/contacts", username, **query)["items"]
    return [(each["name"], each["role"]) for each in items]


OF_ALL = [
    ("Testi Deputy", "service_supervisor"),
    ("Testi Handler", "complaint_handler"),
    ("Testi Management", "management"),
    ("Testi Supervisor", "service_supervisor"),
]


def test_a_site_has_contacts_of_all_it_belongs_to(city: City) -> None:
    expected = [
        ("Testi Account-Manager", "account_manager"),
        ("Testi Contract-Contact", "contract_contact"),
        ("Testi Producer-Supervisor", "producer_supervisor"),
        ("Testi School-Head", "site_head"),
        *OF_ALL,
    ]
    assert roles(city, "admin", site_id=city.school["id"]) == sorted(expected)
    assert roles(city, "school-head", site_id=city.school["id"]) == sorted(expected)


def test_a_customer_has_contacts_of_its_department_and_sites(city: City) -> None:
    found = roles(city, "contract-contact", customer_id=city.early["id"])
    expected = [("Testi Contract-Contact", "contract_contact"), ("Testi Daycare-Head", "site_head"), *OF_ALL]
    assert found == sorted(expected)


def test_an_external_customer_has_no_contacts_of_the_citys_departments(city: City) -> None:
    customer = city.a_customer(name="Teatteri Oy")
    site = city.a_site(customer=customer, services=[("meals", city.own)])

    assert roles(city, "admin", customer_id=customer["id"]) == OF_ALL
    assert roles(city, "admin", site_id=site["id"]) == OF_ALL


def test_a_stranger_gets_no_contacts_of_others(city: City) -> None:
    assert roles(city, "daycare-head", site_id=city.school["id"]) == []
    assert roles(city, "daycare-head", customer_id=city.teaching["id"]) == []
    assert roles(city, "daycare-head", site_id=fresh_id()) == []
    assert ("Testi School-Head", "site_head") not in roles(city, "daycare-head")


def test_an_outside_supervisor_sees_people_of_the_sites_it_works_at(city: City) -> None:
    found = roles(city, "producer-supervisor")
    assert ("Testi School-Head", "site_head") in found
    assert ("Testi Producer-Supervisor", "producer_supervisor") in found
    assert {name for _, name in found}.isdisjoint({"contract_contact", "account_manager"})


def test_somebody_without_assignments_sees_nobody(city: City) -> None:
    city.a_person("without")
    assert roles(city, "without") == []


def test_contacts_filter_by_role_and_level_and_page(city: City) -> None:
    contract = roles(city, "school-head", level="contract")
    assert contract == [
        ("Testi Account-Manager", "account_manager"),
        ("Testi Contract-Contact", "contract_contact"),
        ("Testi Management", "management"),
    ]
    first = city.get("/v1/contacts", "school-head", level="contract", limit="2")
    second = city.get("/v1/contacts", "school-head", level="contract", limit="2", cursor=first["next"])
    assert [each["name"] for each in second["items"]] == ["Testi Management"]
    assert roles(city, "admin", role="site_head", site_id=city.daycare["id"]) == [
        ("Testi Daycare-Head", "site_head")
    ]


def test_a_contact_tells_side_level_stand_in_and_absence(city: City) -> None:
    person = city.a_person(
        "absent",
        assignments=[role("site_staff", site_id=city.home["id"], stand_in_id=city.deputy["id"])],
    )
    city.client.put(
        f"/v1/people/{person['id']}/absences",
        headers=city.admin | {"If-Match": '"1"'},
        json={"absences": [{"first_day": "2026-03-01", "last_day": "2026-03-15"}]},
    )
    found = city.get("/v1/contacts", site_id=city.home["id"], role="site_staff")["items"][0]
    assert (found["side"], found["level"], found["away_until"]) == ("customer", "operational", "2026-03-15")
    assert found["stand_in"]["person_id"] == city.deputy["id"]
