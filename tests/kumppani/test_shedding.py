"""What a full process refuses by the bytes of a request, and what it leaves to the ordinary way."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from starlette.types import Receive, Scope, Send

from kumppani.serving import serve, take_port
from kumppani.shedding import RawHeaders, whole_request

GET = b"GET /cases?view=open HTTP/1.1\r\nHost: a\r\nAccept-Language: sv\r\n\r\n"
POST = b"POST /word HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n{1}"
READY = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nbusy"


def test_a_whole_request_is_known_by_its_head() -> None:
    scope = whole_request(GET.replace(b"/cases?view=open", b"/sites/%C3%85bo?view=open%26"))
    assert scope is not None
    assert (scope["method"], scope["path"], scope["raw_path"]) == ("GET", "/sites/Åbo", b"/sites/%C3%85bo")
    assert scope["query_string"] == b"view=open%26"
    assert scope["headers"] == [(b"host", b"a"), (b"accept-language", b"sv")]
    assert whole_request(POST) is not None


@pytest.mark.parametrize(
    "data",
    [
        GET[:-2],
        GET[:20],
        GET + GET,
        POST[:-1],
        POST + b"}",
        POST.replace(b"3", b"-3"),
        POST.replace(b"Content-Length: 3", b"Content-Length: 3\r\nContent-Length: 3"),
        POST.replace(b"Content-Length: 3", b"Transfer-Encoding: chunked"),
        POST.replace(b"Host: a", b"Host: a\r\nExpect: 100-continue"),
        GET.replace(b"Host: a", b"Host: a\r\nUpgrade: websocket"),
        GET.replace(b"Host: a", b"Host: a\r\nHost: b"),
        GET.replace(b"Host: a\r\n", b""),
        GET.replace(b"Host: a", b"Host: a\r\n folded"),
        GET.replace(b"Host:", b"Host :"),
        GET.replace(b"Host: a", b"Host: a\r\nX Y: b"),
        GET.replace(b"Host: a", b"Host: a\r\nX\xe4: b"),
        GET.replace(b"Host: a", b"Host: a\r\nX: b\x00"),
        GET.replace(b"Host: a", b"Host: a\r\nX: b\rY: c"),
        GET.replace(b"Host: a", b"Host: a\nTransfer-Encoding: chunked"),
        POST.replace(b"Host: a", b"Host: a\nContent-Length: 2"),
        GET.replace(b"Host: a\r\n", b"Host: a\n\nGET / HTTP/1.1\r\n"),
        GET.replace(b"1.1", b"1.0"),
        GET.replace(b"/cases", b"http://other/cases"),
        GET.replace(b"/cases", b"/c\x00ses"),
        GET.replace(b"GET", b"HEAD"),
        b"\r\n\r\n",
        b"",
    ],
)
def test_what_is_not_plainly_one_whole_request_is_left_to_the_reader_of_http(data: bytes) -> None:
    assert whole_request(data) is None


class Served:
    """An app that notes what comes to it, and a door that refuses what does not ask for `/in`."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.full = True
        self.seen = asyncio.Event()
        """Set by each part of a request that comes."""

    def is_full(self) -> bool:
        self.seen.set()
        return self.full

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        self.came.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"in"})

    def refuse(self, scope: Scope, more: RawHeaders) -> bytes | None:
        lines = b"".join(b"%s: %s\r\n" % each for each in more)
        return None if scope["path"] == "/in" else READY.replace(b"\r\n\r\n", b"\r\n" + lines + b"\r\n")

    @asynccontextmanager
    async def line(self) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Serve it, and give a connection to it."""
        begun, stop = asyncio.Event(), asyncio.Event()

        @asynccontextmanager
        async def running(stopped: asyncio.Event) -> AsyncGenerator[None]:
            nonlocal stop
            stop = stopped
            yield

        with take_port("127.0.0.1", 0) as listening:
            serving = asyncio.create_task(
                serve(
                    self,
                    listening,
                    running=running,
                    announce=begun.set,
                    full=self.is_full,
                    refuse=self.refuse,
                )
            )
            await begun.wait()
            reader, writer = await asyncio.open_connection("127.0.0.1", listening.getsockname()[1])
            yield reader, writer
            writer.close()
            serving.cancel()
            await asyncio.wait({serving})


async def answer_of(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0])
    return head, await reader.readexactly(length)


def test_a_full_process_refuses_one_request_after_another_on_a_connection_and_then_serves_it() -> None:
    async def scenario() -> list[str]:
        served = Served()
        async with served.line() as (reader, writer):
            for asked in (GET, POST, GET):
                writer.write(asked)
                head, content = await answer_of(reader)
                assert head.startswith(b"http/1.1 503")
                assert b"\r\ndate: " in head
                assert content == b"busy"
            assert served.came == []
            writer.write(GET.replace(b"/cases", b"/in"))  # has a place
            assert (await answer_of(reader))[1] == b"in"
            served.seen.clear()
            writer.write(GET[:30])  # comes in pieces: the ordinary way
            await served.seen.wait()
            writer.write(GET[30:])
            assert (await answer_of(reader))[1] == b"in"
            served.full = False
            writer.write(POST)
            assert (await answer_of(reader))[1] == b"in"
            return served.came

    assert asyncio.run(scenario())[-1] == "/word"


def test_who_asks_once_only_is_refused_and_the_connection_ends() -> None:
    async def scenario() -> None:
        async with Served().line() as (reader, writer):
            writer.write(GET.replace(b"Host: a", b"Host: a\r\nConnection: close"))
            head, _ = await answer_of(reader)
            assert b"\r\nconnection: close\r\n" in head
            assert await reader.read() == b""

    asyncio.run(scenario())
