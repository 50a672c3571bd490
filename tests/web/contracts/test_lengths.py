"""Promised times as people type them."""

import pytest

from web.pages.contracts.lengths import duration_of, typed_of


@pytest.mark.parametrize(
    ("typed", "duration"),
    [
        ("4 t", "PT4H"),
        ("4t", "PT4H"),
        ("30 min", "PT30M"),
        ("2 pv", "P2D"),
        ("1 työpäivä 4 tuntia", "P1DT4H"),
        ("2 arbetsdagar", "P2D"),
        ("2 dagar", "P2D"),
        ("2 working days", "P2D"),
        ("1 hour 30 minutes", "PT1H30M"),
        ("", None),
        ("pian", None),
        ("4", None),
        ("0 t", None),
        ("4 t 5 t", None),
        ("4 t ja vähän", None),
    ],
)
def test_typed_times_become_durations(typed, duration):
    assert duration_of(typed) == duration


@pytest.mark.parametrize("duration", ["PT4H", "PT24H", "P2D", "P1DT4H", "PT1H30M"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_duration_shown_and_typed_again_is_the_same(duration, language):
    """24 hours of open time are not a day of it: the unit stays as it was agreed."""
    assert duration_of(typed_of(duration, language)) == duration


def test_a_duration_with_seconds_stays_as_it_is():
    assert typed_of("PT90S", "fi") == "PT90S"
