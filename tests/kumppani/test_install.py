"""What can go wrong before anything of ours runs: an old Python, no registry, no place to write."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one requirement that no registry has, and our script."""
    (tmp_path / "kumppani").mkdir()
    shutil.copy(ROOT / "kumppani" / "install.sh", tmp_path / "kumppani")
    (tmp_path / "requirements.lock").write_text(f"kumppani-has-no-such-package==1 --hash=sha256:{'0' * 64}\n")
    return tmp_path


def install(project: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", project / "kumppani" / "install.sh"],
        env={"PATH": os.environ["PATH"], "HOME": str(project), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_an_old_python_is_told_with_its_version(project: Path) -> None:
    old = project / "python3"
    old.write_text('#!/bin/sh\ncase "$2" in *exit*) exit 1;; *print*) echo " 3.9";; esac\n')
    old.chmod(0o755)
    done = install(project, PYTHON=str(old))
    assert done.returncode == 1
    assert done.stderr == (
        "kumppani: Kumppani needs Python 3.11 or newer, and this machine has only 3.9: "
        "install one, or name it with PYTHON=/path/to/python3.\n"
    )


def test_an_unreachable_registry_is_told_in_one_sentence_with_the_log_kept(project: Path) -> None:
    done = install(
        project,
        PYTHON=sys.executable,
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_RETRIES="0",
    )
    assert done.returncode == 1
    assert "The Python package registry cannot be reached" in done.stderr.splitlines()[-1]
    assert "127.0.0.1" in (project / "var" / "install.log").read_text()


def test_an_unwritable_folder_is_told_before_anything_is_made(project: Path) -> None:
    (project / "file").write_text("")
    done = install(project, VAR="file/var")
    assert done.returncode == 1
    assert done.stderr.startswith("kumppani: The folder file/var cannot be written")
    assert not (project / ".venv").exists()
