"""What may happen to a case, when, and which times make sense. Pure: no database, no HTTP."""

from datetime import datetime, timedelta

from chassis.errors import Conflict, FieldError, InvalidInput
from services.feedback.cases.vocabulary import Action, Kind, State
from trade.days import day_of

OLDEST_RECEIPT = timedelta(days=366)
"""A word may be logged this long after it was received."""

_OPEN = frozenset({State.RECEIVED, State.ACKNOWLEDGED, State.IN_PROGRESS, State.WAITING})
_FROM: dict[Action, frozenset[State]] = {
    Action.ACKNOWLEDGE: frozenset({State.RECEIVED}),
    Action.MESSAGE: frozenset(State),
    Action.WAIT: _OPEN - {State.WAITING},
    Action.RESUME: frozenset({State.WAITING}),
    Action.RESOLVE: _OPEN,
    Action.CLOSE: frozenset({State.RESOLVED}),
    Action.REOPEN: frozenset({State.RESOLVED, State.CLOSED}),
    Action.ASSIGN: _OPEN,
    Action.SEVERITY: _OPEN,
}
_IN = {state: tuple(action for action, states in _FROM.items() if state in states) for state in State}


class WrongState(Conflict):
    """The case's state does not allow the action; params: action, state."""


class SameSeverity(Conflict):
    """The case has that severity already."""


class SameHandler(Conflict):
    """That person handles the case already."""


def actions_in(state: State) -> tuple[Action, ...]:
    """Return the actions that are possible in the state."""
    return _IN[state]


def check(action: Action, state: State) -> None:
    """Refuse an action that the state does not allow.

    Raises:
        WrongState: always with the action and the present state.
    """
    if state not in _FROM[action]:
        raise WrongState(action=action.value, state=state.value)


def state_after_answer(state: State) -> State:
    """Return the state after a person of the producer's side wrote to the customer: the work is on."""
    return State.IN_PROGRESS if state in (State.RECEIVED, State.ACKNOWLEDGED) else state


def state_after_customer(state: State) -> State:
    """Return the state after the customer wrote: an answer ends the waiting."""
    return State.IN_PROGRESS if state is State.WAITING else state


def has_resolution_clock(kind: Kind) -> bool:
    """Thanks have no resolution clock; they are delivered to the team that they praise."""
    return kind is not Kind.PRAISE


def check_times(occurred_at: datetime | None, received_at: datetime, now: datetime) -> None:
    """Check that it happened before it was received, and was received before it is logged.

    Raises:
        InvalidInput: naming each faulty field.
    """
    faults = []
    if received_at > now:
        faults.append(FieldError("#/received_at", "in_future"))
    elif received_at < now - OLDEST_RECEIPT:
        faults.append(FieldError("#/received_at", "too_long_ago"))
    if occurred_at is not None and occurred_at > now:
        faults.append(FieldError("#/occurred_at", "in_future"))
    elif occurred_at is not None and occurred_at > received_at:
        faults.append(FieldError("#/occurred_at", "after_received"))
    if faults:
        raise InvalidInput(faults)


def year_of(moment: datetime) -> int:
    """Return the year on a Helsinki wall: the year of a reference."""
    return day_of(moment).year


def reference_of(year: int, number: int) -> str:
    """Return the human number, e.g. ``P-2026-000123``; it grows past six digits rather than repeat."""
    return f"P-{year}-{number:06d}"
