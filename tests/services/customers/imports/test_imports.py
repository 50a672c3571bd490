"""Import of files: dry run, all or nothing, again without a change."""

from typing import Any

import pytest

from tests.services.customers.city import City, Json, role

DEPARTMENTS = "code;name;customer_group;end_customers"
CUSTOMERS = "number;name;kind;department;customer_group;business_id;billing_reference;partnership_note"
PRODUCERS = "name;own;business_id;phone;email"
SITES = "number;name;kind;customer;street;postal_code;city;latitude;longitude;calendar;meals;meals_standard"
PEOPLE = "username;name;title;email;phone;language"
ASSIGNMENTS = "person;role;department;customer;site;producer;service;topics;stand_in;valid_from;valid_until"


def send(
    city: City, kind: str, *lines: str, dry_run: bool = False, username: str = "admin", language: str = "fi"
) -> Any:
    """Send a file and return the answer."""
    return city.client.post(
        f"/v1/imports/{kind}",
        headers=city.as_(username) | {"Content-Type": "text/csv", "Accept-Language": language},
        params={"dry_run": str(dry_run).lower()},
        content="\n".join(lines).encode(),
    )


def counts(report: Json) -> tuple[int, int, int, int]:
    """Return rows, created, updated and unchanged."""
    return report["rows"], report["created"], report["updated"], report["unchanged"]


def faults(answer: Any) -> list[tuple[int, str, str]]:
    """Return row, column and code of each fault."""
    return [(each["row"], each["column"], each["code"]) for each in answer.json()["faults"]]


FILES = {
    "departments": [
        DEPARTMENTS,
        "LIIK;Liikelaitokset;Tilakeskus;Tilojen käyttäjät",
        "LIIK;Liikelaitokset;Oulun vesi;Asukkaat",
    ],
    "customers": [
        CUSTOMERS,
        "A-900;Tilakeskus;internal;LIIK;Tilakeskus;0187690-1;TK;",
        'A-901;Amk;external;;;;;"Kevyt; malli"',
    ],
    "producers": [PRODUCERS, "Puhdas Oy;no;2345678-0;+358 8 1234;Posti@Puhdas.example"],
    "sites": [
        SITES,
        "K-9001;Ympäristötalo;office;A-900;Solistinkatu 2;90140;Oulu;65,0121;25.46;office;Puhdas Oy;Perus",
    ],
    "people": [
        PEOPLE,
        "kaisa;Kaisa Keittäjä;Esimies;Kaisa@Example.com;+358 44 1;fi",
        ";Ville Varalla;Esimies;ville@example.com;+358 44 2;sv",
    ],
    "assignments": [
        ASSIGNMENTS,
        "kaisa;service_supervisor;;;K-9001;;meals;meals,special_diet;ville@example.com;2026-01-01;",
    ],
}


def test_files_come_in_and_again_change_nothing(city: City) -> None:
    for kind, lines in FILES.items():
        rows = len(lines) - 1
        things = 1 if kind == "departments" else rows
        trial = send(city, kind, *lines, dry_run=True)
        assert counts(trial.json()) == (rows, things, 0, 0), trial.text
        first = send(city, kind, *lines)
        assert (first.status_code, counts(first.json())) == (200, (rows, things, 0, 0))
        again = send(city, kind, *lines)
        assert counts(again.json()) == (rows, 0, 0, things)
    site = city.get("/v1/sites", q="ympäristötalo")["items"][0]
    assert (site["number"], site["customer_name"]) == ("K-9001", "Tilakeskus")
    assert site["coordinates"] == {"latitude": 65.0121, "longitude": 25.46}
    assert [(each["service"], each["standard"]) for each in site["services"]] == [("meals", "Perus")]
    assert city.get("/v1/customers", q="amk")["items"][0]["partnership_note"] == "Kevyt; malli"
    person = city.get("/v1/people", q="keittäjä")["items"][0]
    assert person["email"] == "kaisa@example.com"
    assignment = person["assignments"][0]
    assert assignment["topics"] == ["meals", "special_diet"]
    assert assignment["stand_in"]["name"] == "Ville Varalla"


