"""Calendars, targets and policies as JSON: the one shape of the wire, of events and of stored columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NotRequired, TypedDict

from services.feedback.sla.calendars import (
    WEEKDAYS,
    Calendar,
    CalendarRefused,
    Frame,
    wall_text,
)
from services.feedback.sla.targets import Policy, Target


class HalfDayDocument(TypedDict):
    """A date with its own frames."""

    date: str
    frames: list[list[str]]


ClosureDocument = TypedDict("ClosureDocument", {"from": str, "to": str})


class CalendarDocument(TypedDict):
    """`{"time_zone", "frames": {"mon": [["08:00", "16:00"]], …}, "holidays", "half_days", "closures"}`."""

    time_zone: str
    frames: dict[str, list[list[str]]]
    holidays: NotRequired[str | None]
    half_days: NotRequired[list[HalfDayDocument]]
    closures: NotRequired[list[ClosureDocument]]


class TargetDocument(TypedDict):
    """`{"basis": "business", "duration": "PT4H"}`."""

    basis: str
    duration: str


class PolicyDocument(TypedDict):
    """`{"response": target or null, "resolution": target or null}`."""

    response: TargetDocument | None
    resolution: TargetDocument | None


def calendar_of(document: CalendarDocument, *, name: str = "", version: int = 0) -> Calendar:
    """Read a calendar; raises CalendarRefused with the path of what is wrong."""
    half_days: dict[date, Sequence[tuple[str, str]]] = {}
    for index, half_day in enumerate(document.get("half_days", ())):
        day = _day(half_day["date"], ("half_days", index, "date"))
        if day in half_days:
            raise CalendarRefused("half_day_twice", ("half_days", index, "date"), f"{day} twice")
        half_days[day] = _pairs(half_day["frames"], ("half_days", index, "frames"))
    closures = []
    for index, closure in enumerate(document.get("closures", ())):
        at = ("closures", index)
        first, last = _day(closure["from"], (*at, "from")), _day(closure["to"], (*at, "to"))
        if last < first:
            raise CalendarRefused("closure_backwards", (*at, "to"), f"{first} is after {last}")
        closures.append((first, last))
    return Calendar.of(
        {day: _pairs(pairs, ("frames", day)) for day, pairs in document["frames"].items()},
        time_zone=document["time_zone"],
        holidays=document.get("holidays"),
        half_days=half_days,
        closures=closures,
        name=name,
        version=version,
    )


def calendar_document(calendar: Calendar) -> CalendarDocument:
    """Write a calendar; all seven weekdays are there."""
    return {
        "time_zone": calendar.time_zone,
        "frames": {day: _frames(frames) for day, frames in zip(WEEKDAYS, calendar.week, strict=True)},
        "holidays": calendar.holidays,
        "half_days": [
            {"date": half_day.day.isoformat(), "frames": _frames(half_day.frames)}
            for half_day in calendar.half_days
        ],
        "closures": [
            {"from": closure.first.isoformat(), "to": closure.last.isoformat()}
            for closure in calendar.closures
        ],
    }


def target_of(document: Mapping[str, object] | None) -> Target | None:
    """Read a target; raises DurationRefused, KeyError or ValueError for what is none."""
    return None if document is None else Target.of(str(document["basis"]), str(document["duration"]))


def target_document(target: Target | None) -> TargetDocument | None:
    """Write a target."""
    return None if target is None else {"basis": target.basis.value, "duration": target.duration}


def policy_of(document: PolicyDocument) -> Policy:
    """Read a policy."""
    return Policy(target_of(document["response"]), target_of(document["resolution"]))


def _frames(frames: tuple[Frame, ...]) -> list[list[str]]:
    return [[wall_text(frame.opens), wall_text(frame.closes)] for frame in frames]


def _pairs(pairs: Sequence[Sequence[str]], at: tuple[str | int, ...]) -> list[tuple[str, str]]:
    read = []
    for index, pair in enumerate(pairs):
        if len(pair) != 2:
            raise CalendarRefused("frame_malformed", (*at, index), "a frame is an opening and a closing time")
        read.append((pair[0], pair[1]))
    return read


def _day(text: str, at: tuple[str | int, ...]) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as malformed:
        raise CalendarRefused("day_malformed", at, f"{text!r} is not a day such as 2026-07-01") from malformed
