"""A read that is in order is answered by its route's plan, exactly as FastAPI's walk would answer it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import APIRouter, Depends, Header, Query, Request, Response, Security
from fastapi.dependencies import utils
from fastapi.responses import JSONResponse
from fastapi.security import SecurityScopes
from fastapi.testclient import TestClient

from chassis.app import create_app
from chassis.errors import Forbidden
from chassis.routing import ServiceRouter
from chassis.settings import Settings
from chassis.solving import Plan

ID = "01a21034-a97b-750b-a00c-c50ef5e774ad"


class Colour(StrEnum):
    """A closed list."""

    RED = "red"
    BLUE = "blue"


async def _caller(request: Request, needed: SecurityScopes) -> str:
    name = request.headers.get("x-caller", "nobody")
    if name == "stranger":
        raise Forbidden
    return f"{name} for {' '.join(needed.scopes)}"


async def _language(accept_language: Annotated[str | None, Header()] = None) -> str:
    return accept_language or "fi"


async def _filter(
    language: Annotated[str, Depends(_language)],
    colour: Annotated[list[Colour] | None, Query()] = None,
    deep: bool = False,
    words: Annotated[str, Query(max_length=5)] = "",
    short: Annotated[str | None, Query(alias="from")] = None,
) -> dict[str, object]:
    return {"language": language, "colour": colour, "deep": deep, "words": words, "from": short}


def routers() -> Iterator[APIRouter]:
    plain = APIRouter(prefix="/things")

    @plain.get("/{thing}")
    async def read(
        thing: UUID,
        caller: Annotated[str, Security(_caller, scopes=["things:read"])],
        language: Annotated[str, Depends(_language)],
        wanted: Annotated[dict[str, object], Depends(_filter)],
        limit: Annotated[int, Query(ge=1, le=9)] = 3,
    ) -> Response:
        told = {"thing": str(thing), "caller": caller, "language": language, "limit": limit}
        return JSONResponse({**told, **wanted})

    @plain.get("")
    async def need(wanted: Annotated[dict[str, object], Depends(_filter)], sort: Colour) -> Response:
        return JSONResponse({**wanted, "sort": sort})

    yield plain
    service = ServiceRouter(prefix="/rows")

    @service.get("/{row}")
    def row(row: int, response: Response, language: Annotated[str, Depends(_language)]) -> dict[str, object]:
        response.headers["X-Row"] = str(row)
        return {"row": row, "language": language}

    yield service


def client_of_part() -> TestClient:
    return TestClient(create_app(name="part", title="Part", settings=Settings(), routers=[*routers()]))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of_part()


@pytest.fixture(scope="module")
def usual() -> TestClient:
    """A part whose routes have no plans."""
    client = client_of_part()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plan, "of", lambda _: None)
        client.get(GOOD[0])  # a part reads its routes when it is asked first
    return client


GOOD = [
    f"/things/{ID}",
    f"/things/{ID}?limit=9&deep=true&words=soup&from=a&colour=red&colour=blue",
    f"/things/{ID}?words=",
    "/things?sort=red&colour=blue",
    "/rows/7",
]
FAULTY = [
    "/things/none",
    f"/things/{ID}?limit=10",
    f"/things/{ID}?colour=green",
    f"/things/{ID}?deep=",
    f"/things/{ID}?deep=perhaps&words=far%20too%20long",
    f"/things/{ID}?unknown=1",
    "/things",
    "/things?sort=green&words=far%20too%20long",
    "/rows/seven",
]


def walks_of(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note each walk of FastAPI through the dependencies of a route."""
    walks: list[object] = []
    walk = utils.solve_dependencies

    async def noted(**asked: Any) -> Any:  # Any: as FastAPI has it
        walks.append(asked["dependant"])
        return await walk(**asked)

    monkeypatch.setattr("fastapi.routing.solve_dependencies", noted)
    return walks


@pytest.mark.parametrize("address", GOOD)
def test_a_sound_read_walks_through_no_dependencies(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    walks = walks_of(monkeypatch)
    assert client.get(address).status_code == 200
    assert not walks


@pytest.mark.parametrize("address", [*GOOD, *FAULTY])
@pytest.mark.parametrize(
    "caller", [{}, {"X-Caller": "aino", "Accept-Language": "sv"}, {"X-Caller": "stranger"}]
)
def test_the_answer_is_that_of_fastapis_own_way(
    client: TestClient,
    usual: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    caller: dict[str, str],
) -> None:
    planned = client.get(address, headers=caller)
    walks = walks_of(monkeypatch)
    walked = usual.get(address, headers=caller)
    assert walks
    assert (planned.status_code, planned.content) == (walked.status_code, walked.content)
    assert planned.headers.multi_items() == walked.headers.multi_items()
