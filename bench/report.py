"""Writes down what was measured: the aims first, met or missed, then every figure."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import psutil  # type: ignore[import-untyped]  # ships no types

from bench import intake, reading
from bench.aims import Aim
from bench.intake import CLIENTS, Subject
from bench.loader import LEAST_OPEN
from bench.memory import Footprint, OverTime
from bench.overload import Overload
from bench.pages import Pages
from bench.reading import Reading
from bench.rush import Rush, Waits

SHARE_OF_FLOOR = 0.5
PAGE_MS = 40.0
GROWTH = 1.3
MEMORY_MB = 300.0
GATEWAY_RATE = 600.0
GATEWAY_CPU = 2.5
PAGE_CPU = {reading.QUEUE: 10.0, reading.SEARCH: 10.0, reading.CASE: 7.0, reading.FORM: 7.0}
SEARCH_MS = 100.0
_RECEIVING = """\
Each way in takes turns with the floors, in one run against one server with durable commits. A ratio is the
median of the rounds' ratios; 1 is as many words a second as the floor. The floors store the same three rows
(case, log entry, event) in tables with the same indexes: a bare FastAPI endpoint with psycopg by hand, served
as our parts are, once as `def` and once as `async def`, and pgbench without any Python. They check no token,
keep no idempotency key, look up no handler and compute no promised times; the service does. The all-in-one
is gateway, pages, services and workers in one process. *CPU* is what the asked process itself computed for a
word, without PostgreSQL and the analyser of words: unlike times it hardly depends on what else the machine
does; the all-in-one's includes what its workers do with earlier words meanwhile. *Refused* words were
answered with 503 (a part took longer than its neighbour waits) and would be sent again with their key."""
_READING = f"""\
One user, one request after the other, all sizes in turns. Two cases in a hundred are open (at least
{LEAST_OPEN}), the others closed over up to twenty years; cases read are open and closed by turns. *Growth* is
the largest to the smallest size: the median of the rounds' ratios of medians. *CPU* is without PostgreSQL
and the analyser of Finnish words: a process that starts once, for half a second of a core, in each serving
process that is asked for a word which no case holds."""
_MEMORY = """\
Proportional shares of all processes of the all-in-one with its workers, a process a core, and of
PostgreSQL's. The analyser of Finnish words is one process for all of them that ends soon after the last new
word.
"""
_PAGES = """\
One person and eight, each asking for one page after the other, beside a page of the same kind and about the
same length that bare Starlette and Jinja render from a ready dict, by as many processes."""
_RUSH = """\
At once: thirty people open the queue, others read lists of 200 cases and send words, and a hundred wait for
news. Then a thousand wait while nothing happens, and one person reads beside them."""
_OVERLOAD = """\
What it can do of each alone, by eight clients who ask one after the other; then twice as many words, six
times as many pages and twice as many programs at once, whether answers come or not. In both, who sends has a
core of its own and the product with PostgreSQL the others: senders are other people's machines. Refusals are
503 with Retry-After."""


@dataclass(frozen=True)
class Measured:
    """Everything of one run; loads are the machine's one-minute averages before and after."""

    day: date
    quick: bool
    postgres: str
    load_before: float
    load_after: float
    minutes: float
    ways_in: Sequence[Subject]
    readings: Sequence[Reading]
    footprints: Sequence[Footprint]
    memory: OverTime
    pages: Pages
    rush: Rush
    waits: Waits
    overload: Overload
    clock: Mapping[str, float]


