"""What happens to a case as its clock sees it: the events that start, pause, change and stop the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.feedback.sla.calendars import Calendar
from services.feedback.sla.targets import Policy


class ImpossibleHistory(ValueError):
    """Events that cannot follow each other, such as an answer before anything was received."""


@dataclass(frozen=True)
class Received:
    """The customer's word came in (not when it was typed in): the first cycle starts."""

    at: datetime


@dataclass(frozen=True)
class FirstResponse:
    """The first message by a person to the customer; the automatic receipt is not one."""

    at: datetime


@dataclass(frozen=True)
class WaitingStarted:
    """The customer was asked something; the resolution clock rests."""

    at: datetime
    question: str = ""


@dataclass(frozen=True)
class WaitingEnded:
    """The customer answered, or the producer goes on without."""

    at: datetime


@dataclass(frozen=True)
class Resolved:
    """The case was resolved; it answers too, when nobody had answered before."""

    at: datetime


@dataclass(frozen=True)
class Reopened:
    """A resolved case is open again: a new cycle starts, the earlier result stays."""

    at: datetime


@dataclass(frozen=True)
class SeverityChanged:
    """Another severity, and the policy that follows from it, from here on."""

    at: datetime
    before: str
    after: str
    policy: Policy


@dataclass(frozen=True)
class PolicyChanged:
    """The contract's targets changed while the case was open."""

    at: datetime
    before: Policy
    after: Policy


@dataclass(frozen=True)
class CalendarChanged:
    """The site's calendar changed, or the site took another one."""

    at: datetime
    before: Calendar
    after: Calendar


Change = SeverityChanged | PolicyChanged | CalendarChanged
Event = Received | FirstResponse | WaitingStarted | WaitingEnded | Resolved | Reopened | Change


@dataclass(frozen=True)
class Cycle:
    """One round of a case: from received or reopened until it is resolved, or still open."""

    started_at: datetime
    policy: Policy
    calendar: Calendar
    events: tuple[Event, ...]

    @property
    def first_response_at(self) -> datetime | None:
        """When a person first answered in this cycle; resolving answers too."""
        return next((event.at for event in self.events if isinstance(event, FirstResponse | Resolved)), None)

    @property
    def resolved_at(self) -> datetime | None:
        """When the cycle ended."""
        return next((event.at for event in self.events if isinstance(event, Resolved)), None)


def cycles(events: Sequence[Event], policy: Policy, calendar: Calendar) -> list[Cycle]:
    """Split a case's events into cycles, each with the policy and calendar in force at its start.

    Events are put in order of time; those of the same instant keep the order given.
    Raises ImpossibleHistory.
    """
    ordered = sorted(events, key=lambda event: event.at)
    if not ordered or not isinstance(ordered[0], Received):
        raise ImpossibleHistory("a case begins with Received")
    found: list[Cycle] = []
    started, inside = ordered[0].at, list[Event]()
    first = (policy, calendar)
    waiting = resolved = False
    for event in ordered[1:]:
        match event:
            case Received():
                raise ImpossibleHistory(f"received twice at {event.at}")
            case Reopened():
                if not resolved:
                    raise ImpossibleHistory(f"reopened at {event.at} without being resolved")
                found.append(Cycle(started, *first, tuple(inside)))
                started, inside, first = event.at, [], (policy, calendar)
                waiting = resolved = False
                continue
            case SeverityChanged():
                policy = event.policy
            case PolicyChanged():
                policy = event.after
            case CalendarChanged():
                calendar = event.after
            case WaitingStarted() | WaitingEnded() | Resolved() if resolved:
                raise ImpossibleHistory(f"{type(event).__name__} at {event.at} after being resolved")
            case WaitingStarted():
                if waiting:
                    raise ImpossibleHistory(f"waiting started twice at {event.at}")
                waiting = True
            case WaitingEnded():
                if not waiting:
                    raise ImpossibleHistory(f"waiting ended at {event.at} without having started")
                waiting = False
            case Resolved():
                resolved = True
            case FirstResponse():
                pass
        # What happens between resolving and reopening touches no closed result.
        if not resolved or isinstance(event, Resolved):
            inside.append(event)
    found.append(Cycle(started, *first, tuple(inside)))
    return found
