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


def test_what_left_the_lock_is_taken_away_and_what_it_names_stays(project: Path) -> None:
    """With a Python that has one package more, and writes down what is asked of its pip."""
    (project / "requirements.lock").write_text("kept-one==1 ; sys_platform != 'win32' \\\n    --hash=x\n")
    for name in ("Kept_One", "gone.package"):
        place = project / "site" / f"{name}-1.dist-info"
        place.mkdir(parents=True)
        (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    shutil.copy(ROOT / "kumppani" / "left_over.py", project / "kumppani")
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        f'#!/bin/sh\ncase "$*" in *pip*) echo "$*" >>pip.asked;; '
        f'*) PYTHONPATH=site exec {sys.executable} -S "$@";; esac\n'
    )
    python.chmod(0o755)

    done = install(project)

    assert done.returncode == 0, done.stderr
    asked = (project / "pip.asked").read_text().splitlines()
    assert asked[-1] == "-m pip uninstall --disable-pip-version-check --yes gone-package"
    assert "no longer in requirements.lock: gone-package …" in done.stderr


def test_an_unwritable_folder_is_told_before_anything_is_made(project: Path) -> None:
    (project / "file").write_text("")
    done = install(project, VAR="file/var")
    assert done.returncode == 1
    assert done.stderr.startswith("kumppani: The folder file/var cannot be written")
    assert not (project / ".venv").exists()
