"""A small service of the tests' own, standing on the chassis like the real ones."""

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi import FastAPI, Path, Response
from fastapi.testclient import TestClient
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel, col

from chassis.callers import CurrentActor
from chassis.database import Database, Transaction
from chassis.errors import NotFound
from chassis.events import EventType, Outbox
from chassis.idempotency import OnlyOnce
from chassis.keyset import page
from chassis.paging import Cursor, Limit, Page
from chassis.preconditions import IfMatch, check, etag
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from chassis.schemas import Line, View, Wire
from chassis.service import create_service
from chassis.settings import ServiceSettings
from chassis.tables import Versioned, chassis_tables, new_id
from kumppani.postgres import PrivatePostgres
from tests.actors import private_jwk, trusted_keys


class Base(SQLModel, registry=registry()):
    """Tables of the test service."""


chassis_tables(Base.metadata)


class Note(Versioned, Base, table=True):
    """A note; unique by its text only when the transaction ends."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    text: str


class NoteIn(Wire):
    """A note as it comes in."""

    text: Line


class NoteView(View):
    """A note as it goes out."""

    id: UUID
    text: str
    version: int


WRITTEN = EventType("test.note.written", NoteView, "A note was written.")
outbox = Outbox([WRITTEN])
router = ServiceRouter(prefix="/v1", responses=openapi_problems(401, 404, 422))


@router.post("/notes", status_code=201)
def write(body: NoteIn, session: Transaction, once: OnlyOnce, _: CurrentActor) -> NoteView:
    """Write a note with its event."""

    def act() -> NoteView:
        note = Note(text=body.text)
        session.add(note)
        session.flush()
        view = NoteView.model_validate(note)
        outbox.append(session, type=WRITTEN.name, subject=str(note.id), data=view)
        return view

    return once(act, status=201)  # type: ignore[return-value]  # a Response; the annotation documents the body


@router.put("/notes/{note_id}")
def edit(
    note_id: Annotated[UUID, Path()], body: NoteIn, session: Transaction, version: IfMatch, _: CurrentActor
) -> NoteView:
    """Change a note that nobody changed meanwhile."""
    note = session.get(Note, note_id)
    if note is None:
        raise NotFound
    check(note.version, version)
    note.text = body.text
    session.flush()
    return NoteView.model_validate(note)


@router.get("/notes/{note_id}")
def read(
    note_id: Annotated[UUID, Path()], session: Transaction, _: CurrentActor, response: Response
) -> NoteView:
    """Read a note."""
    note = session.get(Note, note_id)
    if note is None:
        raise NotFound
    response.headers["ETag"] = etag(note.version)
    return NoteView.model_validate(note)


@router.get("/notes")
def notes(session: Transaction, _: CurrentActor, limit: Limit = 50, cursor: Cursor = None) -> Page[NoteView]:
    """List notes by text."""
    rows, following = page(
        session, sa.select(Note), keys=[(Note.text, "asc"), (Note.id, "asc")], limit=limit, cursor=cursor
    )
    return Page(items=[NoteView.model_validate(row) for row in rows], next=following)


@router.get("/echoes")
def echoes(session: Transaction, _: CurrentActor, limit: Limit = 50, cursor: Cursor = None) -> Page[NoteView]:
    """List notes by id, each a thousand times as long as it is."""
    rows, following = page(session, sa.select(Note), keys=[(col(Note.id), "asc")], limit=limit, cursor=cursor)
    long = [NoteView(id=row.id, text=row.text * 1_000, version=1) for row in rows]
    return Page(items=long, next=following)


@router.get("/broken")
def broken() -> Response:
    """Fail in a way that nobody foresaw."""
    raise RuntimeError("secret detail")


@pytest.fixture(scope="session")
def note_url(postgres: PrivatePostgres) -> str:
    """A database with the test service's tables."""
    postgres.create_database("notes")
    url = postgres.url("notes")
    database = Database(url)
    Base.metadata.create_all(database.engine)
    with database.session() as session:
        session.execute(sa.text("create table alembic_version (version_num text)"))
        # Deferred, so that the commit itself fails.
        session.execute(
            sa.text("alter table note add constraint one_text unique (text) deferrable initially deferred")
        )
    database.close()
    return url


@pytest.fixture
def database(note_url: str) -> Iterator[Database]:
    """The test service's database, emptied."""
    made = Database(note_url)
    with made.session() as session:
        session.execute(
            sa.text("truncate note, event, event_personal, idempotency_key, feed_cursor, feed_inbox")
        )
    yield made
    made.close()


@pytest.fixture
def app(database: Database) -> FastAPI:
    """The test service."""
    settings = ServiceSettings(
        database_url=database.url,
        trusted_keys=trusted_keys(),
        signing_key=private_jwk("feedback"),
        log_level="error",
        metrics_token="for-the-watch",
    )
    return create_service(name="notes", title="Notes", settings=settings, routers=[router], database=database)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of the test service that sees 500s as answers."""
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made
