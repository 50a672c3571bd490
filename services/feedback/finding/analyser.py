"""Asks the analyser of Finnish words, a process of its own that is started when it is needed."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Final

import structlog

log = structlog.get_logger()
_PROGRAM: Final = "services.feedback.finding.voikko"
_REST: Final = 60.0
"""Seconds without an analyser after one failed, so that each search does not start another."""
_LOOK_SECONDS: Final = 0.01
"""Between two looks whether the shared one that was just started answers yet."""


@dataclass(frozen=True)
class Analysis:
    """What a Finnish word may be; both empty for a word that is not Finnish."""

    wholes: tuple[str, ...] = ()
    """Basic forms of the whole word."""
    inside: tuple[str, ...] = ()
    """Basic forms of its parts and of what it is derived from."""


class Silent(Exception):
    """The analyser did not answer in time."""


class Broken(Silent):
    """The analyser cannot be started, or ends instead of answering."""


class Analyser:
    """A line to the analyser's process, for one question at a time.

    The process ends by itself after ``idle`` seconds without a question and is started again by the next one.
    One that does not answer in time goes on starting; one that fails is left alone for a minute. All that
    ask ``at`` the same socket share one process.
    """

    def __init__(
        self,
        *,
        idle: float = 300.0,
        at: Path | None = None,
        command: Sequence[str] = (sys.executable, "-m", _PROGRAM),
    ) -> None:
        self._command = [*command, str(idle), *([str(at)] if at else [])]
        self._at = at
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._unanswered = b""
        self._owed = 0
        """Answers that are still to come to questions nobody waits for any more."""
        self._resting_until = 0.0

    def ask(self, words: Sequence[str], *, within: float) -> list[Analysis]:
        """Return the analysis of each word.

        Raises:
            Silent: there was no answer within so many seconds.
            Broken: there will be none for a while.
        """
        until = time.monotonic() + within
        if not self._lock.acquire(timeout=within):
            raise Silent
        try:
            if self._resting_until > time.monotonic():
                raise Broken
            question = json.dumps([*words]).encode() + b"\n"
            for _ in range(2):  # it may have ended for want of questions just now
                try:
                    return self._answer(question, until)
                except TimeoutError as error:
                    raise Silent from error
                except (OSError, EOFError, ValueError) as error:
                    failure = error
                    self._end()
            self._resting_until = time.monotonic() + _REST
            log.error("words.analyser_failed", error=repr(failure))
            raise Broken from failure
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process, if there is one; a shared one ends when the last has left it."""
        with self._lock:
            self._end()

    def _answer(self, question: bytes, until: float) -> list[Analysis]:
        line = self._socket or (self._join(self._at, until) if self._at else self._start())
        while self._owed:
            self._line(line, until)
            self._owed -= 1
        line.settimeout(max(0.001, until - time.monotonic()))
        line.sendall(question)
        self._owed += 1
        answer = json.loads(self._line(line, until))
        self._owed -= 1
        return [Analysis(tuple(wholes), tuple(inside)) for wholes, inside in answer]

    def _line(self, line: socket.socket, until: float) -> bytes:
        while b"\n" not in self._unanswered:
            line.settimeout(max(0.001, until - time.monotonic()))
            received = line.recv(65536)
            if not received:
                raise EOFError
            self._unanswered += received
        answer, _, self._unanswered = self._unanswered.partition(b"\n")
        return answer

    def _start(self) -> socket.socket:
        ours, its = socket.socketpair()
        with its:
            try:
                self._process = subprocess.Popen(
                    self._command, stdin=its.fileno(), stdout=its.fileno(), stderr=subprocess.DEVNULL
                )
            except OSError:
                ours.close()
                raise
        return self._begin(ours)

    def _join(self, at: Path, until: float) -> socket.socket:
        """Ask at the shared one's socket; start it when nobody answers there."""
        while True:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(str(at))
            except (FileNotFoundError, ConnectionRefusedError):
                line.close()
            except OSError:
                line.close()
                raise
            else:
                return self._begin(line)
            ended = self._process.poll() if self._process else 0
            if ended:
                self._process = None
                raise EOFError(f"status {ended}")
            if ended is not None:
                nowhere = subprocess.DEVNULL
                self._process = subprocess.Popen(self._command, stdin=nowhere, stdout=nowhere, stderr=nowhere)
                # It may outlast whoever started it; its end is to be taken note of all the same.
                Thread(target=self._process.wait, name="analyser's end", daemon=True).start()
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(_LOOK_SECONDS)

    def _begin(self, line: socket.socket) -> socket.socket:
        self._socket, self._unanswered, self._owed = line, b"", 0
        return line

    def _end(self) -> None:
        if self._socket:
            self._socket.close()
        if self._process and not self._at:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
            self._process = None
        self._socket = None
