"""How long a calendar link may open: no longer than its owner has the rights it was made with."""

from collections.abc import Iterable
from datetime import date, timedelta

UNKNOWN_FOR = timedelta(days=30)
"""A link opens so long at most while its owner's assignments are not known here."""


def last_days(spells: Iterable[tuple[date | None, date | None]]) -> list[date]:
    """Return the days after which rights differ, from the first and last days of a person's assignments.

    An assignment yet to begin counts too: the link is of the rights before it.
    """
    found = set()
    for first_day, last_day in spells:
        if first_day is not None and first_day > date.min:
            found.add(first_day - timedelta(days=1))
        if last_day is not None:
            found.add(last_day)
    return sorted(found)


def ends_on(made_on: date, turns: Iterable[date]) -> date | None:
    """Return the last day of the rights of the day the link was made; None when no end is known."""
    return min((day for day in turns if day >= made_on), default=None)
