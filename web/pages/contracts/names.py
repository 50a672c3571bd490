"""The names of the wheel: where each stands beside the wheel, and the line that leads to its mark.

Names stand in a column on either side, in the order of their marks from the top down, and never meet: each
takes as many lines as it needs while there is room for all, one line in a crowd, and the picture grows when
even that is not enough. Units are those of the wheel's view box.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap
from typing import Literal

LETTERS = 36
"""The most letters of a line."""
LETTER_WIDTH = 8.4  # of Inter at the size of the names, wide letters included
LINE_HEIGHT = 18.0
BETWEEN = 9.0
MOST_LINES = 2
COLUMN = 338.0
"""How far from the middle a column of names begins."""
BEND = 12.0  # how far outside the rim a line turns towards its name


@dataclass(frozen=True)
class Named:
    """What is to be named: its words, and the place outside the rim at which its line arrives."""

    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Name:
    """A name at its place: `top` is the upper edge of its first line; under its lines may stand one more."""

    lines: tuple[str, ...]
    has_note: bool
    side: Literal["left", "right"]
    top: float

    @property
    def x(self) -> float:
        """Return where its letters begin, or end on the left side."""
        return COLUMN if self.side == "right" else -COLUMN

    @property
    def rows(self) -> int:
        """Return how many lines it takes."""
        return len(self.lines) + self.has_note

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.rows * LINE_HEIGHT

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the room that it may take."""
        width = LETTERS * LETTER_WIDTH
        left = self.x if self.side == "right" else self.x - width
        return left, self.top, left + width, self.top + self.height


def placed(marks: Sequence[Named], height: float) -> list[Name]:
    """Return the name of each mark, in their order; `height` is half of the picture's."""
    names: dict[int, Name] = {}
    for side in ("right", "left"):
        of_side = sorted(
            (number for number, mark in enumerate(marks) if (mark.x >= 0) == (side == "right")),
            key=lambda number: marks[number].y,
        )
        names |= dict(zip(of_side, _column([marks[number] for number in of_side], side, height), strict=True))
    return [names[number] for number in range(len(marks))]


def half_height(names: Sequence[Name], least: float) -> float:
    """Return half of the height that the picture needs for its names."""
    return max([least, *(-name.top for name in names), *(name.top + name.height for name in names)])


def _column(marks: Sequence[Named], side: Literal["left", "right"], height: float) -> list[Name]:
    """Return a column's names from the top down, each as near its line as the others let it be."""
    written = [_lines(mark.words, MOST_LINES) for mark in marks]
    has_note = True
    heights = [(len(lines) + 1) * LINE_HEIGHT + BETWEEN for lines in written]
    if sum(heights) > 2 * height:
        written, has_note = [_lines(mark.words, 1) for mark in marks], False
        heights = [LINE_HEIGHT + BETWEEN / 2] * len(marks)
    half = max(height, sum(heights) / 2)
    before = [0.0, *accumulate(heights)]
    # Pushed down by those above, then up by what must still fit below.
    tops: list[float] = []
    for mark, room in zip(marks, heights, strict=True):
        lowest_above = tops[-1] + heights[len(tops) - 1] if tops else -half
        tops.append(max(mark.y - room / 2, lowest_above))
    tops = [min(top, half - (before[-1] - before[number])) for number, top in enumerate(tops)]
    return [Name(lines, has_note, side, round(top, 2)) for lines, top in zip(written, tops, strict=True)]


def _lines(words: str, most: int) -> tuple[str, ...]:
    """Return the words in lines; what has no room ends in three dots."""
    return tuple(wrap(words, LETTERS, max_lines=most, placeholder=" …", break_long_words=True))
