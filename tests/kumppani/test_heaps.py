"""The heaps of a process that serves."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

_COUNT = """
import ctypes, sys, threading
from kumppani.heaps import share_heaps
if sys.argv[1] == "shared":
    share_heaps()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(8)
def use():
    together.wait()
    libc.malloc(1000)
    together.wait()
threads = [threading.Thread(target=use) for _ in range(8)]
[each.start() for each in threads]
[each.join() for each in threads]
told = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, told)
libc.fclose(told)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives each thread a heap")
def test_threads_share_heaps(tmp_path: Path) -> None:
    heaps = {}
    for how in ("shared", "own"):
        subprocess.run([sys.executable, "-c", _COUNT, how, tmp_path / how], check=True)
        heaps[how] = (tmp_path / how).read_text().count("<heap nr=")
    assert heaps["shared"] <= 2 < heaps["own"]
