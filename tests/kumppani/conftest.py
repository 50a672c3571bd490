"""Runs the command line as a person would: a process of its own, with its own environment."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kumppani

ROOT = Path(kumppani.__file__).parents[1]
CommandLine = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**settings: str) -> dict[str, str]:
    """The environment without anything that tells Kumppani what to do, and with what is given."""
    ours = ("KUMPPANI_", "PORT", "VAR", "HOST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **settings}


@pytest.fixture
def command(tmp_path: Path) -> CommandLine:
    """`command("token", "admin", PORT="8123")`: run it in an empty folder; what it said and its exit code."""

    def run(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "kumppani", *arguments],
            cwd=tmp_path,
            env=environment(**settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run
