"""A private Kumppani with the demo city in it, filled once in a run of the tests and copied for whoever asks.

Filling it takes longer than all else that a test of the whole product does.
"""

import fcntl
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from kumppani import databases
from kumppani.city import fill
from kumppani.home import Home
from kumppani.parts import OWNERS, owner_settings_of
from kumppani.postgres import PrivatePostgres
from tests.support.processes import ROOT, environment

TODAY: Final = date(2026, 10, 6)
CASES: Final = 240
"""A tenth of the demo's year of feedback: the same people, states and sites, sooner filled."""


def copy_of_the_city(factory: pytest.TempPathFactory, folder: Path) -> Path:
    """Copy the filled folder (`VAR`) to `folder`, which is not there yet; nothing runs in it."""
    root = factory.getbasetemp()
    if root.name.startswith("popen-"):  # a worker of pytest-xdist: the folder above is common to all
        root = root.parent
    original = root / "lived-in"
    with (root / "lived-in.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            # A process of its own, because the settings go into the environment.
            command = [sys.executable, "-m", __name__, str(original)]
            subprocess.run(command, cwd=ROOT, env=environment(), check=True)
    subprocess.run(["cp", "-a", original, folder], check=True)
    return folder


def make(folder: Path) -> None:
    """Make the city as `kumppani up` does, but quickly: a small one, and a crash means to begin again."""
    fresh = folder.with_name(f"{folder.name}.new")
    home = Home(fresh)
    home.postgres = PrivatePostgres(fresh / "postgres", durable=False)
    home.keys.make()
    with home.postgres:
        home.make_databases()
        home.enter()
        urls = {name: owner_settings_of(name).database_url.get_secret_value() for name in OWNERS}
        for name in urls:
            databases.migrate(name, home.postgres.owner_url(name))
        owner = home.postgres.owner_url("customers")
        databases.mark_demo(owner, "filling")
        fill(urls, today=TODAY, progress=lambda _: None, count=CASES)
        databases.mark_demo(owner, "filled")
    fresh.rename(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
