"""Nobody's edit is overwritten unseen, and nobody gets again what he has."""

import re

import pytest
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


def test_the_tag_of_what_is_read_is_its_version_and_what_is_shown(client: TestClient) -> None:
    path, written_tag = written(client)
    read = client.get(path, headers=headers())
    tag = read.headers["etag"]

    assert written_tag == '"1"'
    assert re.fullmatch(r'"1-[0-9a-f]{12}"', tag)
    assert client.get(path, headers=headers()).headers["etag"] == tag
    for version in (tag, f"W/{tag}"):
        number = int(client.get(path, headers=headers()).headers["etag"][1])
        answer = client.put(path, json={"text": f"stew {number}"}, headers={**headers(), "If-Match": version})
        assert answer.status_code == (200 if number == 1 else 412)
    assert client.get(path, headers=headers()).headers["etag"] not in (tag, '"2"')


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_what_would_be_answered_gets_304(client: TestClient, form: str) -> None:
    path, _ = written(client)
    for address in (path, "/v1/notes?limit=5"):
        whole = client.get(address, headers=headers())
        known = {**headers(), "If-None-Match": form.format(whole.headers["etag"])}
        for method in ("GET", "HEAD"):
            again = client.request(method, address, headers=known)

            assert (again.status_code, again.content) == (304, b"")
            for name in ("etag", "vary", "cache-control"):
                assert again.headers[name] == whole.headers[name]


def test_who_has_another_answer_gets_the_whole(client: TestClient) -> None:
    path, _ = written(client)
    tag = client.get(path, headers=headers()).headers["etag"]
    client.put(path, json={"text": "stew"}, headers={**headers(), "If-Match": tag})

    for other in (tag, '"1"', "stew", ""):
        assert client.get(path, headers={**headers(), "If-None-Match": other}).json()["text"] == "stew"
    missing = {**headers(), "If-None-Match": "*"}
    assert client.get("/v1/notes/0190a000-0000-7000-8000-000000000001", headers=missing).status_code == 404
