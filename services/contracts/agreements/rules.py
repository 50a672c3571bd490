"""The policy of a contract year: which step follows which, what blocks signing, what a signature freezes."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.contracts.agreements.vocabulary import Missing, Point, State
from trade.vocabulary import Party


class Step(StrEnum):
    """What can be done to a contract year's state."""

    SUBMIT = "submit"
    PROPOSE = "propose"
    APPROVE = "approve"
    SIGN = "sign"
    RETURN = "return"
    REJECT = "reject"
    TERMINATE = "terminate"


_FROM: dict[Step, frozenset[State]] = {
    Step.SUBMIT: frozenset({State.DRAFT}),
    Step.PROPOSE: frozenset({State.IN_NEGOTIATION}),
    Step.APPROVE: frozenset({State.IN_APPROVAL}),
    Step.SIGN: frozenset({State.IN_APPROVAL}),
    Step.RETURN: frozenset({State.IN_NEGOTIATION, State.IN_APPROVAL, State.REJECTED}),
    Step.REJECT: frozenset({State.IN_NEGOTIATION, State.IN_APPROVAL}),
    Step.TERMINATE: frozenset({State.SIGNED}),
}
_TO: dict[Step, State] = {
    Step.SUBMIT: State.IN_NEGOTIATION,
    Step.PROPOSE: State.IN_APPROVAL,
    Step.RETURN: State.DRAFT,
    Step.REJECT: State.REJECTED,
    Step.TERMINATE: State.TERMINATED,
}
EDITABLE = frozenset({State.DRAFT, State.IN_NEGOTIATION, State.IN_APPROVAL})
"""States whose content may change. A change during approval takes back the approvals given."""
BINDING = frozenset({State.SIGNED, State.TERMINATED})
"""Stored states in which the content is frozen and, within the dates, was or is agreed."""


class WrongState(ValueError):
    """The step does not start from this state."""


def steps_from(stored: State) -> frozenset[Step]:
    """Return the steps that the stored state allows, whoever takes them."""
    return frozenset(step for step, states in _FROM.items() if stored in states)


def after(step: Step, stored: State, signed: Collection[Party] = ()) -> State:
    """Return the stored state after the step; ``signed`` are the parties that have signed, this one included.

    Raises:
        WrongState: the step does not start from here.
    """
    if stored not in _FROM[step]:
        raise WrongState(f"{step} from {stored}")
    if step is Step.SIGN:
        return State.SIGNED if set(signed) == set(Party) else stored
    return _TO.get(step, stored)


def effective_state(stored: State, valid_from: date, valid_until: date, today: date) -> State:
    """Return the state people see: a signed year comes into force and ends by its dates alone."""
    if stored is not State.SIGNED or today < valid_from:
        return stored
    return State.IN_FORCE if today <= valid_until else State.ENDED


@dataclass(frozen=True)
class PointContent:
    """What one of the six points says so far."""

    point: Point
    owner: str
    text: str


def point_is_complete(point: PointContent, persons: Collection[Party]) -> bool:
    """Tell whether the point has owner and text; the first point also needs a named person on both sides."""
    agreed = bool(point.owner.strip() and point.text.strip())
    return agreed and (point.point is not Point.RESPONSIBLE_PERSONS or set(persons) == set(Party))


@dataclass(frozen=True)
class Readiness:
    """What decides whether an unsigned year can be signed."""

    points: Collection[PointContent]
    """A point not among them is missing."""
    persons: Collection[Party]
    """The party of each named responsible person."""
    line_count: int
    """How many services × sites are priced."""
    approved: Collection[Party]
    """The parties that have approved."""


def blockers(ready: Readiness, stored: State) -> list[Point | Missing]:
    """Return what keeps the year from being signed, the six mandatory points first (source annex 2, §3).

    Approvals are asked for once the year is in approval; a year that is not open for signing lacks nothing.
    """
    if stored not in EDITABLE:
        return []
    complete = {point.point for point in ready.points if point_is_complete(point, ready.persons)}
    missing: list[Point | Missing] = [point for point in Point if point not in complete]
    if not ready.line_count:
        missing.append(Missing.LINES)
    if stored is State.IN_APPROVAL:
        needed = {Party.CUSTOMER: Missing.CUSTOMER_APPROVAL, Party.PRODUCER: Missing.PRODUCER_APPROVAL}
        missing += [code for party, code in needed.items() if party not in ready.approved]
    return missing


def canonical_json(content: Mapping[str, object]) -> bytes:
    """Return the content as canonical JSON: keys sorted, no spaces, UTF-8, decimals already strings."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def content_hash(content: Mapping[str, object]) -> str:
    """Return the lower-case hex SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(content)).hexdigest()
