"""Nobody's edit is overwritten unseen."""

from fastapi.testclient import TestClient

from tests.actors import actor, bearer

ADMINISTRATOR = actor("administrator")


def headers() -> dict[str, str]:
    """A token made now: it lives a minute, and tests may wait for their turn."""
    return bearer(ADMINISTRATOR, "notes")


def written(client: TestClient) -> tuple[str, str]:
    answer = client.post("/v1/notes", json={"text": "soup"}, headers=headers())
    return f"/v1/notes/{answer.json()['id']}", answer.headers["etag"]


def test_an_edit_without_the_version_is_428(client: TestClient) -> None:
    path, _ = written(client)
    assert client.put(path, json={"text": "stew"}, headers=headers()).status_code == 428


def test_a_stale_edit_is_412_and_tells_the_current_version(client: TestClient) -> None:
    path, tag = written(client)
    assert client.put(path, json={"text": "stew"}, headers={**headers(), "If-Match": tag}).status_code == 200
    answer = client.put(path, json={"text": "broth"}, headers={**headers(), "If-Match": tag})
    assert answer.status_code == 412
    assert answer.json()["current_version"] == 2


def test_a_malformed_version_is_422(client: TestClient) -> None:
    path, _ = written(client)
    answer = client.put(path, json={"text": "stew"}, headers={**headers(), "If-Match": "seven"})
    assert answer.status_code == 422
