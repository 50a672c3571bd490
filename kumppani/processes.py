"""Several processes that serve from one socket, one for each core, and the one that keeps them running.

They are forked after the code was loaded and the product made, so they share its memory; nothing of that may
start a thread, which no fork takes along. The connections of a socket go to whichever process is free. The
keeper has no threads and no event loop: it starts again what ended, and takes all with it when it ends.
"""

import contextlib
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from types import FrameType
from typing import Final, NoReturn

import structlog

from kumppani.errors import SetupError

log = structlog.get_logger()
MOST_BY_DEFAULT: Final = 4
_QUICK_END: Final = 5.0
"""A process that ended sooner is not started again at once, but a second later."""
_LAST_SECONDS: Final = 3.5
"""How long processes get to end by themselves; each gives its open requests a second."""
Tell = Callable[[], None]
Work = Callable[[int, Tell], None]
"""Serves as the process of this number; calls `Tell` once it answers."""


def default_count() -> int:
    """One process a core, four at most."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_BY_DEFAULT)


@contextlib.contextmanager
def orderly_end() -> Generator[None]:
    """Let every wish to end us come as `KeyboardInterrupt`, so that what was started is stopped."""

    def interrupt(number: int, _: FrameType | None) -> None:
        raise KeyboardInterrupt(number)

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, interrupt)
    yield


def keep(count: int, work: Work, *, announce: Tell, every_second: Tell = lambda: None) -> None:
    """Run so many processes until a signal comes as `KeyboardInterrupt`; `announce` when all of them answer.

    Raises:
        SetupError: one of them ended before it ever answered.
    """
    # Standard output is for what is announced; the processes log where they are made to.
    structlog.reset_defaults()  # what was loaded or made before may have set it otherwise
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    processes = [_Process(number, work) for number in range(count)]
    try:
        for each in processes:
            each.start()
        for each in processes:
            each.wait_ready()
        announce()
        while True:
            for each in _ended(processes, within=1.0):
                log.error("process.ended", number=each.number, status=each.reap())
                if time.monotonic() - each.started < _QUICK_END:
                    time.sleep(1)
                each.start()
            every_second()
    except KeyboardInterrupt:
        pass
    finally:
        _end(processes)


@dataclass
class _Process:
    number: int
    work: Work
    pid: int = 0
    said: int = -1
    """Our end of the pipe on which it says that it is ready, and whose end tells of its own."""
    held: int = -1
    """Our end of the pipe whose end tells it of ours."""
    started: float = 0.0

    def start(self) -> None:
        """Fork; does not return in the new process."""
        sys.stdout.flush()
        self.said, saying = os.pipe()
        hearing, self.held = os.pipe()
        self.started = time.monotonic()
        self.pid = os.fork()
        if self.pid:
            os.close(saying)
            os.close(hearing)
            return
        os.close(self.said)
        os.close(self.held)
        self._run(saying, hearing)

    def _run(self, saying: int, hearing: int) -> NoReturn:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        threading.Thread(target=_end_with, args=(hearing,), daemon=True).start()
        status = 1
        try:
            self.work(self.number, lambda: _say(saying))
            status = 0
        except KeyboardInterrupt:
            status = 0
        except BaseException:
            log.exception("process.failed", number=self.number)
        finally:
            # Not an ordinary exit: the keeper's clean-up is not ours, and a job's thread cannot be stopped.
            os._exit(status)

    def wait_ready(self) -> None:
        """Return when it answers."""
        if not os.read(self.said, 1):
            raise SetupError(
                f"A serving process ended before it answered (status {self.reap()}): see the log."
            )

    def reap(self) -> int:
        """Take its exit status after its end; negative is the signal that ended it."""
        _, status = os.waitpid(self.pid, 0)
        os.close(self.said)
        os.close(self.held)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)


def _say(saying: int) -> None:
    os.write(saying, b".")


def _end_with(hearing: int) -> None:
    """End at once when the keeper did, however it ended: nobody else would ever end this process."""
    os.read(hearing, 1)
    os.kill(os.getpid(), signal.SIGKILL)


def _ended(processes: list[_Process], *, within: float) -> list[_Process]:
    """Wait so many seconds for processes to end; return those that did."""
    alive = {each.said: each for each in processes if each.pid}
    readable, _, _ = select.select(alive, [], [], within)
    return [alive[said] for said in readable if not os.read(said, 1)]


def _end(processes: list[_Process]) -> None:
    """Ask all to end, and end those that do not."""
    with contextlib.suppress(KeyboardInterrupt):
        _signal(processes, signal.SIGTERM)
        until = time.monotonic() + _LAST_SECONDS
        while any(each.pid for each in processes) and time.monotonic() < until:
            for each in _ended(processes, within=0.2):
                each.reap()
    _signal(processes, signal.SIGKILL)
    for each in processes:
        if each.pid:
            each.reap()


def _signal(processes: list[_Process], number: signal.Signals) -> None:
    for each in processes:
        if each.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each.pid, number)
