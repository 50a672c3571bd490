"""Health, metrics, words and the document that every deployable has."""

import pytest
from fastapi.testclient import TestClient

from chassis.app import create_app
from chassis.languages import language_of
from chassis.settings import Settings
from tests.actors import actor, bearer

ADMINISTRATOR = actor("administrator")


def headers() -> dict[str, str]:
    """A token made now: it lives a minute, and tests may wait for their turn."""
    return bearer(ADMINISTRATOR, "notes")


def test_ready_says_what_fails() -> None:
    def broken() -> None:
        raise ConnectionError("no route")

    app = create_app(
        name="example",
        title="Example",
        settings=Settings(),
        routers=[],
        checks={"good": dict, "mail": broken},
    )
    with TestClient(app) as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"good": "ok", "mail": "ConnectionError"}


def test_ready_is_200_when_the_database_answers(client: TestClient) -> None:
    assert client.get("/health/ready").json() == {
        "name": "notes",
        "status": "ok",
        "checks": {"database": "ok"},
    }


def test_metrics_count_requests_by_route(client: TestClient) -> None:
    client.get("/v1/notes", headers=headers())
    told = client.get("/metrics", headers={"Authorization": "Bearer for-the-watch"})
    assert 'http_route="/v1/notes"' in told.text


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer another"}])
def test_metrics_are_closed_without_their_token(client: TestClient, given: dict[str, str]) -> None:
    assert client.get("/metrics", headers=given).status_code == 401


def test_without_a_token_set_nobody_sees_metrics() -> None:
    app = create_app(name="bare", title="Bare", settings=Settings(), routers=[])
    with TestClient(app) as client:
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Tämä tieto puuttuu."), ("sv-FI", "Den här uppgiften saknas."), ("en", "This is missing.")],
)
def test_a_faulty_field_is_named_in_the_readers_language(
    client: TestClient, language: str, words: str
) -> None:
    answer = client.post("/v1/notes", json={}, headers={**headers(), "Accept-Language": language})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "urn:kumppani:problem:invalid_input"
    assert problem["errors"] == [{"pointer": "#/text", "code": "missing", "detail": words}]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b'{"text": oops', "json_invalid"), (b"[]", "model_attributes_type"), (b"", "missing")],
)
def test_a_body_that_is_faulty_as_a_whole_points_at_no_field(
    client: TestClient, content: bytes, code: str
) -> None:
    sent = {**headers(), "Content-Type": "application/json"}
    answer = client.post("/v1/notes", content=content, headers=sent)
    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("#", code)]


def test_unknown_paths_and_methods_are_problems(client: TestClient) -> None:
    assert client.get("/nowhere").json()["code"] == "not_found"
    answer = client.delete("/v1/notes")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"


def test_unknown_fields_and_coercion_are_refused(client: TestClient) -> None:
    for body in ({"text": "a", "more": 1}, {"text": 1}, {"text": ""}, {"text": "a\x00b"}):
        assert client.post("/v1/notes", json=body, headers=headers()).status_code == 422


def test_the_document_describes_faulty_input_as_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert "ProblemView" in document["components"]["schemas"]


@pytest.mark.parametrize(
    ("header", "language"),
    [(None, "fi"), ("de", "fi"), ("en-GB,fi;q=0.5", "en"), ("fi;q=0.2, sv;q=0.9", "sv"), ("en;q=x", "fi")],
)
def test_the_language_follows_the_header(header: str | None, language: str) -> None:
    assert language_of(header) == language
