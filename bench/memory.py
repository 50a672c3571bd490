"""What the all-in-one holds in memory: when it has started, and after a day's mix of requests."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import uuid4

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.calls import Line, Request, request
from bench.house import House, Server, tree

_MB = 1_048_576


@dataclass(frozen=True)
class Footprint:
    """Megabytes, by the proportional share of each process."""

    when: str
    product: float
    analyser: float
    """The analyser of Finnish words, which runs while there are words that it was never asked."""
    postgres: float


def measure(house: House, database: str, requests: int) -> list[Footprint]:
    """Start the all-in-one, look, let people use it, and look again."""
    with house.all_in_one(database) as whole:
        started = _look(house, whole, "after start")
        with Line(whole.url) as line:
            mixed = _mixed(house, whole)
            for _ in range(requests):
                status, _, body = line.ask(next(mixed))
                if status >= 400:
                    raise RuntimeError(f"{status}: {body[:500]!r}")
        return [started, _look(house, whole, f"after {requests} mixed requests")]


def _look(house: House, whole: Server, when: str) -> Footprint:
    return Footprint(
        when,
        # Processes share most of what they hold; a plain sum would count that once for each.
        sum(_share(each) for each in whole.tree() if not _is_analyser(each)) / _MB,
        sum(_share(each) for each in whole.tree() if _is_analyser(each)) / _MB,
        sum(_share(each) for each in tree(house.home.postgres.pid or 0)) / _MB,
    )


def _is_analyser(process: psutil.Process) -> bool:
    return any("finding.voikko" in each for each in process.cmdline())


def _share(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.uss))


def _mixed(house: House, whole: Server) -> Iterator[Request]:
    """People read pages and programs read JSON; a few report."""
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
        zip(cycle(sessions), cycle(pages), cycle(nouns), strict=False)
    ):
        bearer = {"Authorization": f"Bearer {sessions[person]}"}
        yield request("GET", page, {"Cookie": f"kumppani_session={sessions[person]}"})
        yield request("GET", f"/api/v1{noun}", bearer)
        if number % 5 == 0:
            new = {**bearer, "Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
            yield request("POST", "/api/v1/cases", new, json.dumps(word).encode())
