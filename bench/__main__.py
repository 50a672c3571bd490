"""Measures everything, prints the figures and writes bench/report.md.

    python -m bench            some 25 minutes: 1 000, 100 000 and 1 000 000 cases, 50 000 mixed requests
    python -m bench --quick    some five minutes: 1 000 and 20 000 cases, and no report written

Everything happens in a temporary folder and on 127.0.0.1: a private PostgreSQL with durable commits, the demo
city, the parts as processes of their own. All of it ends with the run.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench import clock, intake, memory, overload, pages, reading, rush
from bench.house import House, house
from bench.loader import grow
from bench.report import Measured, whole

LOOKS = 10
"""So often memory is looked at over time."""
REPORT = Path(__file__).with_name("report.md")


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    sizes: Sequence[int]
    rounds: int
    seconds: float
    """A turn of an intake."""
    read_rounds: int
    calls: int
    """Requests of one turn of a reading."""
    mixed: int
    over_time: int
    """Mixed requests over which memory is watched."""
    scenario: float
    """Seconds of a scenario with many at once."""
    computations: int


QUICK = Plan(
    sizes=(1_000, 20_000),
    rounds=2,
    seconds=1.0,
    read_rounds=2,
    calls=10,
    mixed=100,
    over_time=1_000,
    scenario=4.0,
    computations=500,
)
FULL = Plan(
    sizes=(1_000, 100_000, 1_000_000),
    rounds=5,
    seconds=1.5,
    read_rounds=6,
    calls=20,
    mixed=500,
    over_time=50_000,
    scenario=12.0,
    computations=2000,
)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures what Kumppani costs.")
    parser.add_argument("--quick", action="store_true", help="five minutes, smaller sizes, no report written")
    quick: bool = parser.parse_args().quick
    load, begun = os.getloadavg()[0], time.monotonic()
    with house() as built:
        run = _measure(built, QUICK if quick else FULL, quick=quick, load=load, begun=begun)
    text = whole(run)
    sys.stdout.write(text)
    if not quick:
        REPORT.write_text(text, encoding="utf-8")


def _measure(built: House, plan: Plan, *, quick: bool, load: float, begun: float) -> Measured:
    now = datetime.now(UTC)
    databases = {}
    template = "feedback"
    for size in plan.sizes:
        _say(begun, f"{size:,} cases")
        databases[size] = f"bench_{size}"
        built.clone(template, databases[size])
        grow(built.feedback_settings(databases[size]), size, now)
        template = databases[plan.sizes[0]]
    _say(begun, "memory")
    footprints = memory.measure(built, "feedback", plan.mixed)
    _say(begun, "intake")
    ways_in = intake.measure(built, template, rounds=plan.rounds, seconds=plan.seconds)
    _say(begun, "reading")
    readings = reading.measure(built, databases, rounds=plan.read_rounds, calls=plan.calls)
    _say(begun, "pages a second")
    some = databases[plan.sizes[1]]
    pages_a_second = pages.measure(built, some, seconds=plan.scenario / 3, calls=plan.calls)
    _say(begun, "the morning rush, and waits")
    crowd, waits = rush.measure(built, some, calls=plan.calls * 5, seconds=plan.scenario)
    _say(begun, "ten times too much")
    too_much = overload.measure(built, some, seconds=plan.scenario)
    _say(begun, "memory over time")
    lasting = memory.over_time(built, template, requests=plan.over_time, looks=LOOKS)
    _say(begun, "the clock of a case")
    due = clock.measure(plan.computations)
    with psycopg.connect(built.url("postgres")) as connection:
        version = connection.info.parameter_status("server_version") or "?"
    return Measured(
        day=now.date(),
        quick=quick,
        postgres=version.split()[0],
        load_before=load,
        load_after=os.getloadavg()[0],
        minutes=(time.monotonic() - begun) / 60,
        ways_in=ways_in,
        readings=readings,
        footprints=footprints,
        memory=lasting,
        pages=pages_a_second,
        rush=crowd,
        waits=waits,
        overload=too_much,
        clock=due,
    )


def _say(begun: float, what: str) -> None:
    sys.stderr.write(f"{time.monotonic() - begun:4.0f} s  {what}\n")


if __name__ == "__main__":
    main()
