"""Twice is once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from fastapi.testclient import TestClient

from chassis.database import Database
from chassis.idempotency import KEPT, forget_old_keys
from tests.actors import actor, bearer

ME = actor("complaint_handler")


def post(client: TestClient, text: str, key: str, who: object = ME) -> object:
    return client.post(
        "/v1/notes", json={"text": text}, headers={**bearer(who, "notes"), "Idempotency-Key": key}
    )


def count(database: Database) -> int:
    with database.session() as session:
        return session.execute(sa.text("select count(*) from note")).scalar_one()


def test_a_repeated_post_gets_the_first_answer(client: TestClient, database: Database) -> None:
    first, second = post(client, "soup", "a"), post(client, "soup", "a")
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert first.headers["etag"] == second.headers["etag"] == '"1"'
    assert second.headers["idempotency-replayed"] == "true"
    assert count(database) == 1


def test_the_same_key_with_another_body_is_refused(client: TestClient, database: Database) -> None:
    post(client, "soup", "a")
    answer = post(client, "stew", "a")
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"
    assert count(database) == 1


def test_a_key_belongs_to_its_caller(client: TestClient, database: Database) -> None:
    post(client, "soup", "a")
    assert post(client, "stew", "a", actor("complaint_handler")).status_code == 201
    assert count(database) == 2


def test_eight_at_once_make_one(client: TestClient, database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(client, "soup", "a"), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert count(database) == 1


def test_a_failed_attempt_does_not_use_up_the_key(client: TestClient, database: Database) -> None:
    post(client, "soup", "a")
    assert post(client, "soup", "b").status_code == 500  # the text is taken, the commit fails
    with database.session() as session:
        session.execute(sa.text("delete from note"))
    assert post(client, "soup", "b").status_code == 201


def test_a_malformed_key_is_refused(client: TestClient) -> None:
    assert post(client, "soup", "a b").status_code == 422


def test_keys_are_forgotten_after_a_week(client: TestClient, database: Database) -> None:
    post(client, "soup", "a")
    now = datetime.now(UTC)
    with database.session() as session:
        assert forget_old_keys(session, now) == 0
        assert forget_old_keys(session, now + KEPT + timedelta(minutes=1)) == 1
