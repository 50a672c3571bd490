"""The program that analyses Finnish words with Voikko's dictionary, in a process of its own (decision 015).

It reads a JSON list of words a line from its standard input and answers each with one line, a list of
``[wholes, inside]`` in the same order. It ends when its input ends, or when nobody asked for a while: its
dictionary takes some 240 MB.
"""

import json
import re
import select
import sys

import pyvoikko
from pyvoikko import VoikkoAnalysis

_ROOT = re.compile(r"\[Xp\]([^\[]+)\[X\]")
"""Basic forms inside Voikko's own notation, e.g. of the verb that a participle comes from."""

_MOST_PARTS = 6


def analyse(word: str) -> tuple[list[str], list[str]]:
    """Return the basic forms that a word may be an inflection of, and what else is inside it.

    ``keitosta`` is of *keitos* or *keitto*; ``imuroitu`` also of the verb *imuroida*. Inside
    ``henkilöstölounaan`` are *henkilöstö* and *lounas*, inside ``siivooja`` is *siivota*.
    """
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


def main(idle_seconds: float) -> None:
    """Answer until the input ends or nobody asks."""
    while select.select([sys.stdin], [], [], idle_seconds)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        answer = [analyse(word) for word in json.loads(line)]
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
