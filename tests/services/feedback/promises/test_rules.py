"""The share of promises kept, out of counts; pure."""

from uuid import UUID

from services.feedback.promises.rules import Kept, Line, Tally, lines, total

SEPPO, OLLI, OWN, OUTSIDE = (UUID(int=number) for number in range(1, 5))
TALLIES = [
    Tally(SEPPO, OWN, Kept(3, 4), Kept(1, 2)),
    Tally(SEPPO, OUTSIDE, Kept(2, 2)),
    Tally(OLLI, OWN, Kept(1, 1), late=2),
]


def test_the_whole_is_the_sum_of_its_parts():
    assert total(TALLIES) == Line(None, Kept(6, 7), Kept(1, 2), 2)


def test_who_is_late_now_stands_before_who_was():
    assert [line.id for line in lines(TALLIES, lambda each: each.handler_id)] == [OLLI, SEPPO]
    assert lines(TALLIES, lambda each: each.producer_id) == [
        Line(OWN, Kept(4, 5), Kept(1, 2), 2),
        Line(OUTSIDE, Kept(2, 2), Kept(), 0),
    ]