def test_a_changed_row_updates_and_raises_the_version(city: City) -> None:
    send(city, "people", PEOPLE, "muuttuja;Maija;Rehtori;maija@example.com;+358 44 3;fi")
    answer = send(city, "people", PEOPLE, "muuttuja;Maija Uusi;Rehtori;maija@example.com;+358 44 3;fi")
    assert counts(answer.json()) == (1, 0, 1, 0)
    person = city.get("/v1/people", q="maija uusi")["items"][0]
    assert person["version"] == 2


def test_services_without_a_column_stay_and_an_empty_cell_ends_one(city: City) -> None:
    site = city.a_site(customer=city.teaching, services=[("meals", city.own), ("cleaning", city.own)])
    row = f"{site['number']};Kontinkankaan koulu;comprehensive_school;{city.teaching['number']}"
    row += ";Pesätie 11;90420;Oulu;64.958;25.524;school;;"
    assert counts(send(city, "sites", SITES, row).json()) == (1, 0, 1, 0)
    left = city.get(f"/v1/sites/{site['id']}")["services"]
    assert [each["service"] for each in left] == ["cleaning"]


def test_every_faulty_row_is_listed_and_nothing_comes_in(city: City) -> None:
    lines = [
        CUSTOMERS,
        "A-910;Hyvä;external;;;;;",
        "A-911;;external;;;;;",
        "A-912;Väärä osasto;internal;EIOLE;;;;",
        "",
        "X1;Numero;extern;;;0187690-2;;",
        "A-910;Sama;external;;;;;",
        "A-913;Ilman osastoa;internal;;;;;",
        "A-914;Liikaa;external;;;;;;ylimääräinen",
    ]
    expected = [
        (3, "name", "missing_value"),
        (4, "department", "not_found"),
        (6, "number", "wrong_form"),
        (6, "kind", "unknown_choice"),
        (6, "business_id", "business_id"),
        (7, "number", "repeated_row"),
        (8, "department", "internal_needs_department"),
        (9, "", "too_many_cells"),
    ]
    trial = send(city, "customers", *lines, dry_run=True)
    assert (trial.status_code, faults(trial)) == (200, expected)
    refused = send(city, "customers", *lines)
    assert (refused.status_code, refused.json()["code"], faults(refused)) == (422, "faulty_file", expected)
    assert refused.headers["content-type"] == "application/problem+json"
    assert city.names("/v1/customers", "admin", q="hyvä") == []


def test_a_dry_run_leaves_nothing_behind(city: City) -> None:
    line = "kuiva;Kuiva Harjoitus;Rehtori;kuiva@example.com;+358 44 4;fi"
    assert counts(send(city, "people", PEOPLE, line, dry_run=True).json()) == (1, 1, 0, 0)
    assert city.names("/v1/people", "admin", q="kuiva harjoitus") == []


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fi", "«NOLLA» ei löydy. Tarkista kirjoitusasu tai tuo se ensin."),
        ("sv", "”NOLLA” hittas inte. Kontrollera stavningen eller importera den först."),
        ("en", "“NOLLA” cannot be found. Check the spelling, or import it first."),
    ],
)
def test_faults_are_told_in_the_callers_language(city: City, language: str, message: str) -> None:
    line = "A-920;Nimi;internal;NOLLA;;;;"
    answer = send(city, "customers", CUSTOMERS, line, dry_run=True, language=language)
    assert answer.json()["faults"][0]["message"] == message


