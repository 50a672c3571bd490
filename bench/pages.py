"""Pages a second for one person and for eight, beside bare ones from a ready dict; and what metrics cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

import psycopg

from bench.aims import Aim
from bench.calls import Request, Sample, request, rush, walk
from bench.house import House
from kumppani.processes import default_count

QUEUE, CASE = "queue page", "case page"
AIMS = {QUEUE: 120, CASE: 250}
PEOPLE = (1, 8)


@dataclass(frozen=True)
class Pages:
    """What was measured, ours and bare, by page and number of people."""

    ours: dict[tuple[str, int], Sample]
    bare: dict[tuple[str, int], Sample]
    metrics: Sample

    def aims(self) -> list[Aim]:
        """Return the aims."""
        many = [
            Aim(f"{page}s a second, {PEOPLE[-1]} people", self.ours[page, PEOPLE[-1]].rate, aim, least=True)
            for page, aim in AIMS.items()
        ]
        return [*many, Aim("/metrics, p50 in ms", self.metrics.p50, 20)]

    def rows(self) -> list[Sequence[str]]:
        """Return a row a page and number of people."""
        return [
            (
                name,
                str(people),
                f"{ours.rate:.0f}",
                f"{ours.p95:.0f}",
                f"{self.bare[name, people].rate:.0f}",
                f"{ours.rate / self.bare[name, people].rate:.2f}",
            )
            for (name, people), ours in self.ours.items()
        ]


def measure(house: House, database: str, *, seconds: float, calls: int) -> Pages:
    """Measure ours and the bare ones in turns."""
    house.clone(database, "bench_pages")
    with psycopg.connect(house.url("bench_pages")) as connection:
        found = connection.execute("select id::text from feedback_case order by md5(id::text) limit 30")
        paths = {QUEUE: ["/cases?view=open"], CASE: [f"/cases/{row[0]}" for row in found]}
    with (
        house.all_in_one("bench_pages") as whole,
        house.served("bench.bare", "{port}", str(default_count())) as bare,
    ):
        known = house.cookie(whole, "handler") | {"Accept": "text/html"}
        ours, floor = {}, {}
        for name, bare_path in ((QUEUE, "/queue"), (CASE, "/case")):

            def pages(asked: Sequence[str] = paths[name]) -> Iterator[Request]:
                return (request("GET", path, known) for path in cycle(asked))

            def bare_pages(path: str = bare_path) -> Iterator[Request]:
                return (request("GET", each, {}) for each in cycle([path]))

            rush(whole.url, pages, clients=PEOPLE[-1], seconds=seconds / 2, good=200)  # warms up
            for people in PEOPLE:
                ours[name, people] = rush(whole.url, pages, clients=people, seconds=seconds, good=200)
                floor[name, people] = rush(
                    bare.url, bare_pages, clients=people, seconds=seconds / 2, good=200
                )
        token = house.home.keys.metrics_token.read_text().strip()
        asked = request("GET", "/metrics", {"Authorization": f"Bearer {token}"})
        return Pages(ours, floor, walk(whole.url, cycle([asked]), calls))
