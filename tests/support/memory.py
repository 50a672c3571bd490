"""Folders for databases: in memory where there is much of it, since there nothing waits for a disk."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")
_ENOUGH: Final = 8 * 2**30
"""Bytes that have to be free: all databases of a run take a fifth of it."""


@contextmanager
def a_quick_folder(prefix: str) -> Generator[Path]:
    """Lend a folder that the unprivileged account of PostgreSQL may pass through.

    Pytest's own folders are closed to it.
    """
    place = _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place) as folder:
        path = Path(folder)
        path.chmod(0o711)
        yield path
