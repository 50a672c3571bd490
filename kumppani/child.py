"""Become the program and account named on the command line, and end when the parent ends.

Run by its path with `python -I -S child.py UID GID PARENT PROGRAM ARGUMENT…`; imports nothing after the
change of account, because that account may be unable to read Python's files. PARENT is the process whose
end ends the program, or 0. Only Linux can tell a child that its parent is gone; elsewhere the next start
finds the orphan.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _end_with(parent: int) -> None:
    """Ask the kernel for SIGINT (to PostgreSQL: a fast, clean shutdown) when `parent` is gone."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def main() -> None:
    uid, gid, parent = (int(argument) for argument in sys.argv[1:4])
    if uid != os.geteuid():
        os.setgroups([gid])
        os.setgid(gid)
        os.setuid(uid)
    if parent and sys.platform == "linux":
        # After the change of account, which clears the request.
        _end_with(parent)
    os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606 - the very purpose


if __name__ == "__main__":
    main()
