"""Laws that hold for every calendar, start, target and pause; and agreement with a slow, obvious walk."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.feedback.sla.calendars import WEEKDAYS, Calendar, holiday_names, wall_text
from services.feedback.sla.rules import (
    Clock,
    EntryKind,
    Event,
    Policy,
    ReasonCode,
    Received,
    Target,
    WaitingEnded,
    WaitingStarted,
    open_intervals,
    run,
)
from trade.vocabulary import Basis

MINUTE = timedelta(minutes=1)
# The weeks in which calendars go wrong: clocks turned, year's end, midsummer, Easter.
WEEKS = [date(2026, 3, 27), date(2026, 10, 23), date(2026, 12, 23), date(2026, 6, 17), date(2026, 4, 1)]
quick = settings(derandomize=True, deadline=None, max_examples=80)


@st.composite
def day_frames(draw: st.DrawFn, fewest: int = 0) -> list[tuple[str, str]]:
    edges = draw(st.lists(st.integers(0, 48), min_size=2 * fewest, max_size=6, unique=True).map(sorted))
    times = [wall_text(edge * 30) for edge in edges]
    return list(zip(times[::2], times[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    frames = {day: draw(day_frames()) for day in WEEKDAYS}
    frames[draw(st.sampled_from(WEEKDAYS))] = draw(day_frames(fewest=1))
    near = st.sampled_from(WEEKS).flatmap(lambda week: st.integers(0, 9).map(lambda n: week + timedelta(n)))
    first = draw(near)
    return Calendar.of(
        frames,
        time_zone=draw(st.sampled_from(["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe"])),
        holidays=draw(st.sampled_from(["FI", None])),
        half_days=draw(st.dictionaries(near, day_frames(), max_size=2)),
        closures=draw(st.sampled_from([(), ((first, first + timedelta(2)),)])),
    )


starts = st.builds(
    lambda week, minutes: datetime.combine(week, datetime.min.time(), UTC) + minutes * MINUTE,
    st.sampled_from(WEEKS),
    st.integers(0, 6 * 24 * 60),
)
targets = st.builds(
    lambda basis, minutes: Target(basis, minutes * 60), st.sampled_from(Basis), st.integers(1, 30 * 60)
)
spells = st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 1500)), max_size=3)


def clock_of(
    received: datetime, target: Target, calendar: Calendar, *pauses: tuple[datetime, datetime]
) -> Clock:
    events: list[Event] = [Received(received)]
    for begin, end in pauses:
        events += [WaitingStarted(begin), WaitingEnded(end)]
    clock = run(events, Policy(None, target), calendar).resolution
    assert clock is not None
    return clock


def laid_out(received: datetime, drawn: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
    """Pauses one after another, each beginning some minutes after the last."""
    pauses, last = [], received
    for gap, length in drawn:
        pauses.append((last + gap * MINUTE, last + (gap + length) * MINUTE))
        last = pauses[-1][1] + MINUTE
    return pauses


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """The obvious reading of a calendar at one instant."""
    local = moment.astimezone(ZoneInfo(calendar.time_zone))
    day, minutes = local.date(), local.hour * 60 + local.minute
    if calendar.closed_on(day):
        return False
    frames = calendar.week[day.weekday()]
    if calendar.holidays is not None and day in holiday_names(calendar.holidays, day.year):
        frames = ()
    for half_day in calendar.half_days:
        if half_day.day == day:
            frames = half_day.frames
    return any(frame.opens <= minutes < frame.closes for frame in frames)


def walked_due(
    received: datetime, target: Target, calendar: Calendar, pauses: list[tuple[datetime, datetime]]
) -> datetime | None:
    """Minute by minute; None when three weeks are not enough."""
    left, moment = target.seconds // 60, received
    while moment < received + timedelta(weeks=3):
        counts = target.basis is Basis.CALENDAR or is_open(calendar, moment)
        if counts and not any(begin <= moment < end for begin, end in pauses):
            left -= 1
        moment += MINUTE
        if left == 0:
            return moment
    return None


@quick
@given(calendars(), starts, targets, spells)
def test_due_agrees_with_a_walk_minute_by_minute(
    calendar: Calendar, received: datetime, target: Target, drawn: list[tuple[int, int]]
) -> None:
    pauses = laid_out(received, drawn)
    expected = walked_due(received, target, calendar, pauses)
    assume(expected is not None)
    assert clock_of(received, target, calendar, *pauses).due_at == expected


@quick
@given(calendars(), starts)
def test_open_intervals_agree_with_a_walk_minute_by_minute(calendar: Calendar, start: datetime) -> None:
    end = start + timedelta(days=5)
    walked = {start + n * MINUTE for n in range(5 * 24 * 60) if is_open(calendar, start + n * MINUTE)}
    intervals = list(open_intervals(calendar, start, end))
    counted = {
        begin + n * MINUTE for begin, finish in intervals for n in range(int((finish - begin) / MINUTE))
    }
    assert counted == walked
    assert all(before[1] < after[0] for before, after in pairwise(intervals))


@quick
@given(calendars(), starts, targets, st.integers(1, 5000))
def test_a_later_start_is_never_due_earlier(
    calendar: Calendar, received: datetime, target: Target, seconds: int
) -> None:
    later = received + timedelta(seconds=seconds)
    assert clock_of(received, target, calendar).due_at <= clock_of(later, target, calendar).due_at


@quick
@given(calendars(), starts, targets, st.integers(1, 50_000), spells)
def test_a_longer_target_is_due_later(
    calendar: Calendar, received: datetime, target: Target, more: int, drawn: list[tuple[int, int]]
) -> None:
    longer, pauses = Target(target.basis, target.seconds + more), laid_out(received, drawn)
    assert (
        clock_of(received, target, calendar, *pauses).due_at
        < clock_of(received, longer, calendar, *pauses).due_at
    )


@quick
@given(calendars(), starts, targets, spells)
def test_a_pause_never_shortens(
    calendar: Calendar, received: datetime, target: Target, drawn: list[tuple[int, int]]
) -> None:
    pauses = laid_out(received, drawn)
    dues = [clock_of(received, target, calendar, *pauses[:count]).due_at for count in range(len(pauses) + 1)]
    assert dues == sorted(dues)


@quick
@given(calendars(), starts, st.integers(1, 30 * 60))
def test_a_pause_of_closed_time_adds_nothing(calendar: Calendar, received: datetime, minutes: int) -> None:
    target = Target(Basis.BUSINESS, minutes * 60)
    plain = clock_of(received, target, calendar)
    closed = [(entry.starts, entry.ends) for entry in plain.ledger if entry.kind is EntryKind.CLOSED]
    merged: list[tuple[datetime, datetime]] = []
    for begin, end in closed:
        if merged and merged[-1][1] == begin:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((begin, end))
    assert clock_of(received, target, calendar, *merged).due_at == plain.due_at


@quick
@given(calendars(), starts, targets, spells)
def test_the_ledger_has_no_gaps_and_counts_exactly_the_target(
    calendar: Calendar, received: datetime, target: Target, drawn: list[tuple[int, int]]
) -> None:
    clock = clock_of(received, target, calendar, *laid_out(received, drawn))
    edges = [received, *(entry.ends for entry in clock.ledger)]
    assert [entry.starts for entry in clock.ledger] == edges[:-1]
    assert edges[-1] == clock.due_at
    assert all(entry.starts < entry.ends for entry in clock.ledger)
    assert sum(entry.seconds for entry in clock.ledger if entry.kind is EntryKind.COUNTED) == target.seconds
    assert clock.ledger[-1].kind is EntryKind.COUNTED


@quick
@given(calendars(), starts, targets, spells, st.sampled_from([0.25, 0.5, 0.75, 1]))
def test_a_threshold_is_where_the_share_is_first_used(
    calendar: Calendar, received: datetime, target: Target, drawn: list[tuple[int, int]], share: float
) -> None:
    clock = clock_of(received, target, calendar, *laid_out(received, drawn))
    moment = clock.threshold_at(share)
    assert moment is not None
    assert clock.share_used(moment) >= share
    assert clock.share_used(moment - timedelta(microseconds=1)) < share


@quick
@given(calendars(), starts, targets, st.integers(0, 20_000))
def test_an_overdue_ledger_reaches_now_and_tells_overtime_apart(
    calendar: Calendar, received: datetime, target: Target, minutes: int
) -> None:
    now = received + minutes * MINUTE
    clock = run([Received(received)], Policy(None, target), calendar, now).resolution
    assert clock is not None
    assert clock.ledger[-1].ends == max(now, clock.due_at)
    on_time = [
        e for e in clock.ledger if e.kind is EntryKind.COUNTED and e.reason.code is not ReasonCode.OVERDUE
    ]
    assert sum(entry.seconds for entry in on_time) == target.seconds
