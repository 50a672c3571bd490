"""The demo city has lived up to a morning that is over: nothing in it is of a time to come."""

from datetime import date, datetime

import pytest

from kumppani.city import last_morning
from trade.days import HELSINKI


@pytest.mark.parametrize(("hour", "minute", "day"), [(0, 7, 23), (9, 39, 23), (9, 40, 24), (23, 59, 24)])
def test_a_city_filled_by_night_ends_with_the_morning_before(hour: int, minute: int, day: int) -> None:
    now = datetime(2026, 11, 24, hour, minute, tzinfo=HELSINKI)
    assert last_morning(now) == date(2026, 11, day)
