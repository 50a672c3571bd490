"""Jobs in the service's own database (Procrastinate): deferred in the caller's transaction, retried."""

import functools
from collections.abc import Callable
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from procrastinate.tasks import Task
from procrastinate.types import JSONValue
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

log = structlog.get_logger()
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)
SILENCE = 30.0
"""Seconds without a heartbeat after which a worker is taken for dead; living ones beat every ten."""
AnyTask = Task[Any, Any, Any]  # Any: a task's own arguments and result


class Jobs:
    """The tasks of one service."""

    def __init__(self, database_url: str) -> None:
        url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        self.app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
        # Deferring runs on the caller's synchronous connection, also while the worker's pool is open.
        self._deferring = App(connector=SyncPsycopgConnector())
        adopting = self.app.task(name="jobs.adopt")(self.adopt)
        self.app.periodic(cron="* * * * *", periodic_id="jobs.adopt")(adopting)

    def task(self, name: str, *, lock: str | None = None) -> Callable[[Callable[..., None]], AnyTask]:
        """Register a plain function as a task under a stable name; it is retried when it raises."""
        return self.app.task(name=name, retry=RETRY, lock=lock)

    def periodic(self, name: str, cron: str) -> Callable[[Callable[..., None]], AnyTask]:
        """Register a function that runs by a cron expression, once however many workers there are.

        The function is called with ``timestamp`` (Unix seconds of the planned run). When it raises, that is
        logged and the next run makes good for it: a retry beside a next run that waits already is refused
        by the queueing lock, and would leave the job begun and its lock taken.
        """

        def register(function: Callable[..., None]) -> AnyTask:
            @functools.wraps(function)
            def run(timestamp: int) -> None:
                try:
                    function(timestamp=timestamp)
                except Exception:
                    log.exception("job.failed", job=name)

            task = self.app.task(name=name, lock=name, queueing_lock=name)(run)
            self.app.periodic(cron=cron, periodic_id=name)(task)
            return task

        return register

    async def adopt(self, timestamp: int) -> None:  # noqa: ARG002 - the queue names it
        """Queue again what dead workers had begun (killed, or cut off from the database).

        Until then such a job keeps its lock, so that no job with the same lock runs. A job whose next run
        waits already is taken away instead.
        """
        manager = self.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
            log.warning("job.adopted", job=job.task_name, worker=job.worker_id)
            try:
                await manager.retry_job(job)
            except UniqueViolation:
                await manager.finish_job(job, Status.FAILED, delete_job=True)
            except ConnectorException:
                log.info("job.adopted_by_another", job=job.task_name)

    def defer(self, session: Session, task: AnyTask, **arguments: JSONValue) -> None:
        """Queue a job in the session's transaction: if that rolls back, the job never was."""
        self._deferring.configure_task(
            task.name,
            lock=task.lock,
            queueing_lock=task.queueing_lock,
            connection=session.connection().connection.driver_connection,
        ).defer(**arguments)


def schema_sql() -> str:
    """Return the DDL of the job queue, for a service's first migration."""
    return SchemaManager.get_schema()
