"""Targets of a policy: how long a response and a resolution may take, and in which time that is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.feedback.sla.calendars import Calendar
from trade.vocabulary import Basis

SECONDS_A_DAY = 86_400
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?", re.ASCII
)


class DurationRefused(ValueError):
    """A duration that is not `PnDTnHnMnS` or not longer than nothing; `code` says which."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


@dataclass(frozen=True)
class Target:
    """A time allowed.

    A day (`P1D`) is 24 hours in calendar time; in business time it is one full working day of the
    calendar – the open time of its longest ordinary weekday – so two working days are 16 h on an 8–16 week.
    """

    basis: Basis
    seconds: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if self.seconds < 0 or self.days < 0 or self.seconds + self.days == 0:
            raise DurationRefused("duration_not_positive", self.duration)

    @classmethod
    def of(cls, basis: str, duration: str) -> Target:
        """Read `business`, `PT4H`; weeks, months, fractions, signs and zero raise DurationRefused."""
        match = _DURATION.fullmatch(duration)
        if match is None:
            raise DurationRefused("duration_malformed", duration)
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        if days + hours + minutes + seconds == 0:
            raise DurationRefused("duration_not_positive", duration)
        return cls(Basis(basis), hours * 3600 + minutes * 60 + seconds, days)

    @property
    def duration(self) -> str:
        """ISO 8601: `P1DT4H30M`."""
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
        clock = "".join(f"{number}{unit}" for number, unit in parts if number)
        return f"P{f'{self.days}D' if self.days else ''}{f'T{clock}' if clock else ''}"

    def length(self, calendar: Calendar) -> int:
        """Seconds to be counted under the calendar."""
        if self.basis is Basis.CALENDAR:
            return self.days * SECONDS_A_DAY + self.seconds
        return self.days * calendar.working_day_minutes * 60 + self.seconds


@dataclass(frozen=True)
class Policy:
    """Response and resolution target of a case; None means that the case has no such clock."""

    response: Target | None
    resolution: Target | None

    def without_resolution(self) -> Policy:
        """The policy of praise: thanks have no resolution clock."""
        return Policy(self.response, None)
