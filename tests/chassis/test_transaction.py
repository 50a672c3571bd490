"""One request, one commit, before the answer leaves."""

from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from chassis.database import Database
from tests.actors import actor, bearer

ME = actor("complaint_handler")


def test_a_failing_commit_is_an_error_and_stores_nothing(client: TestClient, database: Database) -> None:
    headers = bearer(ME, "notes")
    assert client.post("/v1/notes", json={"text": "same"}, headers=headers).status_code == 201
    answer = client.post("/v1/notes", json={"text": "same"}, headers=headers)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    with database.session() as session:
        assert session.execute(sa.text("select count(*) from note")).scalar() == 1
        assert session.execute(sa.text("select count(*) from event")).scalar() == 1


def test_an_unforeseen_error_tells_no_detail(client: TestClient) -> None:
    answer = client.get("/v1/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["code"] == "unexpected"


def test_a_database_fault_tells_no_parameters(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError) as fault, database.session() as session:
        session.execute(sa.text("select 1 / (length(:text) - 4)"), {"text": "aino"})
    assert "aino" not in str(fault.value)


def test_a_rested_connection_is_taken_without_a_question_and_one_that_ended_is_replaced(
    note_url: str,
) -> None:
    # A database of one connection; the other one looks at it from outside.
    ours, other = Database(note_url, pool_size=1), Database(note_url, pool_size=1)

    def pid() -> object:
        with ours.session() as session:
            return session.scalars(sa.text("select pg_backend_pid()")).one()

    def asked_at(of: object) -> object:
        with other.session() as session:
            activity = sa.text("select query_start from pg_stat_activity where pid = :pid")
            return session.scalars(activity, {"pid": of}).one_or_none()

    first = pid()
    before = asked_at(first)
    with ours.session() as session:
        session.connection()
    untouched = asked_at(first) == before
    with other.session() as session:
        session.execute(sa.text("select pg_terminate_backend(:pid, 5000)"), {"pid": first})
    second = pid()
    ours.close()
    other.close()

    assert untouched
    assert second != first


def test_who_works_alone_keeps_to_one_connection_also_after_a_rush(database: Database) -> None:
    def backend(session: Session) -> object:
        return session.scalar(sa.text("select pg_backend_pid()"))

    with ExitStack() as rush:
        assert len({backend(rush.enter_context(database.session())) for _ in range(4)}) == 4
    used = set()
    for _ in range(4):
        with database.session() as session:
            used.add(backend(session))
    assert len(used) == 1
