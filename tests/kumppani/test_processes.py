"""Several processes on one socket: all serve, one that ends is started again, none outlives its keeper."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from kumppani.processes import default_count
from tests.support.processes import ROOT, environment
from tests.support.waiting import until

KEEPER = """
import os, socket, structlog, sys
from kumppani.errors import SetupError
from kumppani.processes import keep, orderly_end

structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
listening = socket.create_server(("127.0.0.1", 0))

def work(number, ready):
    if sys.argv[1] == "faulty" and number == 1:
        raise RuntimeError("it cannot")
    ready()
    while True:
        connection, _ = listening.accept()
        connection.sendall(f"{number} {os.getpid()}".encode())
        connection.close()

with orderly_end():
    try:
        keep(2, work, announce=lambda: print(listening.getsockname()[1], flush=True))
    except SetupError as error:
        print(error, flush=True)
"""


@contextmanager
def keeper(kind: str = "good") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A keeper of two processes, and the first line that it says: its port, or what is wrong."""
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER, kind],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def asked(port: str) -> dict[int, int]:
    """Ask often enough that both may answer; return the process id of each number that did."""
    found = {}
    for _ in range(20):
        with suppress(OSError), socket.create_connection(("127.0.0.1", int(port))) as connection:
            if answer := connection.recv(100).decode():
                number, pid = answer.split()
                found[int(number)] = int(pid)
    return found


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def both(port: str) -> dict[int, int]:
    seen: dict[int, int] = {}

    def answered() -> bool:
        seen.update(asked(port))
        return len(seen) == 2

    until(answered, "both processes to answer")
    return seen


def test_one_that_is_killed_is_started_again_while_the_other_serves() -> None:
    with keeper() as (_, port):
        first = both(port)
        os.kill(first[1], signal.SIGKILL)

        until(lambda: asked(port).get(1, first[1]) != first[1], "another process in its place")

        assert both(port)[0] == first[0]


def test_all_end_with_a_signal() -> None:
    with keeper() as (process, port):
        pids = both(port).values()
        process.terminate()

        assert process.wait(timeout=30) == 0
        assert not any(alive(pid) for pid in pids)


def test_none_outlives_a_keeper_that_was_killed() -> None:
    with keeper() as (process, port):
        pids = both(port).values()
        process.kill()
        process.wait()

        until(lambda: not any(alive(pid) for pid in pids), "the processes to end")


def test_one_that_cannot_begin_is_a_fault_of_the_set_up() -> None:
    with keeper("faulty") as (process, said):
        assert "ended before it answered" in said
        assert process.wait(timeout=30) == 0


def test_by_default_there_is_one_a_core_and_four_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert default_count() == 4
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert default_count() == 2
