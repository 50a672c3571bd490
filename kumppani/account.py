"""The account PostgreSQL runs as: our own, or an unprivileged one when root starts us."""

import os
import pwd
import stat
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kumppani.errors import SetupError

# Unprivileged accounts that machines commonly have, the most fitting first.
_USUAL_NAMES = ("postgres", "_postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who runs a program: user and group ids; `privileged` tells that nothing can be hidden from it."""

    uid: int
    gid: int
    name: str

    @property
    def is_ours(self) -> bool:
        """Whether it is the account this process already runs as."""
        return self.uid == os.geteuid()

    def may_enter(self, path: Path) -> bool:
        """Whether every folder on the way to `path`, and `path` itself, lets this account through.

        Reads mode bits only; access lists that say otherwise are rare and only cost a copy.
        """
        return self.is_ours or all(self._may_pass(place) for place in _way_to(path))

    def own(self, *paths: Path) -> None:
        """Give the files or folders to this account (root only; a no-op when it is our own)."""
        if not self.is_ours:
            for path in paths:
                os.chown(path, self.uid, self.gid)

    def command(self, arguments: Sequence[str | Path], *, until_parent_ends: bool = False) -> list[str]:
        """The command line that runs `arguments` as this account.

        It goes through `child.py`, run by its path in an isolated interpreter, instead of a hook between
        fork and exec: such a hook is not safe in a process with threads.
        """
        child = Path(__file__).with_name("child.py")
        options = [str(self.uid), str(self.gid), str(os.getpid() if until_parent_ends else 0)]
        return [sys.executable, "-I", "-S", str(child), *options, *map(str, arguments)]

    def _may_pass(self, place: Path) -> bool:
        status = place.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def account_for(data: Path) -> Account:
    """The account that is to own and serve the data folder `data`.

    Ours, unless we are root: PostgreSQL refuses root, so the owner of existing data, else a usual
    unprivileged account of the machine. Raises `SetupError` if the data belong to somebody else.
    """
    ours = os.geteuid()
    if data.exists():
        owner = data.stat()
        if owner.st_uid == ours and ours != 0:
            return Account(ours, owner.st_gid, _name_of(ours))
        if ours != 0:
            raise SetupError(
                f"The database in {data} belongs to the account {_name_of(owner.st_uid)}: "
                f"start as that account or as root, or choose another folder with VAR=."
            )
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid, _name_of(owner.st_uid))
    if ours != 0:
        return Account(ours, os.getegid(), _name_of(ours))
    return _unprivileged(pwd.getpwall())


def _unprivileged(entries: Iterable[pwd.struct_passwd]) -> Account:
    known = {entry.pw_name: entry for entry in entries if entry.pw_uid != 0}
    for entry in [known[name] for name in _USUAL_NAMES if name in known] or list(known.values()):
        return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)
    raise SetupError(
        "PostgreSQL does not run as root and this machine has no other account: "
        "add one (useradd --system postgres) or start as an ordinary user."
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _way_to(path: Path) -> list[Path]:
    real = path.resolve()
    return [real, *real.parents] if real.is_dir() else list(real.parents)
