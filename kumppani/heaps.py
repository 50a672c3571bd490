"""The heaps of a process that serves: two for all its threads."""

import contextlib
import ctypes
from typing import Final

_M_ARENA_MAX: Final = -8
"""The name in malloc.h of how many heaps there are at most."""
_HEAPS: Final = 2


def share_heaps() -> None:
    """Have this process's threads share two heaps.

    glibc gives each thread its own (eight a core at most), and what is free in one is of no use to the
    others: after 1 000 requests (reads of long lists, words, other reads) all parts in one process took 209
    and 217 MB with those, 190 and 191 MB with two. Python's threads allocate one at a time, so nothing is
    lost by sharing. Other C libraries have no such setting.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)
