"""What changed in a list since it was shown, so that a page can tell it without moving anything.

A page remembers its rows as ``<end of id>.<version>``: enough to tell rows apart, and it fits an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from web.pages.feedback.reads import CaseRow

TAIL = 10


@dataclass(frozen=True)
class News:
    """Rows that are shown and still there, those that changed, and how many came or went."""

    still_there: tuple[CaseRow, ...]
    changed: tuple[CaseRow, ...]
    came: int
    went: int


def remembered(rows: Sequence[CaseRow]) -> str:
    """Return what a page remembers of its rows."""
    return ",".join(f"{row.id[-TAIL:]}.{row.version}" for row in rows)


def news(rows: Sequence[CaseRow], memory: str) -> News:
    """Compare the rows as they are now with what the page remembers."""
    shown = dict(part.rpartition(".")[::2] for part in memory.split(",") if part)
    still_there = tuple(row for row in rows if row.id[-TAIL:] in shown)
    return News(
        still_there=still_there,
        changed=tuple(row for row in still_there if shown[row.id[-TAIL:]] != str(row.version)),
        came=len(rows) - len(still_there),
        went=len(shown) - len(still_there),
    )


def memory_after(found: News, memory: str) -> str:
    """Return what the page remembers after its rows were refreshed in place; what went is kept as it was."""
    fresh = {row.id[-TAIL:]: str(row.version) for row in found.still_there}
    parts = [part.rpartition(".") for part in memory.split(",") if part]
    return ",".join(f"{tail}.{fresh.get(tail, version)}" for tail, _, version in parts)
