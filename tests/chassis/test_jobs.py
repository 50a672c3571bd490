"""A job lives and dies with the transaction that deferred it."""

import asyncio
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from chassis.database import Database
from chassis.jobs import Jobs, schema_sql
from chassis.worker import Worker
from kumppani.postgres import PrivatePostgres


@pytest.fixture
def queue(postgres: PrivatePostgres) -> Iterator[Database]:
    postgres.create_database("queue")
    database = Database(postgres.url("queue"))
    with database.session() as session:
        session.connection().exec_driver_sql(schema_sql().replace("%", "%%"))
        session.execute(sa.text("create table done (word text)"))
    yield database
    database.close()
    postgres.drop_database("queue")


def test_a_job_runs_once_if_its_transaction_commits_and_never_if_not(queue: Database) -> None:
    jobs = Jobs(queue.url)

    async def scenario() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        @jobs.task("say")
        def say(word: str) -> None:
            with queue.session() as session:
                session.execute(sa.text("insert into done values (:word)"), {"word": word})
            if word == "last":
                loop.call_soon_threadsafe(stop.set)

        def defer(word: str, *, fail: bool) -> None:
            with queue.session() as session:
                jobs.defer(session, say, word=word)
                if fail:
                    raise RuntimeError(word)

        async with jobs.app.open_async():
            defer("kept", fail=False)
            with pytest.raises(RuntimeError):
                defer("regretted", fail=True)
            defer("last", fail=False)
        await asyncio.wait_for(Worker("queue", database=queue, jobs=jobs).run(stop), 30)

    asyncio.run(scenario())
    with queue.session() as session:
        assert sorted(session.scalars(sa.text("select word from done"))) == ["kept", "last"]


def test_a_worker_that_is_stopped_at_once_ends(queue: Database) -> None:
    async def scenario() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(Worker("queue", database=queue, jobs=Jobs(queue.url)).run(stop))
        await asyncio.sleep(0)  # one turn of the loop, so that it has begun to connect
        stop.set()
        await asyncio.wait_for(running, 30)

    asyncio.run(scenario())
