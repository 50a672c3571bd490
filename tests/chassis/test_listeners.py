"""A redelivered event has one effect; a crash in the middle has none."""

import asyncio

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from chassis.actors import ActorSigner
from chassis.database import Database
from chassis.events import CloudEvent
from chassis.listeners import Listener
from chassis.outbound import Neighbour
from chassis.tables import new_id
from tests.actors import actor, bearer, private_jwk

ADMINISTRATOR = actor("administrator")


def headers() -> dict[str, str]:
    """A token made now: it lives a minute, and tests may wait for their turn."""
    return bearer(ADMINISTRATOR, "notes")


def copy(session: Session, event: CloudEvent) -> None:
    statement = sa.text("insert into note (id, text, version) values (:id, :text, 1)")
    session.execute(statement, {"id": new_id(), "text": "copy of " + event.data["text"]})


def listener_to(app: FastAPI, database: Database, handler: object = copy) -> Listener:
    return Listener(
        "notes",
        database=database,
        neighbour=Neighbour("notes", "http://notes", transport=httpx2.ASGITransport(app), timeout=10),
        signer=ActorSigner("feedback", private_jwk("feedback")),
        handlers={"test.note.written": handler},
    )


def texts(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(sa.text("select text from note order by text")))


def test_each_event_is_handled_once_by_however_many(
    app: FastAPI, client: TestClient, database: Database
) -> None:
    for text in ("soup", "stew"):
        client.post("/v1/notes", json={"text": text}, headers=headers())

    async def scenario() -> None:
        listeners = [listener_to(app, database), listener_to(app, database)]
        await asyncio.gather(*(listener.catch_up() for listener in listeners))
        await listeners[0].catch_up()

    asyncio.run(scenario())
    assert texts(database) == ["copy of soup", "copy of stew", "soup", "stew"]


def test_a_redelivery_after_a_lost_cursor_has_no_effect(
    app: FastAPI, client: TestClient, database: Database
) -> None:
    client.post("/v1/notes", json={"text": "soup"}, headers=headers())
    asyncio.run(listener_to(app, database).catch_up())
    with database.session() as session:
        session.execute(sa.text("truncate feed_cursor"))
    asyncio.run(listener_to(app, database).catch_up())
    assert texts(database) == ["copy of soup", "soup"]


def test_a_crash_in_the_handler_leaves_nothing_behind(
    app: FastAPI, client: TestClient, database: Database
) -> None:
    client.post("/v1/notes", json={"text": "soup"}, headers=headers())

    def crash(session: Session, event: CloudEvent) -> None:
        copy(session, event)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        asyncio.run(listener_to(app, database, crash).catch_up())
    assert texts(database) == ["soup"]
    asyncio.run(listener_to(app, database).catch_up())
    assert texts(database) == ["copy of soup", "soup"]
