"""What the all-in-one holds in memory: when it has started, and after a day's mix of requests."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from uuid import uuid4

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.calls import Line, Request, request
from bench.house import House, Server

_MB = 1_048_576


@dataclass(frozen=True)
class Footprint:
    """Megabytes: resident set of the product's processes, and PostgreSQL's proportional share."""

    when: str
    product: float
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
        sum(each.memory_info().rss for each in _tree(whole.process.pid)) / _MB,
        # Its processes share most of what they hold; a plain sum would count that once for each.
        sum(_share(each) for each in _tree(house.home.postgres.pid)) / _MB,
    )


def _tree(pid: int | None) -> Sequence[psutil.Process]:
    if pid is None:
        return []
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


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
