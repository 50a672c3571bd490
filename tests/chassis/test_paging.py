"""Pages by key."""

import base64

import pytest
from fastapi.testclient import TestClient

from chassis.database import Database
from chassis.paging import Page
from chassis.routing import LARGEST
from tests.actors import actor, bearer
from tests.chassis.conftest import Note

ADMINISTRATOR = actor("administrator")


def headers() -> dict[str, str]:
    """A token made now: it lives a minute, and tests may wait for their turn."""
    return bearer(ADMINISTRATOR, "notes")


LONE_SURROGATE = base64.urlsafe_b64encode(rb'["\ud800", "0197f5a0-0000-7000-8000-000000000001"]').decode()


def test_pages_cover_the_list_once_and_in_order(client: TestClient) -> None:
    for text in ("e", "b", "d", "a", "c"):
        client.post("/v1/notes", json={"text": text}, headers=headers())
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/notes", params=params, headers=headers()).json()
        seen += [item["text"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ["a", "b", "c", "d", "e"]


def test_a_page_of_large_things_ends_before_two_megabytes_and_leads_on(
    client: TestClient, database: Database
) -> None:
    with database.session() as session:
        session.add_all(Note(text=f"{number:03}" + "ä" * 197) for number in range(20))

    pages = [client.get("/v1/echoes", params={"limit": 200}, headers=headers())]
    while cursor := pages[-1].json()["next"]:
        pages.append(client.get("/v1/echoes", params={"cursor": cursor, "limit": 200}, headers=headers()))

    assert max(len(page.content) for page in pages) <= LARGEST
    assert len({item["id"] for page in pages for item in page.json()["items"]}) == 20
    tag = pages[0].headers["etag"]
    again = client.get("/v1/echoes", params={"limit": 200}, headers=headers() | {"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("cursor", ["x", "W10", "WzFd", "WyJhIiwiYiJd", "%00", LONE_SURROGATE])
def test_a_foreign_cursor_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get("/v1/notes", params={"cursor": cursor}, headers=headers())
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/query/cursor"


@pytest.mark.parametrize("limit", [0, 201, "many"])
def test_a_limit_outside_1_to_200_is_refused(client: TestClient, limit: object) -> None:
    assert client.get("/v1/notes", params={"limit": limit}, headers=headers()).status_code == 422


def test_a_kind_of_page_is_made_without_reading_sources() -> None:
    assert not Page.model_config.get("use_attribute_docstrings")
    told = Page[int].model_json_schema()["properties"]
    assert told["items"]["description"]
    assert told["next"]["description"]
