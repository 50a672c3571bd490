"""Answers compressed for callers outside: where asked, where it pays, and where it tells no secret."""

import zlib
from collections.abc import Callable

import anyio
import httpx2
import pytest
from backports import zstd
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.testclient import TestClient

from chassis.app import create_app
from chassis.outbound import Neighbour
from chassis.settings import Settings

LONG = "kitchen " * 2_000
UNPACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda packed: zlib.decompress(packed, 16 + zlib.MAX_WBITS),
    "zstd": zstd.decompress,
}
router = APIRouter()


@router.get("/long")
async def long() -> Response:
    return Response(LONG, media_type="application/json", headers={"ETag": '"7-abc"', "Vary": "Authorization"})


@router.get("/short")
async def short() -> Response:
    return Response("{}", media_type="application/json")


@router.get("/secret")
async def secret(kind: str) -> Response:
    return Response(LONG, media_type=kind, headers={"Cache-Control": "no-store"})


@router.get("/stream")
async def stream() -> Response:
    return Response(LONG, media_type="text/event-stream")


@router.get("/known")
async def known() -> Response:
    return Response(status_code=304, headers={"ETag": '"7-abc"', "Vary": "Authorization"})


@router.get("/asked")
async def asked(request: Request) -> dict[str, str]:
    return {"accept": request.headers["accept-encoding"]}


def app(*, compressed: bool) -> FastAPI:
    return create_app(
        name="e", title="E", settings=Settings(demo=True), routers=[router], compressed=compressed
    )


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(app(compressed=True))


def raw(client: TestClient, path: str, accepted: str, method: str = "GET") -> tuple[bytes, dict[str, str]]:
    """The answer's bytes as they came."""
    with client.stream(method, path, headers={"Accept-Encoding": accepted}) as answer:
        return b"".join(answer.iter_raw()), dict(answer.headers)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("zstd;q=0, GZIP", "gzip"),
        ("zstd", "zstd"),
    ],
)
def test_a_long_answer_comes_in_the_coding_asked_for(client: TestClient, accepted: str, coding: str) -> None:
    packed, headers = raw(client, "/long", accepted)

    assert headers["content-encoding"] == coding
    assert headers["content-length"] == str(len(packed))
    assert len(packed) < len(LONG) / 20
    assert UNPACKED[coding](packed).decode() == LONG
    assert headers["etag"] == 'W/"7-abc"'  # other bytes than the strong tag names


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0, zstd;q=0.0", "br", "x-gzippy"])
def test_who_takes_no_coding_of_ours_gets_none(client: TestClient, accepted: str) -> None:
    plain, headers = raw(client, "/long", accepted)

    assert plain.decode() == LONG
    assert "content-encoding" not in headers
    assert headers["etag"] == '"7-abc"'


def test_all_that_may_differ_by_coding_says_so(client: TestClient) -> None:
    for path in ("/long", "/known"):
        for accepted in ("", "gzip", "zstd"):
            assert "Accept-Encoding" in raw(client, path, accepted)[1]["vary"].split(", ")


def test_head_tells_what_get_would(client: TestClient) -> None:
    for accepted in ("gzip", "zstd", ""):
        told = {"content-encoding", "content-length", "etag", "vary", "content-type"}
        got = {name: value for name, value in raw(client, "/long", accepted)[1].items() if name in told}
        content, headers = raw(client, "/long", accepted, "HEAD")

        assert content == b""
        assert {name: value for name, value in headers.items() if name in told} == got


@pytest.mark.parametrize("path", ["/short", "/stream", "/secret?kind=application/json", "/known"])
def test_what_is_small_streams_or_holds_a_secret_stays_as_it_is(client: TestClient, path: str) -> None:
    for accepted in ("gzip", "zstd"):
        assert "content-encoding" not in raw(client, path, accepted)[1]


def test_a_page_is_compressed_though_it_is_not_stored(client: TestClient) -> None:
    assert raw(client, "/secret?kind=text/html; charset=utf-8", "gzip")[1]["content-encoding"] == "gzip"


def test_parts_inside_neither_compress_nor_ask_for_it() -> None:
    inner = app(compressed=False)

    assert "content-encoding" not in raw(TestClient(inner), "/long", "gzip, zstd")[1]
    assert "identity" in _asked_by_a_neighbour(inner)


def _asked_by_a_neighbour(inner: FastAPI) -> str:
    async def ask() -> str:
        # Through a client of httpx2, which asks for gzip by itself.
        transport = httpx2.ASGITransport(app=inner)
        async with Neighbour("e", "http://e", transport=transport) as neighbour:
            answer = await neighbour.request("GET", "/asked")
            return str(answer.json()["accept"])

    return anyio.run(ask)
