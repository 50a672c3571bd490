"""Asks the analyser of Finnish words, a process beside this one that is started when it is needed."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import structlog

log = structlog.get_logger()
_PROGRAM: Final = "services.feedback.finding.voikko"
_REST: Final = 60.0
"""Seconds without an analyser after one failed, so that each search does not start another."""


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
    One that does not answer in time goes on starting; one that fails is left alone for a minute.
    """

    def __init__(
        self, *, idle: float = 300.0, command: Sequence[str] = (sys.executable, "-m", _PROGRAM)
    ) -> None:
        self._command = [*command, str(idle)]
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
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _answer(self, question: bytes, until: float) -> list[Analysis]:
        line = self._socket or self._start()
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
        self._socket, self._unanswered, self._owed = ours, b"", 0
        return ours

    def _end(self) -> None:
        if self._socket:
            self._socket.close()
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        self._socket = self._process = None
