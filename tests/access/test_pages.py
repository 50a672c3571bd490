"""Every route of the pages, asked by each of the cast."""

import pytest

from tests.access.matrix import named_rows
from tests.access.rows import Row
from tests.access.sending import answers_to
from tests.access.things import Things
from tests.city import RunningCity


@pytest.mark.parametrize(("part", "row"), named_rows("web"))
def test_each_of_the_cast_gets_the_answer_of_the_matrix(
    city: RunningCity, things: Things, part: str, row: Row
) -> None:
    assert answers_to(city, things, part, row) == row.answers
