"""The feed never skips, never repeats, and wakes whoever waits."""

import asyncio
import threading

import psycopg
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy.orm import Session

from chassis.actors import Actor
from chassis.database import Database
from chassis.events import EventType, Notifications, Outbox, read_feed
from kumppani.postgres import PrivatePostgres
from tests.actors import actor, bearer

READER = Actor(subject="service:contracts", scopes=frozenset({"events:read"}))


class Word(BaseModel):
    """What the test events carry."""

    word: str


class Greeting(BaseModel):
    """What a test event about somebody carries."""

    word: str
    name: str


GREETED = EventType("test.person.greeted", Greeting, "Somebody was greeted.", personal=frozenset({"name"}))
outbox = Outbox([EventType("test.word.said", Word, "A word was said."), GREETED])


def say(session: Session, word: str) -> None:
    outbox.append(session, type="test.word.said", subject=word, data=Word(word=word))


def greet(session: Session, name: str) -> None:
    outbox.append(session, type=GREETED.name, subject=name.lower(), data=Greeting(word="hei", name=name))


def words(database: Database, after: str = "") -> list[str]:
    return [item.subject for item in read_feed(database, "notes", after, 100).items]


def test_a_transaction_held_open_is_never_stepped_over(database: Database) -> None:
    with Session(database.engine) as slow:
        say(slow, "slow")  # takes the lower sequence number, commits last
        with database.session() as session:
            say(session, "quick")
        first = read_feed(database, "notes", "", 100)
        assert first.items == []
        slow.commit()
    assert words(database, first.next) == ["slow", "quick"]


def test_a_lower_sequence_in_a_younger_transaction_is_not_lost(database: Database) -> None:
    with Session(database.engine) as older, Session(database.engine) as younger:
        older.execute(sa.text("select pg_current_xact_id()"))
        say(younger, "younger")
        say(older, "older")
        older.commit()
        seen = read_feed(database, "notes", "", 100)
        assert [item.subject for item in seen.items] == ["older"]
        younger.commit()
    assert words(database, seen.next) == ["younger"]


def test_a_transaction_held_open_in_another_database_does_not_stop_the_feed(
    database: Database, postgres: PrivatePostgres
) -> None:
    postgres.ensure_databases({"neighbour": "neighbours-secret", "reader": "readers-secret"})
    with database.session() as session:  # the reader is no superuser, as in production
        session.execute(sa.text("grant usage on schema public to reader"))
        session.execute(sa.text("grant select on event to reader"))
    name = database.url.rsplit("/", 1)[1]
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(f"grant connect on database {name} to reader")
    ordinary = Database(postgres.url(name, "reader", "readers-secret"))
    neighbour = Database(postgres.url("neighbour", "neighbour", "neighbours-secret"))
    with Session(neighbour.engine) as importing:
        importing.execute(sa.text("select pg_current_xact_id()"))  # runs as long as this block
        with database.session() as session:
            say(session, "heard")
        assert words(ordinary) == ["heard"]
        end = read_feed(ordinary, "notes", "now", 1).next
        assert end == read_feed(ordinary, "notes", "", 1).next
        with Session(database.engine) as ours:  # the same horizon still minds our own
            say(ours, "slow")
            with database.session() as session:
                say(session, "quick")
            assert words(ordinary, end) == []
            ours.commit()
        assert words(ordinary, end) == ["slow", "quick"]
    ordinary.close()
    neighbour.close()


def test_a_rolled_back_event_is_never_seen(database: Database) -> None:
    with Session(database.engine) as session:
        say(session, "regretted")
        session.rollback()
    assert words(database) == []


def test_pages_join_without_gap_or_repeat(database: Database) -> None:
    for number in range(7):
        with database.session() as session:
            say(session, str(number))
    seen: list[str] = []
    cursor = ""
    while True:
        feed = read_feed(database, "notes", cursor, 3)
        if not feed.items:
            break
        seen += [item.subject for item in feed.items]
        cursor = feed.next
    assert seen == [str(number) for number in range(7)]
    assert read_feed(database, "notes", "now", 1).next == cursor


def test_an_unlisted_type_is_refused(database: Database) -> None:
    with database.session() as session, pytest.raises(KeyError):
        outbox.append(session, type="test.word.sung", subject="la", data=Word(word="la"))


def test_the_bell_rings_when_an_event_commits(database: Database) -> None:
    async def scenario() -> bool:
        notifications = Notifications(database.url)
        async with notifications.listening():
            await notifications.heard()
            waiting = asyncio.create_task(notifications.wait(30))
            await asyncio.to_thread(_commit_one, database)
            await waiting
        return True

    assert asyncio.run(asyncio.wait_for(scenario(), 20))


def _commit_one(database: Database) -> None:
    with database.session() as session:
        say(session, "ding")


def test_a_waiting_reader_gets_the_news(client: TestClient, database: Database) -> None:
    threading.Thread(target=_commit_one, args=(database,)).start()
    answer = client.get("/v1/events?wait=20", headers=bearer(READER, "notes", issuer="contracts"))
    assert [item["subject"] for item in answer.json()["items"]] == ["ding"]
    event = answer.json()["items"][0]
    assert event["specversion"] == "1.0"
    assert event["source"] == "/services/notes"
    assert event["data"] == {"word": "ding"}


def test_people_may_not_read_the_feed(client: TestClient) -> None:
    assert client.get("/v1/events", headers=bearer(actor("administrator"), "notes")).status_code == 403


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", f"{2**64}.1", "-1.2", "01930000-0000"])
def test_a_foreign_cursor_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get(
        "/v1/events", params={"after": cursor}, headers=bearer(READER, "notes", issuer="contracts")
    )
    assert answer.status_code == 422


def told(database: Database, *, personal: bool) -> list[dict[str, str]]:
    return [item.data for item in read_feed(database, "notes", "", 100, personal=personal).items]


def test_people_are_in_the_feed_only_for_who_asks(database: Database) -> None:
    with database.session() as session:
        say(session, "moi")
        greet(session, "Aino")
    assert told(database, personal=False) == [{"word": "moi"}, {"word": "hei"}]
    assert told(database, personal=True) == [{"word": "moi"}, {"word": "hei", "name": "Aino"}]


def test_erasing_is_one_delete_and_the_feed_stays_whole(database: Database) -> None:
    with database.session() as session:
        for name in ("Aino", "Eino", "Aino"):
            greet(session, name)
    before = read_feed(database, "notes", "", 100)
    with database.session() as session:
        session.execute(sa.text("delete from event_personal where subject = 'aino'"))
    after = read_feed(database, "notes", "", 100)
    assert after == before
    assert [data.get("name") for data in told(database, personal=True)] == [None, "Eino", None]


def test_a_scope_alone_does_not_open_what_is_told_about_people(client: TestClient) -> None:
    curious = READER.model_copy(update={"scopes": frozenset({"events:read", "events:personal"})})
    headers = bearer(curious, "notes", issuer="contracts")
    assert client.get("/v1/events", headers=headers).status_code == 403


def test_a_page_of_large_events_ends_early_and_none_is_left_out(database: Database) -> None:
    with database.session() as session:
        for number in range(6):
            large = Word(word="x" * 400_000)
            outbox.append(session, type="test.word.said", subject=str(number), data=large)

    seen: list[str] = []
    sizes: list[int] = []
    after = ""
    while (feed := read_feed(database, "notes", after, 200)).items:
        seen += [item.subject for item in feed.items]
        sizes.append(len(feed.model_dump_json()))
        after = feed.next

    assert seen == [str(number) for number in range(6)]
    assert len(sizes) > 1
    assert max(sizes) < 2_000_000
