"""What the all-in-one holds in memory: when it has started, and after a day's mix of requests."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import linear_regression
from threading import Thread
from uuid import uuid4

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.aims import Aim
from bench.calls import Line, Request, request
from bench.house import House, Server, is_analyser, tree

_MB = 1_048_576
_PEOPLE = 4
_MOST_SECONDS = 900.0
_LEAST_LOOKS = 4
"""So many make a slope of the second half."""


@dataclass(frozen=True)
class Footprint:
    """Megabytes, by the proportional share of each process."""

    when: str
    product: float
    analyser: float
    """The analyser of Finnish words, which runs while there are words that it was never asked."""
    postgres: float


@dataclass(frozen=True)
class OverTime:
    """Megabytes of the product after so many mixed requests, looked at again and again."""

    points: list[tuple[int, float]]

    @property
    def growth(self) -> float:
        """Return by how much it grows in 10 000 requests: the slope over the second half."""
        half = self.points[len(self.points) // 2 :]
        requests, megabytes = zip(*half, strict=True)
        return linear_regression(requests, megabytes).slope * 10_000 if len(half) > 1 else 0.0

    def aims(self) -> list[Aim]:
        """Return the aims."""
        last = self.points[-1][0]
        return [
            Aim(
                f"memory over {last} mixed requests: growth per 10 000 in the second half, MB", self.growth, 3
            )
        ]


def measure(house: House, database: str, requests: int) -> list[Footprint]:
    """Start the all-in-one, look, let people use it, and look again."""
    with house.all_in_one(database) as whole:
        started = _look(house, whole, "after start")
        _use(house, whole, requests, lines=1)
        return [started, _look(house, whole, f"after {requests} mixed requests")]


def over_time(house: House, database: str, *, requests: int, looks: int) -> OverTime:
    """Let some people use the all-in-one for long, and look at its memory again and again.

    On a slow machine they make fewer requests: as many as they can in a quarter of an hour.
    """
    house.clone(database, "bench_memory")
    each = requests // looks
    with house.all_in_one("bench_memory") as whole:
        points, until = [], time.monotonic() + _MOST_SECONDS
        while len(points) < looks and (len(points) < _LEAST_LOOKS or time.monotonic() < until):
            _use(house, whole, each, lines=_PEOPLE)
            points.append(((len(points) + 1) * each, share_of(whole)))
    return OverTime(points)


def _use(house: House, whole: Server, requests: int, *, lines: int) -> None:
    """Let so many people make requests by turns, so many together."""
    faults: list[str] = []

    def person(number: int) -> None:
        with Line(whole.url) as line:
            for each in islice(_mixed(house, whole, number), requests // lines):
                status, _, body = line.ask(each)
                if status >= 400 and status != 503:  # a busy machine may refuse some
                    faults.append(f"{status}: {body[:500]!r}")
                    return

    threads = [Thread(target=person, args=(number,)) for number in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])


def share_of(whole: Server) -> float:
    """Return the megabytes of the product, without the analyser of words."""
    return _sum(each for each in whole.tree() if not is_analyser(each))


def _look(house: House, whole: Server, when: str) -> Footprint:
    return Footprint(
        when,
        share_of(whole),
        _sum(each for each in whole.tree() if is_analyser(each)),
        _sum(tree(house.home.postgres.pid or 0)),
    )


def _sum(processes: Iterable[psutil.Process]) -> float:
    """Add up what processes hold: each its share of what they have in common, or that would count often."""
    total = 0
    for each in processes:
        with suppress(psutil.NoSuchProcess):  # one that ended meanwhile
            full = each.memory_full_info()
            total += int(getattr(full, "pss", full.uss))
    return total / _MB


def _mixed(house: House, whole: Server, start: int) -> Iterator[Request]:
    """People read pages and programs read JSON; a few report. Who comes later starts elsewhere."""
    pages = ("/", "/cases?view=open", "/search?q=lounas", "/customers", "/sites", "/contracts", "/clock")
    nouns = (
        "/me",
        "/cases?sort=next_due",
        "/customers",
        "/sites",
        "/contracts",
        "/clock?year=2026",
        "/contacts",
    )
    sessions = {
        person: house.session(whole, person) for person in ("handler", "account-manager", "school-head")
    }
    site = str(min(house.actors["school-head"].site_ids))
    word = {"site_id": site, "kind": "question", "service": "meals", "channel": "web"}
    word |= {"subject": "Ruokalista", "description": "Milloin ensi viikon ruokalista julkaistaan?"}
    for number, (person, page, noun) in enumerate(
        islice(zip(cycle(sessions), cycle(pages), cycle(nouns), strict=False), start, None)
    ):
        bearer = {"Authorization": f"Bearer {sessions[person]}"}
        yield request("GET", page, {"Cookie": f"kumppani_session={sessions[person]}"})
        yield request("GET", f"/api/v1{noun}", bearer)
        if number % 5 == 0:
            new = {**bearer, "Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
            yield request("POST", "/api/v1/cases", new, json.dumps(word).encode())
