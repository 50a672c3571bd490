"""What the clock refuses, with its words: calendars that never open, due instants years away."""

from chassis.errors import FieldError, InvalidInput
from chassis.problem_table import problem_table
from chassis.words import Words
from services.feedback.sla.calendars import CalendarRefused, NoOpenTime


class CalendarNeverOpen(InvalidInput):
    """Business time was asked for in a calendar without open time."""


class DueTooFar(InvalidInput):
    """The due instant lies more than five years ahead."""


_WORDS = Words.beside(__file__)
PROBLEMS = problem_table(
    _WORDS["problem"],
    {
        CalendarNeverOpen: (422, "calendar_without_open_time"),
        DueTooFar: (422, "due_beyond_horizon"),
    },
)
FIELD_WORDS = _WORDS["field"]


def refused(error: CalendarRefused, pointer: str) -> InvalidInput:
    """The refusal of a calendar as a problem; `pointer` is where it stands, such as `#/calendar`."""
    where = "/".join((pointer, *map(str, error.at)))
    kind = CalendarNeverOpen if isinstance(error, NoOpenTime) else InvalidInput
    return kind([FieldError(where, error.code)])
