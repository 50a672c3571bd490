"""The annual clock as pure policy: when a row is due, when it is late, what may be recorded."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Responsible(StrEnum):
    """Who answers for a row of the clock (source annex 2, column *Vastuu*)."""

    CUSTOMER_RELATIONS_GROUP = "customer_relations_group"
    ENTERPRISE = "enterprise"
    DEPARTMENTS = "departments"
    GROUP_SERVICES = "group_services"
    DEPARTMENT_MANAGEMENT = "department_management"
    BOTH_PARTIES = "both_parties"


class Status(StrEnum):
    """What became of a milestone."""

    SCHEDULED = "scheduled"
    MET = "met"
    PARTIALLY_MET = "partially_met"
    NOT_MET = "not_met"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class InMonth:
    """Some day of the month: due on its last day, because the source names only the month and a step taken on
    any day of it is in time."""

    month: int


@dataclass(frozen=True)
class OnDay:
    """A fixed day of the year."""

    month: int
    day: int


@dataclass(frozen=True)
class DaysBefore:
    """So many calendar days before another row is due."""

    days: int
    row: int


DueRule = InMonth | OnDay | DaysBefore


class UnresolvableRule(ValueError):
    """A *days before* rule leads to a row that does not exist, or back to itself."""


def due_days(rules: Mapping[int, DueRule], year: int) -> dict[int, date]:
    """Return the due day of each row in the year.

    Raises:
        UnresolvableRule: a chain of *days before* has no fixed end.
    """
    return {row: _due(rules, row, year, frozenset()) for row in rules}


def _due(rules: Mapping[int, DueRule], row: int, year: int, passed: frozenset[int]) -> date:
    if row not in rules or row in passed:
        raise UnresolvableRule(f"row {row}")
    match rules[row]:
        case InMonth(month):
            return date(year, month, calendar.monthrange(year, month)[1])
        case OnDay(month, day):
            return date(year, month, day)
        case DaysBefore(days, anchor):
            return _due(rules, anchor, year, passed | {row}) - timedelta(days=days)


def overdue_days(due: date, status: Status, today: date) -> int:
    """Return how many days the milestone is late on ``today``; 0 when it is not due, done with or cancelled.

    The due day itself is still in time.
    """
    return max(0, (today - due).days) if status is Status.SCHEDULED else 0
