"""Receiving a word: at the service, through the gateway and as a web form, beside the floors, in turns.

Whoever is not being measured rests (SIGSTOP): what the all-in-one's workers still have to do after a burst
is done in its own next turn, and not at the cost of the floor.
"""

import json
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from statistics import median
from typing import Protocol
from urllib.parse import urlencode
from uuid import uuid4

import httpx2

from bench.calls import Request, Sample, request, rush
from bench.floor import pgbench_script
from bench.house import House, Server

CLIENTS = (1, 8)
FLOOR = "bare endpoint, threads (`def`)"
FLOOR_ASYNC = "bare endpoint, no threads (`async def`)"
PGBENCH = "pgbench"
SERVICE = "feedback service"
GATEWAY = "through the gateway (all-in-one)"
FORM = "as a web form (all-in-one)"
_TOKEN = re.compile(r'name="form_token"\s+value="([^"]+)"')


class Turn(Protocol):
    """Takes words in for some seconds."""

    def __call__(self, clients: int, seconds: float) -> Sample: ...


@dataclass
class Subject:
    """One way in, with what was measured of it, by number of clients; one sample a round."""

    name: str
    take: Turn
    samples: dict[int, list[Sample]] = field(default_factory=dict)

    def ratio(self, to: "Subject", clients: int) -> float:
        """Return how many times the other's rate this one has: the median of the rounds."""
        pairs = zip(self.samples[clients], to.samples[clients], strict=True)
        return median(own.rate / other.rate for own, other in pairs)

    def rate(self, clients: int) -> float:
        """Return the median rate."""
        return median(each.rate for each in self.samples[clients])

    def all(self, clients: int) -> Sample:
        """Return all rounds as one."""
        first, *others = self.samples[clients]
        return sum(others, first)


def measure(house: House, database: str, *, rounds: int, seconds: float) -> list[Subject]:
    """Return every way in, measured."""
    house.clone(database, "bench_floor", "bench_intake")
    with (
        house.served("bench.floor", "{port}", BENCH_DATABASE_URL=house.url("bench_floor")) as bare,
        house.service("bench_intake") as service,
        house.all_in_one("bench_intake") as whole,
    ):
        word = a_word(house)
        subjects = [
            Subject(FLOOR, _over_http(bare, lambda: words(word, "/threaded", {}))),
            Subject(FLOOR_ASYNC, _over_http(bare, lambda: words(word, "/unthreaded", {}))),
            Subject(
                SERVICE, _over_http(service, lambda: words(word, "/v1/cases", house.bearer("school-head")))
            ),
            _gateway(house, whole, word),
            _form(house, whole, word),
        ]
        if house.pgbench:
            subjects.insert(2, _pgbench(house, house.pgbench))
        _rest(service, whole)
        try:
            for clients in CLIENTS:
                for number in range(rounds + 1):  # the first round warms up
                    for each in subjects:
                        sample = each.take(clients, seconds)
                        if number:
                            each.samples.setdefault(clients, []).append(sample)
        finally:
            for server in (service, whole):
                server.signal(signal.SIGCONT)
    return subjects


def _rest(*servers: Server) -> None:
    for server in servers:
        server.signal(signal.SIGSTOP)


def _over_http(server: Server, requests: Callable[[], Iterator[Request]], good: int = 201) -> Turn:
    def take(clients: int, seconds: float) -> Sample:
        server.signal(signal.SIGCONT)
        server.wait()
        before = server.cpu()
        sample = rush(server.url, requests, clients=clients, seconds=seconds, good=good)
        cpu = server.cpu() - before
        _rest(server)
        return replace(sample, cpu=cpu)

    return take


def a_word(house: House) -> dict[str, str]:
    """Return what a school's head reports."""
    return {
        "site_id": str(min(house.actors["school-head"].site_ids)),
        "kind": "complaint",
        "service": "meals",
        "severity": "normal",
        "subject": "Lounas loppui kesken",
        "description": "Lounas loppui kesken, ja kolme luokkaa jäi tänään ilman pääruokaa.",
        "channel": "web",
    }


def words(word: dict[str, str], path: str, headers: dict[str, str]) -> Iterator[Request]:
    """Give requests that report the word, each with a key of its own."""
    body = json.dumps(word, ensure_ascii=False).encode()
    known = {**headers, "Content-Type": "application/json", "Accept": "application/json"}
    while True:
        yield request("POST", path, {**known, "Idempotency-Key": str(uuid4())}, body)


def _gateway(house: House, whole: Server, word: dict[str, str]) -> Subject:
    bearer = house.session_bearer(whole, "school-head")
    return Subject(GATEWAY, _over_http(whole, lambda: words(word, "/api/v1/cases", bearer)))


def _form(house: House, whole: Server, word: dict[str, str]) -> Subject:
    headers = house.cookie(whole, "school-head")
    shown = httpx2.get(f"{whole.url}/feedback/new", headers=headers, trust_env=False, timeout=30)
    found = _TOKEN.search(shown.raise_for_status().text)
    if found is None:
        raise ValueError("the form for feedback has no form token")
    typed = {name: word[name] for name in ("site_id", "kind", "service", "description")}
    typed |= {"form_token": found[1], "wish": "written"}
    headers |= {
        "Origin": "http://127.0.0.1",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def forms() -> Iterator[Request]:
        while True:
            yield request(
                "POST", "/feedback/new", headers, urlencode({**typed, "form_key": str(uuid4())}).encode()
            )

    return Subject(FORM, _over_http(whole, forms, good=303))


def _pgbench(house: House, program: Path) -> Subject:
    script = house.home.folder / "three_inserts.sql"
    script.write_text(pgbench_script(house.url("bench_floor")))
    seeds = count(1)

    def take(clients: int, seconds: float) -> Sample:
        command: list[str | Path] = [program, "--no-vacuum", "--file", script, f"--random-seed={next(seeds)}"]
        command += [f"--client={clients}", f"--jobs={min(clients, 2)}", f"--time={max(1, round(seconds))}"]
        said = subprocess.run(
            [*command, house.url("bench_floor")], capture_output=True, text=True, check=True
        ).stdout
        average, rate = (re.search(p, said) for p in (r"latency average = ([\d.]+)", r"tps = ([\d.]+)"))
        if average is None or rate is None:
            raise ValueError(f"pgbench said: {said}")
        tps = float(rate[1])
        return Sample([float(average[1]) / 1000] * round(tps * seconds), round(tps * seconds) / tps)

    return Subject(PGBENCH, take)
