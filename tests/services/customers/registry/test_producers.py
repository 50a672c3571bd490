"""Producers."""

import sqlalchemy as sa

from services.customers.registry.model import Producer
from tests.services.customers.city import NOW, City, producer_body


def test_there_is_one_own_enterprise(city: City) -> None:
    answer = city.client.post("/v1/producers", headers=city.admin, json=producer_body("Toinen oma", own=True))
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("#/own", "taken")]


def test_a_producer_is_edited_with_its_version(city: City) -> None:
    made = city.a_producer(business_id="2345678-0")
    path = f"/v1/producers/{made['id']}"
    body = producer_body("Uusi nimi Oy", email="Uusi@Example.com")
    answer = city.client.put(path, headers=city.admin | {"If-Match": '"1"'}, json=body)
    assert (answer.status_code, answer.json()["email"]) == (200, "uusi@example.com")
    assert city.client.put(path, headers=city.admin | {"If-Match": '"1"'}, json=body).status_code == 412
    assert city.get(path) == answer.json()


def test_a_wrong_business_id_and_a_taken_name_are_refused(city: City) -> None:
    for body, pointer in (
        (producer_body("Väärä Oy", business_id="1234567-8"), "#/business_id"),
        (producer_body("Siisti Pohjola Oy"), "#/name"),
    ):
        answer = city.client.post("/v1/producers", headers=city.admin, json=body)
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_account_managers_see_producers_but_do_not_change_them(city: City) -> None:
    headers = city.as_("account-manager")
    path = f"/v1/producers/{city.outside['id']}"
    assert city.client.get(path, headers=headers).status_code == 200
    answer = city.client.put(path, headers=headers | {"If-Match": '"1"'}, json=producer_body("X"))
    assert answer.status_code == 403


def test_a_name_is_taken_in_whatever_letters_it_is_written(city: City) -> None:
    city.a_producer(name="Äitien Keittiö Oy")

    for written in ("ÄITIEN KEITTIÖ OY", "A\u0308itien Keittio\u0308 Oy"):
        answer = city.client.post("/v1/producers", headers=city.admin, json=producer_body(written))
        assert answer.status_code == 422
        assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("#/name", "taken")]


def test_a_name_is_given_once_by_two_at_once(city: City) -> None:
    """Another's producer is stored in the moment between looking whether the name is free and taking it."""
    engine = city.database.engine
    first = Producer.blank(NOW)
    first.describe(name="Pitopöytä Oy", own=False, business_id=None, phone="044 1", email="p@example.com")
    other = city.database.new_session()
    other.add(first)
    still_to_come = [other]

    def overtake(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO producer") and still_to_come:
            still_to_come.pop().commit()

    sa.event.listen(engine, "before_cursor_execute", overtake)
    try:
        answer = city.client.post("/v1/producers", headers=city.admin, json=producer_body("PITOPÖYTÄ OY"))
    finally:
        sa.event.remove(engine, "before_cursor_execute", overtake)
        other.close()

    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("#/name", "taken")]
    assert answer.status_code == 422


def test_the_list_goes_on_after_the_longest_name_in_any_letters(city: City) -> None:
    for letter in "𝔸Ж":
        city.a_producer(name=letter * 199)

    names: list[str] = []
    following: dict[str, str] = {}
    while following or not names:
        page = city.get("/v1/producers", limit="1", **following)
        names += [each["name"] for each in page["items"]]
        following = {"cursor": page["next"]} if page["next"] else {}
    assert {"𝔸" * 199, "Ж" * 199} < {*names}
