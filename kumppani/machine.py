"""What we ask of the machine: doors into closed folders, closed files, processes, a free port."""

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import BinaryIO

from kumppani.account import Account
from kumppani.errors import SetupError


@contextlib.contextmanager
def door(account: Account, place: Path) -> Generator[tuple[Path, list[int]]]:
    """The path under which `account` can open `place`, and the open files its process must inherit for it.

    Below a closed folder (/root, a private temporary folder) a path by name is refused to an unprivileged
    account, but a folder that is already open can be reached through its handle.
    """
    if account.may_enter(place):
        yield place, []
        return
    if sys.platform != "linux":
        raise SetupError(
            f"PostgreSQL runs as the account {account.name}, which may not enter {place}: choose a folder "
            "that others may enter with VAR=, or start as an ordinary user."
        )
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield Path(f"/proc/self/fd/{handle}"), [handle]
    finally:
        os.close(handle)


def append_privately(path: Path) -> BinaryIO:
    """Open a file to append to it, which this account alone may read; one from before becomes so."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.fchmod(handle, 0o600)
    return os.fdopen(handle, "ab")


def inhabitants(data: Path, leader: int = 0) -> set[int]:
    """Processes that stand in `data`, as PostgreSQL's all do; without /proc the `leader` if it lives."""
    proc = Path("/proc")
    if not (proc / "self" / "cwd").exists():
        return {leader} if leader and _alive(leader) else set()
    home = data.resolve()
    found = set()
    for entry in proc.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == home:
                    found.add(int(entry.name))
    return found


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition; `False` when it did not come true in time."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def free_port(wanted: int = 0) -> int:
    """`wanted` if nobody listens there (any, for 0), else 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
        return int(probe.getsockname()[1])
