"""One request, one commit, before the answer leaves."""

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

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
