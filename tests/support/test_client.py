"""The client of an app in this process: what is asked comes to the app, and its answer back, as a whole."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import pytest
from fastapi import FastAPI, Header, Request, Response
from fastapi.responses import StreamingResponse

from tests.support.client import Client


@pytest.fixture
def app() -> FastAPI:
    """An app that tells what it was asked, knows whether it has begun, streams and breaks."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, str]]:
        yield {"begun": "yes"}

    made = FastAPI(lifespan=lifespan)

    @made.api_route("/told/{name}", methods=["GET", "HEAD", "POST"])
    async def told(
        request: Request, response: Response, name: str, q: str = "", x_word: Annotated[str, Header()] = ""
    ) -> dict[str, str]:
        body = (await request.body()).decode()
        begun = getattr(request.state, "begun", "no")
        assert request.client is not None
        response.set_cookie("seen", name)
        cookie = request.cookies.get("seen", "")
        parts = {"name": name, "q": q, "word": x_word, "body": body, "begun": begun, "cookie": cookie}
        return parts | {"client": request.client.host, "host": request.headers["host"]}

    @made.get("/parts")
    async def parts() -> StreamingResponse:
        async def each() -> AsyncIterator[bytes]:
            for part in (b"one ", b"by ", b"one"):
                yield part

        return StreamingResponse(each())

    @made.get("/broken")
    async def broken() -> None:
        raise ValueError("broken")

    return made


def test_everything_that_is_asked_comes_to_the_app(app: FastAPI) -> None:
    with Client(app, client=("192.0.2.7", 1)) as client:
        told = client.post("/told/%C3%A4?q=1%2B1", content="words", headers={"X-Word": "kala"}).json()
        again = client.get("/told/b").json()
    expected = {"name": "ä", "q": "1+1", "word": "kala", "body": "words", "begun": "yes", "cookie": ""}
    assert told == expected | {"client": "192.0.2.7", "host": "testserver"}
    assert again["cookie"]


def test_without_a_lifespan_an_app_is_asked_as_well(app: FastAPI) -> None:
    assert Client(app).get("/told/a").json()["begun"] == "no"


def test_an_answer_in_parts_is_given_whole_and_a_head_without_a_body(app: FastAPI) -> None:
    with Client(app) as client:
        assert client.get("/parts").text == "one by one"
        head = client.head("/told/a")
        assert int(head.headers["content-length"]) > 0
        assert head.content == b""


def test_what_breaks_is_raised_or_answered_as_people_see_it(app: FastAPI) -> None:
    with pytest.raises(ValueError, match="broken"):
        Client(app).get("/broken")
    assert Client(app, raise_server_exceptions=False).get("/broken").status_code == 500
