"""When each step of the ladder is due, by what has happened; days and times in March 2026."""

import pytest

from services.feedback.cases.clock import ladder
from services.feedback.sla.rules import FirstResponse, Received, Resolved, WaitingEnded, WaitingStarted, run
from tests.services.feedback.sla.times import HELSINKI, a_calendar, a_policy, at, business

RECEIVED = Received(at("2026-03-10 08:00"))
POLICY = a_policy(business("PT2H"), business("PT4H"))
RESPONSE = ["response 1 10 09:00", "response 2 10 09:30", "response 3 10 10:00", "response 4 10 11:00"]
RESOLUTION = [
    "resolution 1 10 10:00",
    "resolution 2 10 11:00",
    "resolution 3 10 12:00",
    "resolution 4 10 14:00",
]
AN_HOUR_LATER = [
    "resolution 1 10 11:00",
    "resolution 2 10 12:00",
    "resolution 3 10 13:00",
    "resolution 4 10 15:00",
]
ANSWERED = FirstResponse(at("2026-03-10 08:30"))
ASKED = WaitingStarted(at("2026-03-10 09:00"))


@pytest.mark.parametrize(
    ("happened", "due"),
    [
        ([], [*RESPONSE, *RESOLUTION]),
        ([ANSWERED], RESOLUTION),
        ([ANSWERED, ASKED, WaitingEnded(at("2026-03-10 10:00"))], AN_HOUR_LATER),
        ([ANSWERED, ASKED], []),  # it waits: nobody is late
        ([ANSWERED, WaitingStarted(at("2026-03-10 10:30"))], RESOLUTION[:1]),
        ([ANSWERED, Resolved(at("2026-03-10 09:00"))], []),
    ],
    ids=["nothing", "answered", "went on", "waits", "waits after a step", "resolved"],
)
def test_steps_follow_the_share_of_the_time_that_is_used(
    happened: list[FirstResponse | WaitingStarted | WaitingEnded | Resolved], due: list[str]
) -> None:
    clocks = run([RECEIVED, *happened], POLICY, a_calendar())

    assert [
        f"{rung.clock} {rung.step} {rung.at.astimezone(HELSINKI):%d %H:%M}" for rung in ladder(clocks)
    ] == due


def test_a_step_after_closing_time_is_due_the_next_morning() -> None:
    clocks = run([Received(at("2026-03-10 15:00"))], POLICY, a_calendar())

    assert [f"{rung.at.astimezone(HELSINKI):%d %H:%M}" for rung in ladder(clocks)][:4] == [
        "10 16:00",
        "11 08:30",
        "11 09:00",
        "11 10:00",
    ]
