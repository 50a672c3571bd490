"""The process beside a service that runs its jobs and listens to its neighbours."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import structlog
from procrastinate.exceptions import ProcrastinateException

from chassis.database import Database
from chassis.jobs import Jobs
from chassis.listeners import Listener
from chassis.outbound import Neighbour

log = structlog.get_logger()
REST = 2.0
"""Seconds of rest when the database was lost."""


class Worker:
    """Jobs and listeners of one service; several may run at once."""

    def __init__(
        self,
        name: str,
        *,
        database: Database,
        jobs: Jobs,
        listeners: Sequence[Listener] = (),
        neighbours: Sequence[Neighbour] = (),
    ) -> None:
        self.name = name
        self.database = database
        self.jobs = jobs
        self.listeners = tuple(listeners)
        self._neighbours = tuple(neighbours)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; a lost database is waited for."""
        log.info("worker.started", worker=self.name)
        tasks = [asyncio.create_task(listener.run()) for listener in self.listeners]
        tasks.append(asyncio.create_task(self._work()))
        try:
            await stop.wait()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for neighbour in self._neighbours:
                await neighbour.close()
            log.info("worker.stopped", worker=self.name)

    async def _work(self) -> None:
        app = self.jobs.app
        while True:
            try:
                await app.open_async()
                await app.run_worker_async(
                    install_signal_handlers=False,
                    concurrency=2,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=2,
                )
            except Exception as error:  # noqa: BLE001 - whatever ended it, jobs must go on
                log.warning("worker.jobs_lost", worker=self.name, error=str(error))
            finally:
                # Also when the opening was cancelled half-way: its connecting tasks would outlive us.
                with contextlib.suppress(ProcrastinateException):
                    await app.close_async()
            await asyncio.sleep(REST)


async def until_signal(worker: Worker) -> None:
    """Run a worker until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await worker.run(stop)


def main() -> None:
    """``python -m chassis.worker services.feedback``: run that package's worker."""
    create: Callable[[], Worker] = import_module(f"{sys.argv[1]}.worker").create_worker
    asyncio.run(until_signal(create()))


if __name__ == "__main__":
    main()
