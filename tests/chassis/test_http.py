"""HTTP as any client knows it: general methods, media types, names in a query, headers, sizes."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from chassis.app import create_app
from chassis.bodies import SMALL
from chassis.problems import MOST_ERRORS
from chassis.routing import ServiceRouter
from chassis.settings import Settings
from tests.actors import actor, bearer

ADMINISTRATOR = actor("administrator")


def headers(**more: str) -> dict[str, str]:
    """A token made now: it lives a minute, and tests may wait for their turn."""
    return bearer(ADMINISTRATOR, "notes") | {name.replace("_", "-"): value for name, value in more.items()}


def test_head_answers_like_get_without_its_content(client: TestClient) -> None:
    whole = client.get("/v1/notes", headers=headers())
    head = client.head("/v1/notes", headers=headers())

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert client.head("/v1/notes").status_code == 401
    assert client.head("/nowhere").status_code == 404


def test_the_methods_of_every_route_of_a_path_are_told(client: TestClient) -> None:
    refused = client.delete("/v1/notes")
    asked = client.options("/v1/notes")

    assert refused.status_code == 405
    assert refused.headers["allow"] == asked.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert (asked.status_code, asked.content) == (204, b"")
    assert client.options("/nowhere").status_code == 404


def test_a_name_beside_ids_has_its_own_methods_only() -> None:
    router = APIRouter()

    @router.get("/notes/{note_id}")
    async def read(note_id: str) -> str:
        return note_id

    @router.post("/notes/sorted")
    async def sort() -> str:
        return "sorted"

    app = create_app(name="example", title="Example", settings=Settings(), routers=[router])
    with TestClient(app) as asking:
        assert asking.options("/notes/sorted").headers["allow"] == "OPTIONS, POST"
        assert asking.options("/notes/7").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/merge-patch+json",
        "application/json; charset=iso-8859-1",
    ],
)
def test_a_body_of_another_kind_is_415(client: TestClient, content_type: str) -> None:
    for content in (b'{"text": "a"}', b"text=\xe4", b"{oops"):
        answer = client.post("/v1/notes", content=content, headers=headers(Content_Type=content_type))

        assert answer.status_code == 415
        assert answer.json()["code"] == "unsupported_media_type"
        assert answer.headers["accept"] == "application/json"


def test_json_in_utf_8_is_taken_with_its_charset(client: TestClient) -> None:
    sent = headers(Content_Type='application/JSON; charset="UTF-8"')

    assert client.post("/v1/notes", content=b'{"text": "a"}', headers=sent).status_code == 201


@pytest.mark.parametrize("content", [b'{"text": "\xff"}', b'{"text": ', b"[" * 50_000])
def test_what_is_no_json_is_422_whatever_is_wrong_with_it(client: TestClient, content: bytes) -> None:
    answer = client.post("/v1/notes", content=content, headers=headers(Content_Type="application/json"))

    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("#", "json_invalid")]


def test_an_unknown_name_in_a_query_is_refused_by_name(client: TestClient) -> None:
    answer = client.get("/v1/notes?limt=5&limit=5", headers=headers(Accept_Language="en"))

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "pointer": "#/query/limt",
            "code": "unknown_query",
            "detail": "This query parameter is unknown. Check its name.",
        }
    ]
    assert client.get("/health/live?probe=1").status_code == 200


def test_what_was_made_tells_where_it_is_and_so_does_its_repetition(client: TestClient) -> None:
    sent = headers(Idempotency_Key="made-once")

    made, again = (client.post("/v1/notes", json={"text": "a"}, headers=sent) for _ in range(2))

    assert made.headers["location"] == f"/v1/notes/{made.json()['id']}" == again.headers["location"]


def test_answers_are_for_the_caller_alone_and_never_guessed_at(client: TestClient) -> None:
    good = client.get("/v1/notes", headers=headers())
    broken = client.get("/v1/broken")

    assert good.headers["cache-control"] == "private, no-cache"
    assert good.headers["vary"] == "Authorization, Accept-Language"
    for answer in (good, broken, client.get("/v1/notes"), client.get("/nowhere")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["strict-transport-security"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "same-origin"


def test_a_demo_asks_no_browser_for_tls() -> None:
    app = create_app(name="example", title="Example", settings=Settings(demo=True), routers=[])

    assert "strict-transport-security" not in TestClient(app).get("/health/live").headers


def test_no_redirect_names_the_host_that_a_stranger_gave(client: TestClient) -> None:
    answer = client.get("/v1/notes/", headers={"Host": "evil.example"}, follow_redirects=False)

    assert answer.status_code == 404
    assert "evil" not in answer.text


def test_a_body_beyond_the_limit_is_413_whether_it_says_so_or_not(client: TestClient) -> None:
    def unsaid() -> Iterator[bytes]:
        for _ in range(9):
            yield b" " * (SMALL // 8)

    sent = headers(Content_Type="application/json")
    for content in (b" " * (SMALL + 1), unsaid()):
        answer = client.post("/v1/notes", content=content, headers=sent)
        assert answer.status_code == 413
        assert answer.json()["code"] == "too_large"
        assert answer.json()["limit"] == SMALL
        assert f" {SMALL} " in answer.json()["detail"]


def test_a_name_beside_ids_is_no_id_for_a_method_that_it_lacks() -> None:
    router = ServiceRouter(prefix="/v1/things")

    @router.get("/{thing_id}")
    async def read(thing_id: UUID) -> UUID:
        return thing_id

    @router.post("/sorted")
    async def sort() -> None:
        pass

    client = TestClient(create_app(name="example", title="Example", settings=Settings(), routers=[router]))

    answer = client.get("/v1/things/sorted")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "OPTIONS, POST"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"/v1/things/{UUID(int=1)}").status_code == 200


def test_a_body_that_says_to_be_too_large_is_not_read(client: TestClient) -> None:
    def unread() -> Iterator[bytes]:
        yield b"{"
        pytest.fail("It was read on.")

    for length in (str(SMALL + 1), "9" * 5000):
        answer = client.post("/v1/notes", content=unread(), headers=headers(Content_Length=length))
        assert answer.status_code == 413


def test_fifty_faulty_fields_are_named_and_the_rest_counted(client: TestClient) -> None:
    answer = client.post("/v1/notes", json={f"k{number}": 1 for number in range(5_000)}, headers=headers())

    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == MOST_ERRORS
    assert answer.json()["more_errors"] == 5_001 - MOST_ERRORS
    assert len(answer.content) < 10_000


def test_a_name_of_any_length_is_told_back_shortened(client: TestClient) -> None:
    answer = client.post("/v1/notes", json={"text": "a", "x" * 60_000: 1}, headers=headers())

    assert answer.status_code == 422
    assert len(answer.content) < 1_000
