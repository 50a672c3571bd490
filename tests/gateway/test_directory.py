"""Roles follow the events of customers, in 30 seconds anyway, and outlive that service for ten minutes."""

import asyncio
from uuid import UUID, uuid4

from gateway.feed.followers import InnerEvent
from tests.gateway.house import House, person

HEAD = person("school-head", "site_head", everything=True)


def resolved(house: House) -> int:
    return sum("/v1/actors/" in request.url.path for request in house.customers.asked)


def test_a_person_is_asked_for_once_in_30_seconds(house: House) -> None:
    bearer = house.signed_in(HEAD)

    house.client.get("/api/v1/me", headers=bearer)
    house.clock.move(seconds=29)
    house.client.get("/api/v1/me", headers=bearer)

    assert resolved(house) == 1


def test_a_change_of_roles_takes_effect_after_30_seconds(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/me", headers=bearer)

    house.knows({**HEAD, "roles": ["management"]})
    house.clock.move(seconds=30)

    assert house.client.get("/api/v1/me", headers=bearer).json()["roles"] == ["management"]


def test_a_person_who_is_gone_is_refused(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/me", headers=bearer)

    house.forgets(HEAD)
    house.clock.move(seconds=30)

    assert house.client.get("/api/v1/me", headers=bearer).status_code == 401


def test_while_customers_is_down_the_last_answer_is_believed_for_ten_minutes(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/me", headers=bearer)
    house.customers.down = True

    house.clock.move(minutes=9, seconds=59)
    assert house.client.get("/api/v1/me", headers=bearer).status_code == 200
    house.clock.move(seconds=6)
    answer = house.client.get("/api/v1/me", headers=bearer)

    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_a_failed_question_rests_for_five_seconds(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/me", headers=bearer)
    house.customers.down = True
    house.clock.move(seconds=30)
    house.client.get("/api/v1/me", headers=bearer)
    asked = resolved(house)

    house.clock.move(seconds=4)
    house.client.get("/api/v1/me", headers=bearer)
    assert resolved(house) == asked
    house.customers.down = False
    house.clock.move(seconds=1)
    house.client.get("/api/v1/me", headers=bearer)

    assert resolved(house) == asked + 1


def test_without_any_answer_nobody_is_known(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.customers.down = True

    assert house.client.get("/api/v1/me", headers=bearer).status_code == 503


def test_an_unreadable_answer_is_no_answer(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.customers.says(f"GET /v1/actors/{HEAD['person_id']}", {"name": 7})

    assert house.client.get("/api/v1/me", headers=bearer).status_code == 503


def test_an_answer_with_unknown_fields_is_read(house: House) -> None:
    bearer = house.signed_in({**HEAD, "horoscope": {"sign": "leo"}})

    assert house.client.get("/api/v1/me", headers=bearer).status_code == 200


def changed(type_: str, subject: object) -> InnerEvent:
    return InnerEvent(
        id=str(uuid4()), source="/services/customers", type=type_, subject=str(subject), time="", data={}
    )


def test_a_person_who_changed_is_asked_for_anew_at_once(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/me", headers=bearer)
    house.knows({**HEAD, "roles": ["management"]})

    house.app.state.directory.heard([changed("kumppani.customers.person.changed", HEAD["person_id"])])

    assert house.client.get("/api/v1/me", headers=bearer).json()["roles"] == ["management"]


def test_a_changed_place_concerns_those_who_see_it_only(house: House) -> None:
    school, elsewhere = str(uuid4()), str(uuid4())
    head = person("daycare-head", "site_head", site_ids=[school], customers=[], sites=[])
    bearer = house.signed_in(head)
    house.client.get("/api/v1/me", headers=bearer)
    house.app.state.directory.heard([changed("kumppani.customers.site.changed", elsewhere)])
    house.client.get("/api/v1/me", headers=bearer)
    assert resolved(house) == 1

    house.app.state.directory.heard([changed("kumppani.customers.site.changed", school)])
    house.client.get("/api/v1/me", headers=bearer)

    assert resolved(house) == 2


def test_the_names_of_own_places_come_with_the_person(house: House) -> None:
    """Two lists were read for each page of the customer's side, and a site for its form."""
    school = {"id": str(uuid4()), "name": "Kaukovainion koulu", "services": [{"service": "meals"}]}
    head = person("daycare-head", "site_head", site_ids=[school["id"]], customers=[], sites=[school])

    me = house.client.get("/api/v1/me", headers=house.signed_in(head)).json()

    assert (me["customers"], me["sites"], me["degraded"]) == ([], [school], [])
    assert len(house.customers.asked) == 1


def test_who_changes_something_has_rights_of_the_last_seconds(house: House) -> None:
    bearer = house.signed_in(HEAD)
    house.client.get("/api/v1/me", headers=bearer)
    house.forgets(HEAD)
    house.clock.move(seconds=6)

    assert house.client.get("/api/v1/me", headers=bearer).status_code == 200
    assert house.client.post("/api/v1/cases", json={}, headers=bearer).status_code == 401


def test_old_rights_change_no_person_while_customers_is_down(house: House) -> None:
    admin = person("admin", "administrator", everything=True)
    bearer = house.signed_in(admin)
    house.feedback.says("POST /v1/cases", {}, 201)
    house.client.get("/api/v1/me", headers=bearer)
    house.customers.down = True
    house.clock.move(seconds=6)

    assert house.client.post("/api/v1/people", json={}, headers=bearer).status_code == 503
    assert house.client.post("/api/v1/cases", json={}, headers=bearer).status_code == 201
    assert not any(request.method == "POST" for request in house.customers.asked)


def test_many_who_ask_for_the_same_person_ask_once(house: House) -> None:
    who = house.knows(HEAD)
    directory = house.app.state.directory

    async def scenario() -> None:
        asked = (directory.person(UUID(who["person_id"]), house.clock()) for _ in range(50))
        await asyncio.gather(*asked)

    asyncio.run(scenario())

    assert resolved(house) == 1
