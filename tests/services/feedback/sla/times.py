"""Times and calendars that the clock's tests speak of, valid by default."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from services.feedback.sla.rules import Calendar, Clock, Event, Policy, Received, Target, run
from trade.vocabulary import Basis

HELSINKI = ZoneInfo("Europe/Helsinki")
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EIGHT_TO_FOUR = [("08:00", "16:00")]


def at(text: str, *, fold: int = 0) -> datetime:
    """Helsinki wall time, `2026-03-10 08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI, fold=fold)


class Rest(TypedDict, total=False):
    """What a calendar may have besides its frames."""

    time_zone: str
    holidays: str | None
    half_days: dict[date, list[tuple[str, str]]]
    closures: list[tuple[date, date]]
    name: str
    version: int


def a_calendar(frames: dict[str, list[tuple[str, str]]] | None = None, **rest: Unpack[Rest]) -> Calendar:
    """Monday to Friday 8–16 in Helsinki with Finnish holidays."""
    rest.setdefault("holidays", "FI")
    week = dict.fromkeys(WORKDAYS, EIGHT_TO_FOUR) if frames is None else frames
    return Calendar.of(week, **rest)


def business(duration: str) -> Target:
    """A target in open hours."""
    return Target.of(Basis.BUSINESS, duration)


def calendar_time(duration: str) -> Target:
    """A target in wall-clock time."""
    return Target.of(Basis.CALENDAR, duration)


def a_policy(response: Target | None = None, resolution: Target | None = None) -> Policy:
    """Response in 4 and resolution in 24 business hours."""
    return Policy(response or business("PT4H"), resolution or business("PT24H"))


def resolution_clock(
    received: datetime,
    target: Target,
    events: Iterable[Event] = (),
    calendar: Calendar | None = None,
    now: datetime | None = None,
) -> Clock:
    """The resolution clock of a case."""
    policy = a_policy(resolution=target)
    clocks = run([Received(received), *events], policy, calendar or a_calendar(), now)
    assert clocks.resolution is not None
    return clocks.resolution


def due(received: datetime, target: Target, calendar: Calendar | None = None) -> datetime:
    """Its due instant, in Helsinki."""
    return resolution_clock(received, target, (), calendar).due_at.astimezone(HELSINKI)
