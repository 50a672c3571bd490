"""Roles follow the customers service within 30 seconds, and outlive it for ten minutes."""

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
