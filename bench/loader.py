"""Fills a feedback database up to a number of cases: two in a hundred open, the others closed long ago.

A few thousand cases are lived through in memory by the service's own rules and stored by COPY; the closed
ones among them are then stored again and again, whole weeks earlier, until the number is reached.
"""

import random
import tomllib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

import psycopg
import sqlalchemy as sa
from psycopg import sql

from bench.past import Past, copy_in, live, multiply
from chassis.actors import Actor
from chassis.database import Database
from kumppani.city.cases import STORIES
from services.feedback.app import read_models_of
from services.feedback.cases.schemas import Intake
from services.feedback.finding.index import index_news
from services.feedback.finding.readings import Readings
from services.feedback.read_model import ReadModel
from services.feedback.settings import FeedbackSettings

OPEN_SHARE = 0.02
LEAST_OPEN = 60
"""So many are open however few cases there are: a page of the queue is full at every size."""
LEAST_CLOSED = 800
"""So many closed cases at least are lived through."""
AT_ONCE = 2000
SPAN = timedelta(days=357)
"""The closed cases that are lived through lie in the year before now."""


def grow(settings: FeedbackSettings, total: int, now: datetime) -> None:
    """Bring the database, reached as superuser, to exactly ``total`` cases."""
    url = settings.database_url.get_secret_value()
    with (
        closing(Readings()) as readings,
        closing(Database(url, pool_size=2)) as database,
        psycopg.connect(url, autocommit=True) as connection,
    ):
        with database.session() as session:
            read_model = read_models_of(settings).current(session)
        _index_all(database, readings)
        with _without_indexes(connection):
            _fill(database, read_model, readings, total, now)
        connection.execute("vacuum analyze")


def _fill(database: Database, read_model: ReadModel, readings: Readings, total: int, now: datetime) -> None:
    chance = random.Random(total)
    is_open, closed = _counts(database)
    wanted_open = max(LEAST_OPEN, round(total * OPEN_SHARE), is_open)
    wanted_closed = total - wanted_open
    doublings = 0
    while wanted_closed >> (doublings + 1) >= max(closed, LEAST_CLOSED):
        doublings += 1
    past, present = _closed_ones(read_model, chance, now), _open_ones(read_model, chance, now)
    _live(database, read_model, readings, past, (wanted_closed >> doublings) - closed)
    for step in range(doublings):
        with database.session() as session:
            session.execute(sa.text("set local statement_timeout = 0"))
            session.execute(
                sa.text("set local session_replication_role = replica")
            )  # no foreign keys to check
            multiply(session, 1 << step)  # each week back is met once
    _live(database, read_model, readings, past, wanted_closed - _counts(database)[1])
    _live(database, read_model, readings, present, wanted_open - is_open)
    with database.session() as session:
        # Who is late would be told so minute by minute while we measure; a queue shows it without.
        session.execute(sa.text("update feedback_case set warn_at = null where warn_at is not null"))


def _index_all(database: Database, readings: Readings) -> None:
    """Make the words of the demo city's cases searchable, as the service's worker would."""
    read = 1
    while read:
        with database.session() as session:
            read = index_news(session, readings)


@contextmanager
def _without_indexes(connection: psycopg.Connection[tuple[str, str]]) -> Generator[None]:
    """Take the indexes that no constraint needs away for the block: built afterwards they cost half."""
    found = connection.execute(
        "select indexname, indexdef from pg_indexes where tablename in ('feedback_case', 'case_words')"
        " and indexname not in (select conname from pg_constraint)"
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    yield
    connection.execute("set maintenance_work_mem = '512MB'")
    for _, definition in found:
        connection.execute(definition.encode())


def _live(
    database: Database, read_model: ReadModel, readings: Readings, pasts: Iterator[Past], count: int
) -> None:
    """Live through so many cases and store them."""
    for begun in range(0, count, AT_ONCE):
        lived = [live(read_model, next(pasts)) for _ in range(min(AT_ONCE, count - begun))]
        with database.session() as session:
            copy_in(session, lived, readings)


def _counts(database: Database) -> tuple[int, int]:
    with database.session() as session:
        row = session.execute(
            sa.text(
                "select count(*) filter (where open), count(*) filter (where not open) from feedback_case"
            )
        ).one()
    return int(row[0]), int(row[1])


def _closed_ones(read_model: ReadModel, chance: random.Random, now: datetime) -> Iterator[Past]:
    for intake, reporter in _words_that_came(read_model, chance):
        came = now - timedelta(days=14) - chance.random() * SPAN
        answered = came + timedelta(hours=chance.uniform(0.5, 30))
        resolved = answered + timedelta(hours=chance.uniform(1, 90))
        yield Past(
            intake, reporter, came, answered, resolved, resolved + timedelta(hours=chance.uniform(1, 60))
        )


def _open_ones(read_model: ReadModel, chance: random.Random, now: datetime) -> Iterator[Past]:
    for intake, reporter in _words_that_came(read_model, chance):
        came = now - timedelta(hours=chance.uniform(0.1, 200))
        answered = came + (now - came) * chance.random() if chance.random() < 0.5 else None
        yield Past(intake, reporter, came, answered)


def _words_that_came(read_model: ReadModel, chance: random.Random) -> Iterator[tuple[Intake, Actor]]:
    """Give the demo city's stories, each from the head of a site that has the service."""
    told = tomllib.loads(STORIES.read_text("utf-8"))
    heads = [
        (Actor(subject=str(person.id), name=person.name, site_ids=frozenset({site.id})), site)
        for person in read_model.people.by_id.values()
        for each in person.assignments
        if each.role == "site_head" and each.site_id and (site := read_model.sites.get(each.site_id))
    ]
    while True:
        head, site = chance.choice(heads)
        story = chance.choice(told["story"])
        if story["service"] in site.producers:
            described = story["description"].format(
                dish=chance.choice(told["dishes"]),
                room=chance.choice(told["rooms"]),
                amount=chance.randint(3, 30),
                clock=f"{chance.randint(8, 14)}.{chance.choice((15, 20, 45))}",
            )
            yield (
                Intake(
                    site_id=site.id,
                    kind=story["kind"],
                    service=story["service"],
                    severity=story["severity"],
                    subject=story["subject"],
                    description=described,
                    channel="web",
                ),
                head,
            )
