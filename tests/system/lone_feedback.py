"""The feedback service alone with its worker and a durable database: what survives when they are killed."""

import contextlib
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

import httpx2
import psycopg
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.engine import make_url

from chassis.actors import ActorSigner
from chassis.database import Database
from kumppani import databases
from kumppani.postgres import PrivatePostgres
from services.feedback.settings import FeedbackSettings
from services.feedback.worker import jobs_of
from tests.actors import bearer, private_jwk
from tests.services.feedback.city import City
from tests.support.waiting import until
from tests.system.running import Part, Process, ended, free_ports, settings_of, worker

Json = dict[str, Any]  # Any: JSON
TICKS = ("feedback.climb", "jobs.adopt")
STEP_TYPES = ("kumppani.feedback.case.warned", "kumppani.feedback.case.escalated")
_A_MINUTE = """
    update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 minute' where id = any(%s)
"""
_WITHOUT_LOCK = """
    insert into procrastinate_jobs (queue_name, task_name, args)
    select 'default', 'feedback.climb', '{"timestamp": 0}' from generate_series(1, %s)
"""


class LoneFeedback:
    """A feedback service whose city is there, on a server that promises to lose nothing it confirmed."""

    def __init__(self, postgres: PrivatePostgres, folder: Path, *, workers: int) -> None:
        self.postgres = postgres
        self.url = postgres.url("feedback")
        self.password = str(make_url(self.url).password)
        self.city = City()
        settings = settings_of("feedback", DATABASE_URL=self.url)
        self.service = Part("feedback", free_ports(1)[0], settings, folder)
        self._database = Database(self.url, pool_size=1)
        known = {"database_url": self.url, "signing_key": private_jwk("feedback"), "trusted_keys": "{}"}
        self._jobs = jobs_of(FeedbackSettings.model_validate(known), self._database)
        self.workers = [worker("feedback", settings, folder, number=number + 1) for number in range(workers)]

    @property
    def processes(self) -> list[Process]:
        return [self.service, *self.workers]

    def prepare(self) -> None:
        """Migrate the database and put the city into the copies, as the customers feed would."""
        self.postgres.create_database("feedback")
        databases.migrate("feedback", self.url)
        self.city.fill(self._database)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def read(self, path: str, **query: str | int) -> Json:
        """Return the JSON of a good answer to a complaint handler."""
        answer = httpx2.get(
            f"{self.service.url}/v1{path}",
            params=query,
            headers=bearer(self.city.staff(), "feedback"),
            trust_env=False,
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body

    def cases(self) -> list[Json]:
        """Return every case, through the pages of the list."""
        found: list[Json] = []
        cursor: str | None = ""
        while cursor is not None:
            page = self.read("/cases", limit=200, **({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page["next"]
        return found

    def end_of_feed(self) -> str:
        """Return the cursor after which everything is new."""
        return str(self._page_of_feed("now")["next"])

    def feed(self, after: str) -> list[Json]:
        """Return every event after a cursor, through the pages of the feed, as a listener reads it."""
        events: list[Json] = []
        while True:
            page = self._page_of_feed(after)
            if not page["items"]:
                return events
            events += page["items"]
            after = page["next"]

    def _page_of_feed(self, after: str) -> Json:
        token = ActorSigner("contracts", private_jwk("contracts")).as_itself("feedback")
        answer = httpx2.get(
            f"{self.service.url}/v1/events",
            params={"after": after, "limit": 200},
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        page: Json = answer.json()
        return page

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:  # Any: a row's values
        """Ask the database something that no page tells."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def tick(self) -> None:
        """Queue the climbing of the ladder as each minute does, so that no test waits for a minute."""
        for name in TICKS:
            with contextlib.suppress(AlreadyEnqueued), self._database.session() as session:
                self._jobs.defer(session, self._jobs.app.tasks[name], timestamp=0)

    def climb_at_once(self, runs: int) -> None:
        """Queue several runs without the lock that keeps one from another's way."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(_WITHOUT_LOCK, [runs])

    def registered_workers(self) -> list[int]:
        """Return the numbers by which the job queue knows the workers of now."""
        return [row[0] for row in self.ask("select id from procrastinate_workers")]

    def a_minute_passes_for(self, dead: Sequence[int]) -> None:
        """Make the last heartbeat of dead workers a minute old, so that no test waits for that either."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(_A_MINUTE, [list(dead)])

    def climbed(self) -> bool:
        """Whether every step that is due was taken."""
        return self.ask("select 1 from feedback_case where warn_at <= now() limit 1") == []

    def climb_everything(self) -> None:
        """Tick until every step that is due was taken."""

        def all_told() -> bool:
            for process in self.processes:
                process.check_alive()
            if self.climbed():
                return True
            self.tick()
            return False

        until(all_told, "every step of the ladder that is due", pause=0.5)


def steps_by_case(events: Iterable[Json]) -> dict[str, Counter[tuple[str, int]]]:
    """Return how often events tell each (clock, step) of the ladder, by case."""
    told: dict[str, Counter[tuple[str, int]]] = {}
    for event in events:
        if event["type"] in STEP_TYPES:
            facts = event["data"]["change"]["facts"]
            told.setdefault(event["subject"], Counter())[facts["clock"], facts["step"]] += 1
    return told


@contextlib.contextmanager
def lone_feedback(database_folder: Path, folder: Path, *, workers: int) -> Generator[LoneFeedback]:
    """Run the feedback service with its workers for the block, ready to take words in.

    The database is as durable as people's; ``folder`` holds what the processes say.
    """
    with PrivatePostgres(database_folder / "postgres", durable=True) as server:
        house = LoneFeedback(server, folder, workers=workers)
        house.prepare()
        with contextlib.closing(house), ended(*house.processes):
            for process in house.processes:
                process.start()
            house.service.wait()
            until(lambda: len(house.registered_workers()) == workers, "the workers")
            yield house
