"""Folders for databases: in memory where there is much of it, since there nothing waits for a disk."""

import fcntl
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")
_ENOUGH: Final = 8 * 2**30
"""Bytes that have to be free: all databases of a run take a fifth of it."""
_HELD: Final = "held"
"""The file that is locked as long as a folder's process lives."""


@contextmanager
def a_quick_folder(prefix: str) -> Generator[Path]:
    """Lend a folder that the unprivileged account of PostgreSQL may pass through.

    Pytest's own folders are closed to it. What a killed run has left is taken away first.
    """
    place = Path(tempfile.gettempdir())
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        place = _MEMORY
    _take_away_abandoned(place)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place) as folder:
        path = Path(folder)
        path.chmod(0o711)
        with (path / "new").open("w") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX)
            (path / "new").rename(path / _HELD)  # nobody finds it before it is locked
            yield path


def _take_away_abandoned(place: Path) -> None:
    for held in place.glob(f"kumppani-*/{_HELD}"):
        with suppress(OSError), held.open() as mark:  # in use, gone meanwhile, or another account's
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(held.parent, ignore_errors=True)
