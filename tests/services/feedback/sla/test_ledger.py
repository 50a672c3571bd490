"""What counted and what did not: every interval of a clock with its reason."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from services.feedback.sla.rules import (
    Entry,
    EntryKind,
    ReasonCode,
    Resolved,
    WaitingEnded,
    WaitingStarted,
)
from tests.services.feedback.sla.times import (
    HELSINKI,
    a_calendar,
    at,
    business,
    calendar_time,
    resolution_clock,
)


def lines(ledger: Iterable[Entry]) -> list[str]:
    return [
        f"{entry.starts.astimezone(HELSINKI):%d.%m. %H:%M}–{entry.ends.astimezone(HELSINKI):%d.%m. %H:%M}"
        f" {entry.kind} {entry.reason.code}"
        for entry in ledger
    ]


def test_nights_weekends_holidays_and_pauses_stand_in_the_ledger() -> None:
    pause = [
        WaitingStarted(at("2026-01-05 12:00"), "Mikä luokka?"),
        WaitingEnded(at("2026-01-07 09:00")),
    ]
    clock = resolution_clock(at("2026-01-02 07:00"), business("PT14H"), pause)
    assert lines(clock.ledger) == [
        "02.01. 07:00–02.01. 08:00 closed outside_hours",
        "02.01. 08:00–02.01. 16:00 counted open_hours",
        "02.01. 16:00–05.01. 08:00 closed outside_hours",
        "05.01. 08:00–05.01. 12:00 counted open_hours",
        "05.01. 12:00–05.01. 16:00 paused waiting",
        "05.01. 16:00–06.01. 00:00 closed outside_hours",
        "06.01. 00:00–07.01. 00:00 closed holiday",
        "07.01. 00:00–07.01. 08:00 closed outside_hours",
        "07.01. 08:00–07.01. 09:00 paused waiting",
        "07.01. 09:00–07.01. 11:00 counted open_hours",
    ]
    assert clock.ledger[6].reason.name == "Loppiainen"
    assert clock.ledger[4].reason.name == "Mikä luokka?"
    assert clock.ledger[4].seconds == 4 * 3600


def test_a_half_day_names_the_time_it_took_away() -> None:
    calendar = a_calendar(half_days={date(2026, 12, 31): [("08:00", "12:00")]})
    clock = resolution_clock(at("2026-12-31 10:00"), business("PT3H"), (), calendar)
    assert lines(clock.ledger) == [
        "31.12. 10:00–31.12. 12:00 counted open_hours",
        "31.12. 12:00–31.12. 16:00 closed half_day",
        "31.12. 16:00–01.01. 00:00 closed outside_hours",
        "01.01. 00:00–02.01. 00:00 closed holiday",
        "02.01. 00:00–04.01. 08:00 closed outside_hours",
        "04.01. 08:00–04.01. 09:00 counted open_hours",
    ]


def test_a_closure_is_one_interval_with_its_weekends() -> None:
    calendar = a_calendar(closures=[(date(2026, 7, 1), date(2026, 7, 31))])
    clock = resolution_clock(at("2026-06-30 15:00"), business("PT2H"), (), calendar)
    assert lines(clock.ledger)[2] == "01.07. 00:00–01.08. 00:00 closed closure"


def test_calendar_time_is_one_counted_interval() -> None:
    clock = resolution_clock(at("2026-01-05 23:30"), calendar_time("PT24H"))
    assert lines(clock.ledger) == ["05.01. 23:30–06.01. 23:30 counted calendar_time"]


def test_an_overdue_clock_goes_on_to_now() -> None:
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), now=at("2026-03-10 14:30"))
    assert lines(clock.ledger) == [
        "10.03. 08:00–10.03. 12:00 counted open_hours",
        "10.03. 12:00–10.03. 14:30 counted overdue",
    ]


def test_a_met_clock_ends_when_it_was_met() -> None:
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), [Resolved(at("2026-03-10 09:30"))])
    assert lines(clock.ledger) == ["10.03. 08:00–10.03. 09:30 counted open_hours"]
    assert clock.due_at == at("2026-03-10 12:00")


def test_an_open_pause_goes_to_now_and_the_rest_is_projected() -> None:
    waiting = [WaitingStarted(at("2026-03-10 10:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), waiting, now=at("2026-03-10 13:00"))
    assert lines(clock.ledger) == [
        "10.03. 08:00–10.03. 10:00 counted open_hours",
        "10.03. 10:00–10.03. 13:00 paused waiting",
        "10.03. 13:00–10.03. 15:00 counted open_hours",
    ]


def test_a_fraction_of_a_second_is_kept() -> None:
    received = at("2026-03-10 08:00") + timedelta(microseconds=250_000)
    clock = resolution_clock(received, business("PT8H"))
    assert [entry.seconds for entry in clock.ledger] == [28_799.75, 57_600, 0.25]


def test_the_share_used_follows_the_counted_time() -> None:
    clock = resolution_clock(at("2026-03-10 12:00"), business("PT8H"))
    moments = (
        "2026-03-10 12:00",
        "2026-03-10 16:00",
        "2026-03-11 07:00",
        "2026-03-11 12:00",
        "2026-03-11 14:00",
    )
    assert [clock.share_used(at(moment)) for moment in moments] == [0, 0.5, 0.5, 1, 1.25]


def test_the_share_stands_still_once_met_and_while_paused() -> None:
    received, later = at("2026-03-10 08:00"), at("2026-03-12 08:00")
    met = resolution_clock(received, business("PT8H"), [Resolved(at("2026-03-10 10:00"))])
    paused = resolution_clock(received, business("PT8H"), [WaitingStarted(at("2026-03-10 12:00"))], now=later)
    assert met.share_used(later) == 0.25
    assert paused.share_used(later) == 0.5


def test_a_threshold_is_the_instant_at_which_the_share_is_used() -> None:
    clock = resolution_clock(at("2026-03-10 12:00"), business("PT8H"))
    shares = {
        0.5: "2026-03-10 16:00",
        0.75: "2026-03-11 10:00",
        1: "2026-03-11 12:00",
        1.5: "2026-03-11 16:00",
    }
    for share, moment in shares.items():
        assert clock.threshold_at(share) == at(moment)


def test_a_threshold_that_will_not_come_is_none() -> None:
    received, waiting = at("2026-03-10 08:00"), [WaitingStarted(at("2026-03-10 13:00"))]
    paused = resolution_clock(received, business("PT8H"), waiting, now=at("2026-03-12 09:00"))
    met = resolution_clock(received, business("PT8H"), [Resolved(at("2026-03-10 13:00"))])
    for clock in (paused, met):
        assert clock.threshold_at(0.5) == at("2026-03-10 12:00")
        assert clock.threshold_at(0.75) is None
        assert clock.threshold_at(1) is None


def test_a_threshold_skips_the_pause() -> None:
    pause = [WaitingStarted(at("2026-03-10 09:00")), WaitingEnded(at("2026-03-10 11:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), pause)
    assert clock.threshold_at(0.5) == at("2026-03-10 12:00")


@pytest.mark.parametrize("share", [0, -0.5])
def test_a_share_is_above_nothing(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        resolution_clock(at("2026-03-10 08:00"), business("PT4H")).threshold_at(share)


def test_an_overdue_pause_adds_no_overtime() -> None:
    waiting = [WaitingStarted(at("2026-03-10 13:00"))]
    clock = resolution_clock(at("2026-03-10 08:00"), business("PT4H"), waiting, now=at("2026-03-10 15:00"))
    assert [(entry.kind, entry.reason.code) for entry in clock.ledger] == [
        (EntryKind.COUNTED, ReasonCode.OPEN_HOURS),
        (EntryKind.COUNTED, ReasonCode.OVERDUE),
        (EntryKind.PAUSED, ReasonCode.WAITING),
    ]
