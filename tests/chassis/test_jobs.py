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


def die_with(queue: Database, job: str) -> None:
    """Leave a job as a worker does that is killed while it runs."""
    with queue.session() as session:
        session.execute(
            sa.text(
                "with dead as (insert into procrastinate_workers (last_heartbeat)"
                " values (now() - interval '1 minute') returning id)"
                " update procrastinate_jobs set status = 'doing', worker_id = dead.id from dead"
                " where task_name = :job"
            ),
            {"job": job},
        )


@pytest.mark.parametrize("next_waits", [False, True])
def test_a_job_that_a_dead_worker_had_begun_frees_its_lock_and_is_done(
    queue: Database, next_waits: bool
) -> None:
    jobs = Jobs(queue.url)

    async def scenario() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        @jobs.periodic("sweep", "0 0 29 2 *")
        def sweep(timestamp: int) -> None:
            with queue.session() as session:
                session.execute(sa.text("insert into done values (:word)"), {"word": str(timestamp)})
            loop.call_soon_threadsafe(stop.set)

        async with jobs.app.open_async():
            with queue.session() as session:
                jobs.defer(session, sweep, timestamp=1)
            die_with(queue, "sweep")
            if next_waits:
                with queue.session() as session:
                    jobs.defer(session, sweep, timestamp=2)
            await jobs.adopt(0)
        await asyncio.wait_for(Worker("queue", database=queue, jobs=jobs).run(stop), 30)

    asyncio.run(scenario())
    with queue.session() as session:
        assert list(session.scalars(sa.text("select word from done"))) == ["2" if next_waits else "1"]


def test_a_periodic_job_that_fails_leaves_the_way_free_for_its_next_run(queue: Database) -> None:
    jobs = Jobs(queue.url)

    async def scenario() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        @jobs.periodic("sweep", "0 0 29 2 *")
        def sweep(timestamp: int) -> None:
            with queue.session() as session:
                jobs.defer(session, sweep, timestamp=timestamp + 1)
            loop.call_soon_threadsafe(stop.set)
            raise RuntimeError("this run fails while the next one waits")

        async with jobs.app.open_async():
            with queue.session() as session:
                jobs.defer(session, sweep, timestamp=1)
        await asyncio.wait_for(Worker("queue", database=queue, jobs=jobs).run(stop), 30)

    asyncio.run(scenario())
    with queue.session() as session:
        of_sweep = sa.text("select status::text from procrastinate_jobs where task_name = 'sweep'")
        assert list(session.scalars(of_sweep)) == ["todo"]