@pytest.mark.parametrize(
    ("kind", "line", "fault"),
    [
        ("departments", "SIKU;Yksi;Ryhmä;", (2, "end_customers", "missing_value")),
        ("producers", "Toinen oma;yes;;+358 8 1;a@example.com", (2, "own", "taken")),
        ("producers", "Puhelin;no;;soita;a@example.com", (2, "phone", "wrong_form")),
        ("people", "handler;Toinen;Rehtori;deputy@example.com;+358 44 1;fi", (2, "username", "taken")),
        ("people", "uusi;Toinen;Rehtori;ei-osoite;+358 44 1;fi", (2, "email", "wrong_form")),
        ("assignments", "handler;site_head;;;;;;;;;", (2, "site", "scope_missing")),
        ("assignments", "handler;management;;;;;meals;;;;", (2, "service", "scope_unfit")),
        ("assignments", "handler;management;;;;;;lunch;;;", (2, "topics", "unknown_choice")),
        ("assignments", "handler;management;;;;;;;handler;;", (2, "stand_in", "own_stand_in")),
        ("assignments", "handler;management;;;;;;;;31.1.2026;", (2, "valid_from", "wrong_form")),
        (
            "assignments",
            "handler;management;;;;;;;;2026-02-01;2026-01-01",
            (2, "valid_until", "days_in_order"),
        ),
        ("assignments", "nobody;management;;;;;;;;;", (2, "person", "not_found")),
    ],
)
def test_each_kind_tells_its_own_faults(
    city: City, kind: str, line: str, fault: tuple[int, str, str]
) -> None:
    columns = {
        "departments": DEPARTMENTS,
        "producers": PRODUCERS,
        "people": PEOPLE,
        "assignments": ASSIGNMENTS,
    }
    assert faults(send(city, kind, columns[kind], line, dry_run=True)) == [fault]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("99;K-1;;;90100;Oulu;;;school;;", (2, "number", "wrong_form")),
        ("K-9100;N;office;A-1;Katu;9010;Oulu;;;school;;", (2, "postal_code", "wrong_form")),
        ("K-9100;N;office;A-1;Katu;90100;Oulu;65;;school;;", (2, "longitude", "needs_both")),
        ("K-9100;N;office;A-1;Katu;90100;Oulu;95;25;school;;", (2, "latitude", "wrong_form")),
        ("K-9100;N;office;A-1;Katu;90100;Oulu;;;school;Eioo;", (2, "meals", "not_found")),
        ("K-9100;N;office;A-1;Katu;90100;Oulu;;;school;;Perus", (2, "meals", "needs_producer")),
    ],
)
def test_faulty_sites_are_told(city: City, cells: str, fault: tuple[int, str, str]) -> None:
    assert fault in faults(send(city, "sites", SITES, cells, dry_run=True))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", (1, "", "empty_file")),
        (b"\n;;\n", (1, "", "empty_file")),
        ("nimi;own\nö;no".encode("latin-1"), (2, "", "not_utf8")),
        (b"sep=;\n;;\n", (1, "", "empty_file")),
        (b"name;own;business_id;phone\nA;no;;1", (1, "email", "missing_column")),
        (b"name;own;business_id;phone;email;note\n", (1, "note", "unknown_column")),
        (b"name;own;business_id;phone;email;name\n", (1, "name", "repeated_column")),
        (b'name;own;business_id;phone;email\n"A;no;;1;a@b.fi\n', (2, "", "not_csv")),
    ],
)
def test_a_file_that_cannot_be_read_says_so(city: City, content: bytes, fault: tuple[int, str, str]) -> None:
    answer = city.client.post(
        "/v1/imports/producers", headers=city.admin | {"Content-Type": "text/csv"}, content=content
    )
    assert (answer.status_code, faults(answer)) == (422, [fault])


def test_a_spreadsheets_byte_order_mark_is_no_fault(city: City) -> None:
    line = "Bom Oy;no;;+358 8 1;bom@example.com"
    assert send(city, "producers", "\ufeff" + PRODUCERS, line).status_code == 200


def test_an_import_replayed_with_its_key_is_done_once(city: City) -> None:
    headers = city.admin | {"Content-Type": "text/csv", "Idempotency-Key": "tiedosto-1"}
    content = f"{PRODUCERS}\nKerran Oy;no;;+358 8 1;kerran@example.com".encode()
    first = city.client.post("/v1/imports/producers", headers=headers, content=content)
    second = city.client.post("/v1/imports/producers", headers=headers, content=content)
    assert first.json() == second.json()
    assert (second.json()["created"], second.headers["Idempotency-Replayed"]) == (1, "true")


def test_only_administrators_import(city: City) -> None:
    for username in ("account-manager", "management", "school-head", "integration"):
        assert send(city, "producers", PRODUCERS, dry_run=True, username=username).status_code == 403


def test_an_assignment_of_an_import_works_for_its_person(city: City) -> None:
    city.a_person("imported", assignments=[role("complaint_handler")])
    line = f"imported;site_head;;;{city.home['number']};;;;;2026-01-01;"
    assert counts(send(city, "assignments", ASSIGNMENTS, line).json()) == (1, 1, 0, 0)
    assert len(city.get("/v1/people", q="imported")["items"][0]["assignments"]) == 2
