"""What every service answers to a search."""

from gateway.shapes.common import Shape
from gateway.shapes.composed import Found


class Hits(Shape):
    """What one service found, best first."""

    items: list[Found]
