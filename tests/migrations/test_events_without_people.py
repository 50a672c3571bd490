"""A filled database gets its events without people: places and ids stay, the old code may go on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from chassis.database import Database
from chassis.events import read_feed
from chassis.tables import new_id
from kumppani.postgres import PrivatePostgres
from migrations import environment, personal

Json = dict[str, Any]
STAND_IN = {"person_id": "0197f5a0-0000-7000-8000-000000000002", "name": "Sija Sijainen"}
PLAIN: dict[str, tuple[str, Json]] = {
    "customers": ("kumppani.customers.site.changed", {"id": "1", "name": "Koulu", "version": 1}),
    "contracts": ("kumppani.contracts.contract.changed", {"id": "1", "reference": "S-2026-001"}),
    "feedback": ("kumppani.feedback.copy.made", {"id": "1"}),
}
"""An event that tells about nobody."""
TELLING: dict[str, tuple[str, Json, Json]] = {
    "customers": (
        "kumppani.customers.person.changed",
        {
            "id": "2",
            "version": 3,
            "assignments": [{"role": "site_head", "stand_in": STAND_IN}, {"role": "x"}],
        },
        {
            "name": "Aino Ylitalo",
            "phone": "040",
            "email": "aino@oulu.example",
            "absences": [],
            "title": "Rehtori",
        },
    ),
    "contracts": (
        "kumppani.contracts.year.changed",
        {"id": "2", "state": "signed"},
        {"personal": {"signed_by": [{"name": "Aino Ylitalo"}]}},
    ),
    "feedback": (
        "kumppani.feedback.case.reported",
        {"case": {"id": "2"}, "change": {"what": "received"}},
        {"personal": {"reporter_name": "Aino Ylitalo", "description": "Keitto loppui"}},
    ),
}
"""An event that tells about somebody: its type, what stays, and what is taken out."""
STEPS = {"customers": ("0002", "0003", "0004"), "contracts": ("0001", "0002", "0003")}
"""The step before, the one that makes table and trigger, and the one that moves the old rows."""
STEPS["feedback"] = STEPS["customers"]


@pytest.fixture(params=TELLING)
def chain(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(postgres: PrivatePostgres, chain: str) -> str:
    name = f"people_{chain}"
    postgres.drop_database(name)
    postgres.create_database(name)
    command.upgrade(environment.config(chain, postgres.url(name)), STEPS[chain][0])
    return postgres.url(name)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url, pool_size=1)
    yield made
    made.close()


def write_as_before(database: Database, type_: str, data: Json, count: int = 1) -> None:
    """Append events as the code of before does: all in one row."""
    statement = sa.text(
        "insert into event (id, type, subject, data) values (:id, :type, :subject, cast(:data as jsonb))"
    )
    rows = [
        {"id": new_id(), "type": type_, "subject": data.get("id", "2"), "data": json.dumps(data)}
        for _ in range(count)
    ]
    with database.session() as session:
        session.execute(statement, rows)


def places(database: Database) -> list[sa.Row[Any]]:
    """Return where each event stands in the feed."""
    with database.session() as session:
        statement = (
            "select sequence, transaction_id::text, id, type, subject, time from event order by sequence"
        )
        return list(session.execute(sa.text(statement)))


def without_name(data: Json) -> Json:
    """Return the data with its stand-in known by the id only, as events tell it now."""
    assignments = data.get("assignments", [])
    if not assignments:
        return data
    named = {"person_id": STAND_IN["person_id"]}
    return data | {"assignments": [{**assignments[0], "stand_in": named}, *assignments[1:]]}


def test_the_events_of_a_filled_database_are_taken_apart_in_their_places(
    chain: str, url: str, database: Database
) -> None:
    config = environment.config(chain, url)
    type_, stays, tells = TELLING[chain]
    write_as_before(database, *PLAIN[chain])
    write_as_before(database, type_, stays | tells, personal.BATCH + 1)
    before = places(database)
    command.upgrade(config, STEPS[chain][1])
    write_as_before(database, type_, stays | tells)
    command.upgrade(config, STEPS[chain][2])
    after = places(database)
    assert after[: len(before)] == before
    plain = read_feed(database, chain, "", 200).items
    whole = read_feed(database, chain, "", 200, personal=True).items
    assert [each.id for each in plain] == [str(row.id) for row in before[:200]]
    assert plain[0].data == PLAIN[chain][1]
    assert [each.data for each in plain[1:]] == [without_name(stays)] * 199
    assert [each.data for each in whole[1:]] == [without_name(stays) | tells] * 199
    with database.session() as session:
        rest = session.scalars(sa.text("select data::text from event")).all()
        assert not [each for each in rest if "Aino" in each or "Sijainen" in each]
        assert session.scalar(sa.text("select count(*) from event_personal")) == personal.BATCH + 2
        # Batch by batch: rows that were rewritten bear more than one transaction.
        assert session.scalar(sa.text("select count(distinct xmin::text) from event")) > 3
    command.downgrade(config, STEPS[chain][0])
    assert places(database) == after
    with database.session() as session:
        last = session.scalar(sa.text("select data from event order by sequence desc limit 1"))
    assert last == without_name(stays) | tells


def test_the_old_code_goes_on_writing_and_its_events_are_taken_apart_as_they_come(
    chain: str, url: str, database: Database
) -> None:
    command.upgrade(environment.config(chain, url), "head")
    type_, stays, tells = TELLING[chain]
    write_as_before(database, type_, stays | tells)
    write_as_before(database, *PLAIN[chain])
    with database.session() as session:
        rows = list(session.execute(sa.text("select data from event order by sequence")).scalars())
        assert rows == [without_name(stays), PLAIN[chain][1]]
        assert list(session.execute(sa.text("select data from event_personal")).scalars()) == [tells]
