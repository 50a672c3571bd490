"""Ten times what the all-in-one can: who is served, who is refused and how soon, and what memory it takes.

Who sends stands for other machines, so it has a core of its own where there are several; the product and its
database have the others, also while what they can is measured. Else a tenfold offer would be paid by them.
"""

import os
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import repeat

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.aims import Aim
from bench.calls import request, rush
from bench.house import House, tree
from bench.intake import a_word, words
from bench.memory import share_of
from bench.open_loop import NOTHING, OWN_DELAY, Answers, Stream, offer, taken, together

WORDS, PAGES, PROGRAMS = "words of feedback", "queue pages", "the feed without waiting"
TIMES = {WORDS: 2.0, PAGES: 6.0, PROGRAMS: 2.0}
"""How many times what it can do of each alone is offered: ten times together."""
_CALM_SECONDS = 5.0
_CLIENTS = 8
_GOOD = (200, 201)
_REFUSED = 503


@dataclass(frozen=True)
class Overload:
    """What was measured; megabytes are the product's proportional share."""

    seconds: float
    best: dict[str, float]
    """How many a second of each kind alone, by eight who ask one after the other."""
    told: dict[str, Answers]
    own_delay: float
    """Milliseconds (p95) by which who sends is late itself: part of every time measured here."""
    before: float
    during: float
    after: float

    @property
    def kept(self) -> float:
        """Return the rate of words taken in, as a share of the best."""
        return self.told[WORDS].count(*_GOOD) / self.seconds / self.best[WORDS]

    def aims(self) -> list[Aim]:
        """Return the aims."""
        all_told = together(self.told)
        otherwise = all_told.asked - all_told.count(*_GOOD, _REFUSED)
        return [
            Aim("overload ×10: words taken in, of the best rate", self.kept, 0.8, least=True),
            Aim("overload ×10: refusals, p95 in ms", all_told.p95(_REFUSED), 100),
            Aim("overload ×10: neither answered nor refused", otherwise, 0),
            Aim("overload ×10: memory grows by, MB", self.during - self.before, 100),
            Aim("overload ×10: memory 5 s later above before, MB", self.after - self.before, 30),
        ]

    def rows(self) -> list[Sequence[str]]:
        """Return a row a kind: offered, answered, refused and how soon."""
        return [
            (
                name,
                f"{self.best[name]:.0f}",
                f"{answers.asked / self.seconds:.0f}",
                f"{answers.count(*_GOOD) / self.seconds:.0f}",
                f"{answers.p95(*_GOOD):.0f}",
                f"{answers.count(_REFUSED) / self.seconds:.0f}",
                f"{answers.p95(_REFUSED):.0f}",
                f"{answers.count(NOTHING)}",
            )
            for name, answers in self.told.items()
        ]


def measure(house: House, database: str, *, seconds: float) -> Overload:
    """Measure what it can do of each kind, then offer ten times that."""
    house.clone(database, "bench_overload")
    with _cores_apart(house) as take_own, house.all_in_one("bench_overload") as whole:
        take_own()
        page = request("GET", "/cases?view=open", house.cookie(whole, "handler") | {"Accept": "text/html"})
        feed = request("GET", "/api/v1/events?after=now", house.session_bearer(whole, "handler"))
        reporter = house.session_bearer(whole, "school-head")
        word = a_word(house)
        best = {}
        for name, asked, good in (
            (WORDS, lambda: words(word, "/api/v1/cases", reporter), 201),
            (PAGES, lambda: repeat(page), 200),
            (PROGRAMS, lambda: repeat(feed), 200),
        ):
            for part in (0.2, 0.3):  # the first warms up
                sample = rush(whole.url, asked, clients=_CLIENTS, seconds=part * seconds, good=good)
            best[name] = sample.rate
        counts = {name: round(TIMES[name] * rate * seconds) for name, rate in best.items()}
        requests = {
            WORDS: taken(words(word, "/api/v1/cases", reporter), counts[WORDS]),
            PAGES: [page],
            PROGRAMS: [feed],
        }
        streams = [Stream(name, requests[name], counts[name] / seconds, counts[name]) for name in TIMES]
        time.sleep(_CALM_SECONDS)
        before, at_work = share_of(whole), []

        def look() -> None:
            for _ in range(3):
                time.sleep(seconds / 4)
                at_work.append(share_of(whole))

        told = offer(whole.url, streams, look)
        own = told.pop(OWN_DELAY)
        time.sleep(_CALM_SECONDS)
        return Overload(seconds, best, told, own.p95(NOTHING), before, max(at_work), share_of(whole))


@contextmanager
def _cores_apart(house: House) -> Generator[Callable[[], None]]:
    """Have the database, and what is started from now on, leave one core free; yields how to move there."""
    if not hasattr(os, "sched_setaffinity"):
        yield lambda: None
        return
    cores = os.sched_getaffinity(0)
    own = {max(cores)}
    others = cores - own or own

    def put_database(where: set[int]) -> None:
        for each in tree(house.home.postgres.pid or 0):
            with suppress(psutil.NoSuchProcess):
                each.cpu_affinity(sorted(where))

    put_database(others)
    os.sched_setaffinity(0, others)
    try:
        yield lambda: os.sched_setaffinity(0, own)
    finally:
        os.sched_setaffinity(0, cores)
        put_database(cores)
