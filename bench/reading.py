"""Reading at several sizes of the city's memory: queue, case and search, as JSON and as a page.

All sizes run at once and are asked in turns, so that whatever else the machine does meets them alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import cycle
from statistics import median
from urllib.parse import quote

import psycopg

from bench.calls import Request, Sample, request, walk
from bench.house import House, Server

SERVICE, GATEWAY, PAGE = "service", "gateway", "page"
QUEUE, CASE, SEARCH, FORM = "queue", "case", "search, a frequent word", "form"
_HANDLER_QUEUE = "sort=next_due&limit=40"


@dataclass(frozen=True)
class Read:
    """Something that is read, where, and by whom; `paths` are asked one after the other."""

    what: str
    where: str
    person: str
    paths: Callable[["World"], Sequence[str]]


@dataclass
class World:
    """The product over one feedback database of so many cases."""

    size: int
    database: str
    service: Server
    whole: Server
    cases: Sequence[str]
    references: Sequence[str]


@dataclass
class Reading:
    """What a read took at each size; one sample a round."""

    read: Read
    samples: dict[int, list[Sample]] = field(default_factory=dict)

    def all(self, size: int) -> Sample:
        """Return all rounds as one."""
        first, *others = self.samples[size]
        return sum(others, first)

    def growth(self, small: int, large: int) -> float:
        """Return how many times longer the larger takes: the median of the rounds' medians."""
        pairs = zip(self.samples[large], self.samples[small], strict=True)
        return median(more.p50 / less.p50 for more, less in pairs)


def _fixed(path: str) -> Callable[[World], Sequence[str]]:
    return lambda _: [path]


def _cases(prefix: str) -> Callable[[World], Sequence[str]]:
    return lambda world: [f"{prefix}/{each}" for each in world.cases]


READS = (
    Read(QUEUE, SERVICE, "handler", _fixed(f"/v1/cases?{_HANDLER_QUEUE}")),
    Read(QUEUE, GATEWAY, "handler", _fixed(f"/api/v1/cases?{_HANDLER_QUEUE}")),
    Read(QUEUE, PAGE, "handler", _fixed("/cases?view=open")),
    Read(CASE, SERVICE, "handler", _cases("/v1/cases")),
    Read(CASE, GATEWAY, "handler", _cases("/api/v1/cases")),
    Read(CASE, PAGE, "handler", _cases("/cases")),
    Read(SEARCH, SERVICE, "handler", _fixed("/v1/search?q=lounas&limit=50")),
    Read(SEARCH, GATEWAY, "handler", _fixed("/api/v1/search?q=lounas&limit=50")),
    Read(SEARCH, PAGE, "handler", _fixed("/search?q=lounas")),
    Read(FORM, PAGE, "school-head", _fixed("/feedback/new")),
    Read("search, two words", SERVICE, "handler", _fixed(f"/v1/search?q={quote('lounas myöhässä')}")),
    Read(
        "search, a word nobody wrote",
        SERVICE,
        "handler",
        _fixed(f"/v1/search?q={quote('jäähile')}"),
    ),
    Read(
        "search, a reference",
        SERVICE,
        "handler",
        lambda world: [f"/v1/search?q={each}" for each in world.references],
    ),
    Read(SEARCH, "service, a site's head", "school-head", _fixed("/v1/search?q=lounas&limit=50")),
    Read(SEARCH, "service, a contract's contact", "contract-contact", _fixed("/v1/search?q=lounas&limit=50")),
    Read(SEARCH, "service, an account's manager", "account-manager", _fixed("/v1/search?q=lounas&limit=50")),
    Read("queue's counts", SERVICE, "handler", _fixed("/v1/cases/counts")),
    Read("newest", SERVICE, "handler", _fixed("/v1/cases?sort=newest&limit=40")),
    Read(QUEUE, "service, a site's head", "school-head", _fixed(f"/v1/cases?{_HANDLER_QUEUE}")),
    Read(QUEUE, "service, a contract's contact", "contract-contact", _fixed(f"/v1/cases?{_HANDLER_QUEUE}")),
    Read(
        "newest",
        "service, a contract's contact",
        "contract-contact",
        _fixed("/v1/cases?sort=newest&limit=40"),
    ),
)


def measure(
    house: House, databases: Mapping[int, str], *, rounds: int, calls: int, reads: Sequence[Read] = READS
) -> list[Reading]:
    """Read everything at every size, in turns, and return what it took."""
    with ExitStack() as stack:
        worlds = [
            World(
                size,
                database,
                stack.enter_context(house.service(database)),
                stack.enter_context(house.all_in_one(database)),
                *_picked(house, database),
            )
            for size, database in databases.items()
        ]
        readings = [Reading(read) for read in reads]
        sessions = {each.person: house.session(worlds[0].whole, each.person) for each in reads}
        for number in range(rounds + 1):  # the first round warms up
            for reading in readings:
                for world in worlds:
                    sample = _ask(house, world, reading.read, sessions, calls)
                    if number:
                        reading.samples.setdefault(world.size, []).append(sample)
    return readings


def _ask(house: House, world: World, read: Read, sessions: Mapping[str, str], calls: int) -> Sample:
    if read.where == PAGE:
        headers = {"Cookie": f"kumppani_session={sessions[read.person]}", "Accept": "text/html"}
    elif read.where == GATEWAY:
        headers = {"Authorization": f"Bearer {sessions[read.person]}", "Accept-Language": "fi"}
    else:
        headers = house.bearer(read.person)
    server = world.whole if read.where in (PAGE, GATEWAY) else world.service
    before = server.cpu()
    sample = walk(server.url, _requests(read.paths(world), headers), calls)
    return replace(sample, cpu=server.cpu() - before)


def _requests(paths: Sequence[str], headers: Mapping[str, str]) -> Iterator[Request]:
    return (request("GET", path, headers) for path in cycle(paths))


def _picked(house: House, database: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return ids of cases, open and closed by turns and spread over all, and references of some."""
    with psycopg.connect(house.url(database)) as connection:
        halves = [
            connection.execute(
                "select id::text, reference from feedback_case where open = %s"
                " order by md5(id::text) limit 30",
                [is_open],
            ).fetchall()
            for is_open in (True, False)
        ]
    rows = [row for pair in zip(*halves, strict=True) for row in pair]
    return [row[0] for row in rows], [row[1] for row in rows]
