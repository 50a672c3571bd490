"""Responsible persons of a contract year: picked from the registry, typed, and two writers at once."""

import pytest

from tests.web.contracts.city import MANAGER_ID, YEAR, Json, a_year, city, form_of
from tests.web.house import Gateway, browser, problem

PERSONS = f"{YEAR}/persons"
HEIDI_ID = "0190a000-0000-7000-8000-0000000000a1"
OIVA = {"party_0": "producer", "name_0": "Oiva Vuori", "role_0": "Asiakkuusvastaava", "phone_0": "044 1"}


def a_candidate(**changes: object) -> Json:
    candidate = {
        "person_id": HEIDI_ID,
        "name": "Heidi Leinonen",
        "title": "Hallintopäällikkö",
        "phone": "044 700 1001",
        "email": "heidi@oulu.example",
        "role": "contract_contact",
        "side": "customer",
    }
    return candidate | changes


def saving(*candidates: Json) -> Gateway:
    registry = {"items": list(candidates or (a_candidate(),)), "next": None}
    return city(**{f"PUT {PERSONS}": a_year(version=5), "GET /contacts": registry})


def send(gateway: Gateway, path: str, typed: dict[str, object], *, meanwhile: Json | None = None):
    """Fetch the form, let the year change meanwhile, and send the form."""
    with browser(gateway) as client:
        hidden = form_of(client.get(path).text, path)
        if meanwhile:
            gateway[f"GET {YEAR}"] = meanwhile
        return client.post(path, data={**hidden, **typed})


def saved(gateway: Gateway) -> list[Json]:
    (body,) = gateway.sent("PUT", PERSONS)
    return body["items"]


def test_persons_are_saved_as_a_whole_list_and_an_empty_place_is_left_out():
    gateway = saving()
    typed = {
        "party_0": "producer",
        "name_0": "Oiva Vuori",
        "role_0": "Asiakkuusvastaava",
        "phone_0": "044 1",
        "email_0": "",
        "party_1": "customer",
        "name_1": "Heidi Leinonen",
        "role_1": "Sopimusyhteyshenkilö",
        "phone_1": "",
        "email_1": "",
        "name_2": "",
        "role_2": "",
    }
    answer = send(gateway, PERSONS, typed)
    assert answer.status_code == 303
    first, second = gateway.sent("PUT", PERSONS)[0]["items"]
    assert (first["name"], first["person_id"]) == ("Oiva Vuori", MANAGER_ID)
    assert (second["party"], second["person_id"]) == ("customer", None)


@pytest.mark.parametrize("missing", ["name_0", "role_0", "party_0"])
def test_a_person_half_written_is_told(missing):
    typed = {"party_0": "producer", "name_0": "Oiva", "role_0": "Vastaava", "phone_0": "1"} | {missing: ""}
    answer = send(saving(), PERSONS, typed)
    assert answer.status_code == 422
    assert f'href="#field-{missing}"' in answer.text


def test_stale_persons_show_who_is_named_now():
    answer = send(
        saving(),
        PERSONS,
        {"party_0": "producer", "name_0": "Uusi", "role_0": "Vastaava"},
        meanwhile=a_year(version=9),
    )
    assert answer.status_code == 412
    assert "Oiva Vuori, asiakkuusvastaava (palveluntuottaja), 044 700 1001" in answer.text
    assert 'value="Uusi"' in answer.text


def test_who_is_picked_from_the_registry_comes_with_title_phone_and_id():
    gateway = saving()
    assert send(gateway, PERSONS, {**OIVA, "pick": HEIDI_ID}).status_code == 303
    assert saved(gateway)[1] == {
        "party": "customer",
        "role": "Hallintopäällikkö",
        "person_id": HEIDI_ID,
        "name": "Heidi Leinonen",
        "phone": "044 700 1001",
        "email": "heidi@oulu.example",
    }


def test_a_person_without_a_title_has_the_role_of_the_registry():
    gateway = saving(a_candidate(title=""))
    send(gateway, PERSONS, {**OIVA, "pick": HEIDI_ID})
    assert saved(gateway)[1]["role"] == "Sopimusyhteyshenkilö"


def test_those_named_already_are_not_offered_and_those_in_two_roles_once():
    gateway = saving(a_candidate(), a_candidate(role="management"), a_candidate(person_id=MANAGER_ID))
    with browser(gateway) as client:
        page = client.get(PERSONS).text
    assert page.count(f'value="{HEIDI_ID}"') == 1
    assert f'name="pick" value="{MANAGER_ID}"' not in page


def test_another_name_typed_over_a_person_does_not_keep_that_persons_id():
    gateway = saving()
    send(gateway, PERSONS, {**OIVA, "name_0": "Uusi Vastaava"})
    assert saved(gateway)[0]["person_id"] is None


def test_who_cannot_be_found_any_more_is_told_and_nothing_is_saved():
    gateway = saving()
    answer = send(gateway, PERSONS, {**OIVA, "pick": "0190a000-0000-7000-8000-0000000000ff"})
    assert answer.status_code == 422
    assert 'href="#field-pick"' in answer.text
    assert gateway.sent("PUT", PERSONS) == []


def test_without_the_registry_persons_are_typed_and_the_page_says_why():
    gateway = saving()
    gateway["GET /contacts"] = problem(503, "part_missing")
    with browser(gateway) as client:
        page = client.get(PERSONS)
    assert page.status_code == 200
    assert "ei vastaa juuri nyt" in page.text


def test_the_same_picking_sent_twice_is_saved_once():
    heidi = {
        "party": "customer",
        "role": "Hallintopäällikkö",
        "person_id": HEIDI_ID,
        "name": "Heidi Leinonen",
    }
    heidi |= {"phone": "044 700 1001", "email": "heidi@oulu.example"}
    oiva = {"party": "producer", "role": "Asiakkuusvastaava", "person_id": MANAGER_ID, "name": "Oiva Vuori"}
    oiva |= {"phone": "044 1", "email": ""}
    gateway = saving()
    typed = {**OIVA, "pick": HEIDI_ID}
    answer = send(gateway, PERSONS, typed, meanwhile=a_year(version=5, persons=[oiva, heidi]))
    assert answer.status_code == 303
    assert gateway.sent("PUT", PERSONS) == []
