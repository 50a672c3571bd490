"""The wheel of the year: where each month, ring and mark of the annual clock stands in the picture.

Only geometry; the words are set by the template in the reader's language. January begins at the top and
the year runs clockwise. Units are those of the picture's view box, whose middle is (0, 0).
"""

import math
from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from web.pages.contracts.names import BEND, Name, Named, half_height, placed
from web.pages.contracts.rows import Step

# From the outside in: who prepares stands nearest the rim, who signs nearest the hub (source annex 2).
RINGS = (
    "customer_relations_group",
    "enterprise",
    "departments",
    "group_services",
    "department_management",
    "both_parties",
)
WIDTH, HEIGHT = 330.0, 300.0
RIM = 262.0
HUB = 74.0
MONTH_LABEL = 274.0
TODAY_REACH = 14.0
MONTH_DEGREES = 30.0
HALF_TURN = 180.0
# Marks of one month share its slice, but keep away from its edges.
SLICE_EDGE = 4.0
LARGEST_MARK = 13.0


@dataclass(frozen=True)
class Place:
    """A place in the picture."""

    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    """The band of one responsible party."""

    responsible: str
    name: str
    inner: float
    outer: float
    own: bool = False
    """Whether it is the reader's own."""

    @property
    def middle(self) -> float:
        """Return the radius on which the ring's marks stand."""
        return round((self.inner + self.outer) / 2, 2)

    @property
    def width(self) -> float:
        """Return how wide the band is."""
        return round(self.outer - self.inner, 2)


@dataclass(frozen=True)
class Slice:
    """A twelfth of the wheel: where it begins, and the place of its name."""

    month: int
    edge_from: Place
    edge_to: Place
    label: Place
    anchor: Literal["start", "middle", "end"]
    current: bool


@dataclass(frozen=True)
class Mark:
    """A step of the year at its place."""

    step: Step
    place: Place
    radius: float
    name: Name
    bend: Place
    """Where the line from the mark to its name turns."""


@dataclass(frozen=True)
class Wheel:
    """All that the template needs to draw the year."""

    year: int
    slices: tuple[Slice, ...]
    rings: tuple[Ring, ...]
    marks: tuple[Mark, ...]
    height: float
    """Half of the picture's height."""
    today_from: Place | None
    today_to: Place | None
    past: str
    """The outline of the part of the year that is behind, empty when none is."""


def draw(year: int, steps: Sequence[Step], today: date, own: frozenset[str] = frozenset()) -> Wheel | None:
    """Return the wheel of the year with its marks in the order of the steps; None when there are none.

    ``own`` are the responsible parties whose rings are the reader's own.
    """
    if not steps:
        return None
    current = today.month if today.year == year else 0
    rings = _rings(steps, own)
    angle = day_angle(today) if current else None
    marks = tuple(_marks(steps, {ring.responsible: ring for ring in rings}))
    return Wheel(
        year=year,
        slices=tuple(_slice(number, current) for number in range(1, 13)),
        rings=rings,
        marks=marks,
        height=half_height([mark.name for mark in marks], HEIGHT),
        today_from=None if angle is None else place(angle, HUB - TODAY_REACH),
        today_to=None if angle is None else place(angle, RIM + 4),
        past="" if not angle else _sector(angle),
    )


def place(degrees: float, radius: float) -> Place:
    """Return the place at an angle clockwise from the top."""
    radians = math.radians(degrees)
    return Place(round(radius * math.sin(radians), 2), round(-radius * math.cos(radians), 2))


def day_angle(day: date) -> float:
    """Return a day's angle; every month is thirty degrees wide."""
    length = monthrange(day.year, day.month)[1]
    return MONTH_DEGREES * (day.month - 1) + MONTH_DEGREES * (day.day - 1) / length


def _rings(steps: Sequence[Step], own: frozenset[str]) -> tuple[Ring, ...]:
    names = {step.first.responsible: step.first.responsible_name for step in steps}
    order = [each for each in RINGS if each in names] + sorted(set(names) - set(RINGS))
    width = (RIM - HUB) / len(order)
    return tuple(
        Ring(
            responsible=responsible,
            name=names[responsible],
            inner=round(RIM - (index + 1) * width, 2),
            outer=round(RIM - index * width, 2),
            own=responsible in own,
        )
        for index, responsible in enumerate(order)
    )


def _slice(number: int, current: int) -> Slice:
    start = MONTH_DEGREES * (number - 1)
    label = place(start + MONTH_DEGREES / 2, MONTH_LABEL)
    return Slice(
        month=number,
        edge_from=place(start, HUB),
        edge_to=place(start, RIM),
        label=label,
        anchor="middle" if abs(label.x) < HUB else "start" if label.x > 0 else "end",
        current=number == current,
    )


def _marks(steps: Sequence[Step], rings: dict[str, Ring]) -> list[Mark]:
    """Spread the steps of one ring and month over its slice in date order, small enough not to touch."""
    crowds: dict[tuple[str, int], list[int]] = defaultdict(list)
    for step in steps:
        crowds[step.first.responsible, step.due.month].append(step.number)
    placed_at: list[tuple[Place, float, Place]] = []
    for step in steps:
        ring = rings[step.first.responsible]
        crowd = crowds[step.first.responsible, step.due.month]
        room = (MONTH_DEGREES - 2 * SLICE_EDGE) / len(crowd)
        angle = MONTH_DEGREES * (step.due.month - 1) + SLICE_EDGE + room * (crowd.index(step.number) + 0.5)
        arc = math.radians(room) * ring.middle
        radius = round(min(LARGEST_MARK, ring.width * 0.34, arc * 0.36), 2)
        placed_at.append((place(angle, ring.middle), radius, place(angle, RIM + BEND)))
    names = placed(
        [
            Named(f"{step.number}. {step.first.topic}", bend.x, bend.y)
            for step, (_, _, bend) in zip(steps, placed_at, strict=True)
        ],
        HEIGHT,
    )
    return [
        Mark(step, at, radius, name, bend)
        for step, (at, radius, bend), name in zip(steps, placed_at, names, strict=True)
    ]


def _sector(degrees: float) -> str:
    """Return the outline of the wheel from the top clockwise to an angle."""
    rim, hub, far = place(degrees, RIM), place(degrees, HUB), int(degrees > HALF_TURN)
    return (
        f"M0 {-HUB}V{-RIM}A{RIM} {RIM} 0 {far} 1 {rim.x} {rim.y}"
        f"L{hub.x} {hub.y}A{HUB} {HUB} 0 {far} 0 0 {-HUB}Z"
    )
