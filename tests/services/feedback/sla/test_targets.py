"""Durations and what they come to under a calendar."""

import pytest

from services.feedback.sla.targets import DurationRefused, Target
from tests.services.feedback.sla.times import a_calendar, business, calendar_time


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [
        ("PT4H", 14_400),
        ("PT90M", 5_400),
        ("PT1S", 1),
        ("P1DT1H1M1S", 86_400 + 3_661),
        ("P2D", 172_800),
    ],
)
def test_a_duration_counts_in_calendar_time(duration: str, seconds: int) -> None:
    assert calendar_time(duration).length(a_calendar()) == seconds


def test_a_day_in_business_time_is_one_full_working_day() -> None:
    assert business("P2D").length(a_calendar()) == 2 * 8 * 3600


@pytest.mark.parametrize(
    "duration",
    [
        "",
        "P",
        "PT",
        "4H",
        "PT4",
        "P1W",
        "P1M",
        "P1Y",
        "PT1.5H",
        "-PT1H",
        "P1DT",
        "pt4h",
        "PT4H ",
        "PT٤H",
        "PT1H\n",
    ],
)
def test_anything_else_is_malformed(duration: str) -> None:
    with pytest.raises(DurationRefused) as refused:
        Target.of("business", duration)
    assert refused.value.code == "duration_malformed"


@pytest.mark.parametrize("duration", ["PT0S", "P0D", "P0DT0H0M0S"])
def test_nothing_is_not_a_target(duration: str) -> None:
    with pytest.raises(DurationRefused) as refused:
        Target.of("calendar", duration)
    assert refused.value.code == "duration_not_positive"


@pytest.mark.parametrize(
    ("duration", "plain"), [("PT90M", "PT1H30M"), ("P1DT2H", "P1DT2H"), ("PT5S", "PT5S"), ("P3D", "P3D")]
)
def test_a_target_writes_its_duration_plainly(duration: str, plain: str) -> None:
    assert business(duration).duration == plain
    assert business(plain) == business(duration)
