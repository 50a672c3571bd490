"""The program that analyses Finnish words with Voikko's dictionary, in a process of its own (decision 015).

It reads a JSON list of words a line and answers each with one line, a list of ``[wholes, inside]`` in the
same order. Its dictionary takes some 220 MB, so one serves all processes that name the same socket; without a
name it serves the one that started it, at its standard input. It ends when the last of them has left, or
when nobody asked for a while.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import socket
import sys
from io import BufferedRWPair
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyvoikko import VoikkoAnalysis

_ROOT = re.compile(r"\[Xp\]([^\[]+)\[X\]")
"""Basic forms inside Voikko's own notation, e.g. of the verb that a participle comes from."""

_MOST_PARTS = 6
_FIRST_SECONDS: Final = 10.0
"""How long one that was started waits for the first who asks; that one may have ended meanwhile."""


def analyse(word: str) -> tuple[list[str], list[str]]:
    """Return the basic forms that a word may be an inflection of, and what else is inside it.

    ``keitosta`` is of *keitos* or *keitto*; ``imuroitu`` also of the verb *imuroida*. Inside
    ``henkilöstölounaan`` are *henkilöstö* and *lounas*, inside ``siivooja`` is *siivota*.
    """
    import pyvoikko  # loads the dictionary: only once it is sure that no other process has it

    wholes: set[str] = set()
    inside: set[str] = set()
    for reading in pyvoikko.analyse(word):
        roots = _ROOT.findall(reading.FSTOUTPUT)
        wholes.add(_plain(reading.BASEFORM))
        if reading.COMPOUND_PARTS:
            inside |= _runs(reading.COMPOUND_PARTS[:_MOST_PARTS])
        elif reading.PARTICIPLE:
            wholes |= {_plain(root) for root in roots}
        inside |= {_plain(root) for root in roots}
    return sorted(wholes - {""}), sorted(inside - wholes - {""})


def _runs(parts: list[VoikkoAnalysis]) -> set[str]:
    """Return each part and each run of parts: *ruoka*, *valio* and *ruokavalio* of *erityisruokavalio*."""
    return {
        _plain("".join(part.FORM for part in parts[first:last]) + parts[last].BASEFORM)
        for first in range(len(parts))
        for last in range(first, len(parts))
    }


def _plain(form: str) -> str:
    return form.strip("-").lower()


def main(idle_seconds: float, name: str = "") -> None:
    """Answer until all who ask have left or nobody asks."""
    if not name:
        _answer(None, [socket.socket(fileno=sys.stdin.fileno())], idle_seconds)
        return
    with open(f"{name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another one answers there
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(name)
            listening.listen()
            _answer(listening, [], idle_seconds)


def _answer(listening: socket.socket | None, lines: list[socket.socket], idle_seconds: float) -> None:
    """Answer whoever asks, and whoever comes to ask."""
    with DefaultSelector() as waiting:
        asking: dict[socket.socket, BufferedRWPair] = {}

        def take(line: socket.socket) -> None:
            asking[line] = line.makefile("rwb")
            waiting.register(line, EVENT_READ)

        for line in lines:
            take(line)
        if listening:
            waiting.register(listening, EVENT_READ)
        while ready := waiting.select(idle_seconds if asking else _FIRST_SECONDS):
            for key, _ in ready:
                if key.fileobj is listening and listening is not None:
                    take(listening.accept()[0])
                    continue
                assert isinstance(key.fileobj, socket.socket)  # noqa: S101 - nothing else was registered
                if not _answered(asking[key.fileobj]):
                    waiting.unregister(key.fileobj)
                    asking.pop(key.fileobj).close()
                    key.fileobj.close()
            if not asking:
                return


def _answered(line: BufferedRWPair) -> bool:
    """Answer the next question; whether there was one, and somebody to be told."""
    with contextlib.suppress(OSError):
        if question := line.readline():
            line.write(json.dumps([analyse(word) for word in json.loads(question)]).encode() + b"\n")
            line.flush()
            return True
    return False


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
