"""Folders for databases: the next run takes away what a killed one has left, and nothing that is in use."""

import subprocess
import sys
from pathlib import Path

from tests.support.memory import a_quick_folder
from tests.support.processes import ROOT, environment

_HOLDS_ONE = """
import sys
from tests.support.memory import a_quick_folder
with a_quick_folder("kumppani-tests-") as folder:
    (folder / "database").write_text("")
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_run_has_left_is_taken_away_and_what_is_in_use_stays() -> None:
    command = [sys.executable, "-c", _HOLDS_ONE]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        left = Path(run.stdout.readline().strip())
        with a_quick_folder("kumppani-tests-") as other:
            assert (left / "database").exists()
            run.kill()
            run.wait()
            assert (left / "database").exists()
            with a_quick_folder("kumppani-tests-"):
                assert not left.exists()
                assert other.exists()