def aims(run: Measured) -> list[Aim]:
    """Return every aim with what was measured."""
    found = []
    by_name = {each.name: each for each in run.ways_in}
    for clients in CLIENTS:
        ratios = {
            name: by_name[intake.SERVICE].ratio(by_name[name], clients)
            for name in (intake.FLOOR, intake.FLOOR_ASYNC)
        }
        stricter = min(ratios, key=lambda name: ratios[name])
        name = f"intake at the service, {_clients(clients)}, of the {stricter}"
        found.append(Aim(name, ratios[stricter], SHARE_OF_FLOOR, least=True))
    through = by_name[intake.GATEWAY]
    found += [
        Aim("intake through the gateway, 8 clients, a second", through.rate(8), GATEWAY_RATE, least=True),
        Aim("intake through the gateway, 8 clients, CPU ms", through.all(8).cpu_each, GATEWAY_CPU),
    ]
    for each in run.readings:
        small, large = min(each.samples), max(each.samples)
        if each.read.where == reading.PAGE and each.read.what in (reading.QUEUE, reading.CASE):
            for size in each.samples:
                name = f"{each.read.what} page, {_thousands(size)} cases, p95 in ms"
                found.append(Aim(name, each.all(size).p95, PAGE_MS))
            name = f"{each.read.what} page, {_thousands(large)} cases to {_thousands(small)}"
            found.append(Aim(name, each.growth(small, large), GROWTH))
        if each.read.where == reading.PAGE and (bound := PAGE_CPU.get(each.read.what)):
            middle = sorted(each.samples)[len(each.samples) // 2]
            name = f"{each.read.what} page, {_thousands(middle)} cases, CPU ms"
            found.append(Aim(name, each.all(middle).cpu_each, bound))
        if each.read.what == reading.SEARCH and each.read.where.startswith(reading.SERVICE):
            name = f"search at {_thousands(large)} cases, {each.read.person}, p95 in ms"
            found.append(Aim(name, each.all(large).p95, SEARCH_MS))
    found += [Aim(f"all-in-one {each.when}, MB", each.product, MEMORY_MB) for each in run.footprints]
    scenarios = (run.pages, run.rush, run.waits, run.overload, run.memory)
    return found + [aim for scenario in scenarios for aim in scenario.aims()]


def whole(run: Measured) -> str:
    """Return the report (Markdown)."""
    return "\n\n".join(
        [
            "# What Kumppani costs",
            _headline(run),
            _table(("what", "measured", "aim", ""), [aim.row for aim in aims(run)]),
            "## Receiving a word",
            _RECEIVING,
            _reachable(run),
            _ways_in(run.ways_in),
            "## Reading",
            _READING,
            _readings(run.readings),
            "## Pages a second",
            _PAGES,
            _table(("", "people", "a second", "p95 ms", "bare", "of the bare page"), run.pages.rows()),
            "## Many at once",
            _RUSH,
            _table(("", "asked", "refused", "p95 ms"), run.rush.rows()),
            _waits(run.waits),
            "## Ten times too much",
            _OVERLOAD,
            _table(
                (
                    *("", "best a second", "offered", "answered", "p95 ms"),
                    *("refused", "p95 ms", "no answer"),
                ),
                run.overload.rows(),
            ),
            f"Who sends is late by {run.overload.own_delay:.0f} ms itself (p95): a part of these times.",
            "## Memory",
            _MEMORY,
            _footprints(run.footprints),
            _table(
                ("mixed requests", "all-in-one, MB"),
                [(_thousands(count), f"{megabytes:.0f}") for count, megabytes in run.memory.points],
            ),
            "## The clock of a case",
            _table(
                ("both due instants", "µs"), [(name, f"{micros:.0f}") for name, micros in run.clock.items()]
            ),
            "",
        ]
    )


def _headline(run: Measured) -> str:
    memory = psutil.virtual_memory().total / 1_073_741_824
    command = "python -m bench --quick" if run.quick else "make bench"
    return (
        f"Measured {run.day.isoformat()} in {run.minutes:.0f} minutes by `{command}`, which repeats it.\n"
        f"The machine: {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, PostgreSQL {run.postgres}. Its load was {run.load_before:.1f} "
        f"before and {run.load_after:.1f} after (one-minute averages; a run by itself makes about 2).\n"
        "A higher load means that others were at work: then believe CPU and growth more than times."
    )


def _waits(waits: Waits) -> str:
    row = (
        f"{waits.count}",
        f"{waits.megabytes:.0f}",
        f"{waits.cores:.2f}",
        f"{waits.alone.p95:.1f}",
        f"{waits.beside.p95:.1f}",
    )
    return _table(("open waits", "MB", "cores", "a read alone, p95 ms", "beside them, p95 ms"), [row])


def _footprints(footprints: Sequence[Footprint]) -> str:
    rows = [
        (
            each.when,
            f"{each.product:.0f}",
            f"{each.analyser:.0f}",
            f"{each.postgres:.0f}",
            f"{each.product + each.analyser + each.postgres:.0f}",
        )
        for each in footprints
    ]
    return _table(("", "all-in-one, MB", "analyser of words, MB", "PostgreSQL, MB", "together, MB"), rows)


def _ways_in(ways: Sequence[Subject]) -> str:
    floors = [each for each in ways if each.name in (intake.FLOOR, intake.FLOOR_ASYNC, intake.PGBENCH)]
    heads = (
        "",
        "clients",
        "a second",
        "p50 ms",
        "p95 ms",
        "CPU ms",
        "refused",
        *(f"of {each.name}" for each in floors),
    )
    rows = []
    for clients in CLIENTS:
        for each in ways:
            sample = each.all(clients)
            told = (f"{sample.p95:.1f}", f"{sample.cpu_each:.2f}", f"{sample.refused}")
            if each.name == intake.PGBENCH:  # it tells averages only
                told = ("–", "–", "–")
            ratios = (f"{each.ratio(floor, clients):.2f}" for floor in floors)
            rows.append(
                (each.name, str(clients), f"{each.rate(clients):.0f}", f"{sample.p50:.1f}", *told, *ratios)
            )
    return _table(heads, rows)


def _readings(readings: Sequence[Reading]) -> str:
    sizes = sorted(readings[0].samples)
    heads = ("", "at", *(f"{_thousands(size)}: p50 / p95 / CPU ms" for size in sizes), "growth")
    rows = []
    for each in readings:
        samples = [each.all(size) for size in sizes]
        cells = (f"{each.p50:.1f} / {each.p95:.1f} / {each.cpu_each:.1f}" for each in samples)
        rows.append((each.read.what, each.read.where, *cells, f"{each.growth(sizes[0], sizes[-1]):.2f}"))
    return _table(heads, rows)


def _reachable(run: Measured) -> str:
    """Return what the aim through the gateway is of what the bare endpoint reached in this very run."""
    bare = next(each for each in run.ways_in if each.name == intake.FLOOR_ASYNC).rate(8)
    share = GATEWAY_RATE / bare
    return (
        f"{GATEWAY_RATE:.0f} words a second through the gateway would be {share:.2f} of what the bare one "
        "reached in this run\nby one process. Senders, PostgreSQL and the product share the machine's cores."
    )


def _clients(number: int) -> str:
    return "1 client" if number == 1 else f"{number} clients"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns also stand in line when read as plain text."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [heads, ["-" * max(width, 3) for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
