"""The morning rush: people open queues while words come in and others wait for news; and waits alone."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from bench.aims import Aim
from bench.calls import Sample, request, walk
from bench.house import House, Server
from bench.intake import a_word, words
from bench.memory import share_of
from bench.open_loop import OWN_DELAY, Answers, Stream, offer, taken

PAGES, READS, WAITS, WORDS = "queue pages", "reads of cases", "open waits", "words of feedback"
MANY = {PAGES: 30, READS: 60, WAITS: 100, WORDS: 20}
OPEN_WAITS = 1000
_BEGINNING = 4.0
"""Seconds within which all wait."""
_WAIT = 20
"""Seconds that one wait lasts when nothing happens."""


@dataclass(frozen=True)
class Rush:
    """What everybody was answered who came at once."""

    told: dict[str, Answers]

    def aims(self) -> list[Aim]:
        """Return the aims."""
        refused = sum(each.asked - each.count(200, 201) for each in self.told.values())
        return [Aim("morning rush: refused", refused, 0)]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return a row a kind."""
        return [
            (name, f"{each.asked}", f"{each.asked - each.count(200, 201)}", f"{each.p95(200, 201):.0f}")
            for name, each in self.told.items()
        ]


@dataclass(frozen=True)
class Waits:
    """What open waits cost: megabytes and cores of the product, and what others' reads take beside them."""

    count: int
    megabytes: float
    cores: float
    alone: Sample
    beside: Sample

    def aims(self) -> list[Aim]:
        """Return the aims."""
        name = f"{self.count} open waits"
        return [
            Aim(f"{name}: MB", self.megabytes, 150),
            Aim(f"{name}: cores", self.cores, 0.1),
            Aim(f"{name}: reads' p95 to theirs alone", self.beside.p95 / self.alone.p95, 1.25),
        ]


def measure(house: House, database: str, *, calls: int, seconds: float) -> tuple[Rush, Waits]:
    """Measure the rush, then the waits, with one all-in-one."""
    house.clone(database, "bench_rush")
    with house.all_in_one("bench_rush") as whole:
        return _rush(house, whole), _waits(house, whole, calls=calls, seconds=seconds)


def _rush(house: House, whole: Server) -> Rush:
    cookies = [house.cookie(whole, "handler") | {"Accept": "text/html"} for _ in range(MANY[PAGES])]
    readers = [house.session_bearer(whole, "handler") for _ in range(10)]
    reporter = house.session_bearer(whole, "school-head")
    requests = {
        WAITS: [request("GET", f"/api/v1/events?after=now&wait={_WAIT}", readers[0])],
        PAGES: [request("GET", "/cases?view=open", each) for each in cookies],
        READS: [request("GET", "/api/v1/cases?limit=200&sort=next_due", each) for each in readers],
        WORDS: taken(words(a_word(house), "/api/v1/cases", reporter), MANY[WORDS]),
    }
    warm = [Stream(name, asked[:2], 0, 4) for name, asked in requests.items() if name in (PAGES, READS)]
    offer(whole.url, warm)
    told = offer(whole.url, [Stream(name, asked, 0, MANY[name]) for name, asked in requests.items()])
    told.pop(OWN_DELAY)
    return Rush(told)


def _waits(house: House, whole: Server, *, calls: int, seconds: float) -> Waits:
    bearer = house.session_bearer(whole, "handler")
    read = request("GET", "/api/v1/cases?sort=next_due&limit=40", bearer)

    def reads() -> Sample:
        return walk(whole.url, iter([read] * (calls + 1)), calls)

    reads()
    seconds = min(seconds, _WAIT / 2)
    alone, before, began = reads(), share_of(whole), whole.cpu()
    time.sleep(seconds)
    idle = whole.cpu() - began
    with _held(whole, request("GET", f"/api/v1/events?after=now&wait={_WAIT}", bearer)):
        time.sleep(_BEGINNING)
        began = whole.cpu()
        time.sleep(seconds)
        cores = (whole.cpu() - began - idle) / seconds
        held, beside = share_of(whole), reads()
    return Waits(OPEN_WAITS, held - before, max(0.0, cores), alone, beside)


@contextmanager
def _held(whole: Server, wait: bytes) -> Generator[None]:
    """Hold the waits for the block, and until they end by themselves."""
    streams = [Stream(WAITS, [wait], OPEN_WAITS / _BEGINNING * 2, OPEN_WAITS)]
    holding = Thread(target=offer, args=(whole.url, streams), daemon=True)
    holding.start()
    yield
    holding.join()
