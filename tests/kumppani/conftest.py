"""Runs the command line as a person would: a process of its own, with its own environment."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.processes import environment

CommandLine = Callable[..., "subprocess.CompletedProcess[str]"]


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
