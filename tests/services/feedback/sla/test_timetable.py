"""What a timetable remembers."""

from services.feedback.sla.timetable import DAY, MOST_DAYS, BusinessTime
from tests.services.feedback.sla.times import a_calendar


def test_a_timetable_keeps_a_bounded_number_of_days_and_counts_alike() -> None:
    table = BusinessTime(a_calendar())
    first, last = 0, (MOST_DAYS + 100) * DAY

    whole = table.open_between(first, last)

    middle = last // 2 // DAY * DAY
    assert table.open_between(first, middle) + table.open_between(middle, last) == whole
    assert max(len(table._days), len(table._walls)) <= MOST_DAYS
