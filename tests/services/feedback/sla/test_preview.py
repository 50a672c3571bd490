"""POST /v1/sla/preview: the clock of a case that does not exist."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.tables import new_id
from services.feedback.sla.calendars import WEEKDAYS
from tests.services.feedback.city import Service

WEEK = {day: [["08:00", "16:00"]] for day in WEEKDAYS[:5]} | {"sat": [], "sun": []}
CALENDAR: dict[str, Any] = {
    "time_zone": "Europe/Helsinki",
    "frames": WEEK,
    "holidays": "FI",
    "half_days": [{"date": "2026-12-31", "frames": [["08:00", "12:00"]]}],
    "closures": [{"from": "2026-07-01", "to": "2026-07-31"}],
}

GENERAL = "Tämä tieto ei ole oikein."
"""What is said when nobody wrote better words."""


def a_preview(**changes: Any) -> dict[str, Any]:
    """Tuesday 8.00 on an 8–16 calendar; four hours to answer, eight to solve."""
    return {
        "received_at": "2026-03-10T08:00:00+02:00",
        "calendar": CALENDAR,
        "response": {"basis": "business", "duration": "PT4H"},
        "resolution": {"basis": "business", "duration": "PT8H"},
    } | changes


def ask(feedback: Service, body: dict[str, Any], **headers: str) -> dict[str, Any]:
    answer = feedback.post("/sla/preview", feedback.city.staff(), body, **headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refuse(feedback: Service, body: dict[str, Any]) -> dict[str, Any]:
    answer = feedback.post("/sla/preview", feedback.city.staff(), body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_four_hours_are_noon_and_eight_are_closing_time(feedback: Service) -> None:
    answer = ask(feedback, a_preview())
    assert answer["response_due_at"] == "2026-03-10T10:00:00Z"
    assert answer["resolution_due_at"] == "2026-03-10T14:00:00Z"
    [entry] = answer["ledger"]
    assert entry == {
        "from": "2026-03-10T06:00:00Z",
        "to": "2026-03-10T14:00:00Z",
        "kind": "counted",
        "reason": {"code": "open_hours", "text": "Työaika, aika kuluu"},
        "seconds": 28800,
    }


def test_nothing_is_stored(feedback: Service) -> None:
    before = feedback.get("/cases", feedback.city.staff()).json()
    ask(feedback, a_preview())
    assert feedback.get("/cases", feedback.city.staff()).json() == before


def test_the_ledger_runs_without_gaps_to_the_later_due(feedback: Service) -> None:
    body = a_preview(
        received_at="2026-12-30T17:00:00+02:00",
        response={"basis": "business", "duration": "PT20H"},
        pauses=[{"from": "2026-12-31T09:00:00+02:00", "to": "2026-12-31T13:00:00+02:00"}],
    )
    answer = ask(feedback, body)
    ledger = answer["ledger"]
    assert ledger[0]["from"] == "2026-12-30T15:00:00Z"
    assert [entry["from"] for entry in ledger[1:]] == [entry["to"] for entry in ledger[:-1]]
    assert answer["resolution_due_at"] < answer["response_due_at"] == ledger[-1]["to"]
    solved = [entry for entry in ledger if entry["to"] <= answer["resolution_due_at"]]
    assert sum(entry["seconds"] for entry in solved if entry["kind"] == "counted") == 8 * 3600
    assert {entry["kind"] for entry in ledger} == {"counted", "paused", "closed"}


def test_pauses_may_overlap_and_begin_before_the_receipt(feedback: Service) -> None:
    pauses = [
        {"from": "2026-03-10T11:00:00+02:00", "to": "2026-03-10T13:00:00+02:00"},
        {"from": "2026-03-09T11:00:00+02:00", "to": "2026-03-10T09:00:00+02:00"},
        {"from": "2026-03-10T12:00:00+02:00", "to": "2026-03-10T14:00:00+02:00"},
        {"from": "2026-03-01T12:00:00+02:00", "to": "2026-03-02T14:00:00+02:00"},
    ]
    answer = ask(feedback, a_preview(resolution={"basis": "business", "duration": "PT4H"}, pauses=pauses))
    assert answer["response_due_at"] == "2026-03-10T10:00:00Z"
    assert answer["resolution_due_at"] == "2026-03-10T14:00:00Z"


def test_reasons_are_told_in_the_readers_language(feedback: Service) -> None:
    body = a_preview(received_at="2026-01-05T15:00:00+02:00")
    for language, words in {
        "fi": "Ti 6.1. loppiainen, suljettu",
        "sv": "Tis 6 jan. trettondag, stängt",
    }.items():
        ledger = ask(feedback, body, **{"Accept-Language": language})["ledger"]
        assert words in [entry["reason"]["text"] for entry in ledger]


def test_without_anything_the_producers_default_and_the_office_hold(feedback: Service) -> None:
    answer = ask(feedback, {"received_at": "2026-03-10T08:00:00+02:00"})
    assert answer["policy"]["source"] == "default"
    assert answer["calendar"]["name"] == "office"
    assert answer["response_due_at"] == "2026-03-10T10:00:00Z"


def test_critical_runs_day_and_night(feedback: Service) -> None:
    answer = ask(feedback, {"received_at": "2026-12-24T23:00:00+02:00", "severity": "critical"})
    assert answer["response_due_at"] == "2026-12-24T22:00:00Z"
    assert answer["resolution_due_at"] == "2026-12-25T21:00:00Z"


def test_a_site_brings_its_own_calendar(feedback: Service) -> None:
    body = {"received_at": "2026-03-10T14:00:00+02:00", "site_id": str(feedback.city.school)}
    answer = ask(feedback, body)
    assert answer["calendar"]["name"] == "school"
    assert answer["response_due_at"] == "2026-03-11T08:00:00Z"


def test_what_the_asker_sets_is_said_to_be_the_askers(feedback: Service) -> None:
    policy = ask(feedback, a_preview())["policy"]
    assert policy["source"] == "request"
    assert policy["response"] == {"basis": "business", "duration": "PT4H", "source": "request"}


def test_a_missing_weekday_is_closed(feedback: Service) -> None:
    calendar = {"frames": {"wed": [["08:00", "24:00"]]}}
    answer = ask(feedback, a_preview(calendar=calendar))
    assert answer["response_due_at"] == "2026-03-11T10:00:00Z"


def test_an_offset_is_only_a_way_to_write_an_instant(feedback: Service) -> None:
    helsinki, utc, delhi = (
        ask(feedback, a_preview(received_at=text))["resolution_due_at"]
        for text in ("2026-03-10T08:00:00+02:00", "2026-03-10T06:00:00Z", "2026-03-10T11:30:00+05:30")
    )
    assert helsinki == utc == delhi


def test_a_calendar_without_open_time_is_its_own_problem(feedback: Service) -> None:
    problem = refuse(feedback, a_preview(calendar={"frames": {"mon": []}}))
    assert problem["code"] == "calendar_without_open_time"
    assert problem["errors"][0]["pointer"] == "#/calendar"


def test_open_time_only_in_the_past_is_none_either(feedback: Service) -> None:
    calendar = {"frames": {}, "half_days": [{"date": "2020-05-04", "frames": [["08:00", "12:00"]]}]}
    assert refuse(feedback, a_preview(calendar=calendar))["code"] == "calendar_without_open_time"


@pytest.mark.parametrize(
    "changes",
    [
        {"resolution": {"basis": "business", "duration": "PT999999H"}},
        {"resolution": {"basis": "calendar", "duration": "P999999D"}},
        {"pauses": [{"from": "2026-03-10T10:00:00+02:00", "to": "2150-03-10T10:00:00+02:00"}]},
    ],
)
def test_a_due_time_years_away_is_its_own_problem(feedback: Service, changes: dict[str, Any]) -> None:
    assert refuse(feedback, a_preview(**changes))["code"] == "due_beyond_horizon"


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"received_at": "2026-03-10T08:00:00"}, "#/received_at", "instant"),
        ({"received_at": 1773122400}, "#/received_at", "instant"),
        ({"received_at": None}, "#/received_at", "instant"),
        ({"severity": "awful"}, "#/severity", "enum"),
        ({"unknown": 1}, "#/unknown", "extra_forbidden"),
        (
            {"response": {"basis": "business", "duration": "PT0S"}},
            "#/response/duration",
            "duration_not_positive",
        ),
        ({"response": {"basis": "business", "duration": "P"}}, "#/response/duration", "duration_malformed"),
        (
            {"response": {"basis": "business", "duration": "P1W"}},
            "#/response/duration",
            "duration_malformed",
        ),
        ({"response": {"basis": "lunar", "duration": "PT1H"}}, "#/response/basis", "literal_error"),
        (
            {"pauses": [{"from": "2026-03-10T10:00:00Z", "to": "2026-03-10T10:00:00Z"}]},
            "#/pauses/0/to",
            "pause_backwards",
        ),
        (
            {"pauses": [{"from": "2026-03-10T10:00:00", "to": "2026-03-10T11:00:00Z"}]},
            "#/pauses/0/from",
            "instant",
        ),
        (
            {"pauses": [{"from": "2026-03-10T10:00:00Z", "to": "2026-03-10T11:00:00Z"}] * 201},
            "#/pauses",
            "too_long",
        ),
    ],
)
def test_a_faulty_field_is_named(feedback: Service, changes: dict[str, Any], pointer: str, code: str) -> None:
    problem = refuse(feedback, a_preview(**changes))
    assert problem["code"] == "invalid_input"
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in problem["errors"]]
    assert all(error["detail"] != GENERAL for error in problem["errors"])


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"frames": WEEK | {"mon": [["16:00", "08:00"]]}}, "#/calendar/frames/mon/0", "frame_backwards"),
        ({"frames": WEEK | {"mon": [["24:00", "24:00"]]}}, "#/calendar/frames/mon/0", "frame_backwards"),
        (
            {"frames": WEEK | {"mon": [["08:00", "12:00"], ["11:00", "13:00"]]}},
            "#/calendar/frames/mon/1",
            "frames_overlap",
        ),
        (
            {"frames": WEEK | {"mon": [["8:00", "16:00"]]}},
            "#/calendar/frames/mon/0",
            "wall_time_malformed",
        ),
        ({"frames": WEEK | {"mon": [["08:00"]]}}, "#/calendar/frames/mon/0", "too_short"),
        ({"frames": WEEK | {"monday": []}}, "#/calendar/frames/monday", "extra_forbidden"),
        ({"time_zone": "Europe/Oulu"}, "#/calendar/time_zone", "time_zone_unknown"),
        ({"time_zone": "Europe/Hel\u0000"}, "#/calendar/time_zone", "time_zone_unknown"),
        ({"holidays": "XX"}, "#/calendar/holidays", "holidays_unknown"),
        (
            {"closures": [{"from": "2026-08-01", "to": "2026-07-01"}]},
            "#/calendar/closures/0/to",
            "closure_backwards",
        ),
        (
            {"half_days": [{"date": "2026-12-31", "frames": []}] * 2},
            "#/calendar/half_days/1/date",
            "half_day_twice",
        ),
    ],
)
def test_a_faulty_calendar_is_refused_by_place(
    feedback: Service, changes: dict[str, Any], pointer: str, code: str
) -> None:
    problem = refuse(feedback, a_preview(calendar=CALENDAR | changes))
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in problem["errors"]]
    assert all(error["detail"] != GENERAL for error in problem["errors"])


def test_a_duration_is_text_not_a_number(feedback: Service) -> None:
    problem = refuse(feedback, a_preview(response={"basis": "business", "duration": 3600}))
    assert problem["errors"][0]["code"] == "string_type"


def test_the_largest_allowed_question_is_answered(feedback: Service) -> None:
    day = datetime(2026, 3, 10, tzinfo=UTC)
    pauses = [
        {
            "from": day.replace(hour=hour, minute=minute).isoformat(),
            "to": day.replace(hour=hour, minute=minute, second=30).isoformat(),
        }
        for hour in range(10)
        for minute in range(20)
    ]
    ask(feedback, a_preview(resolution={"basis": "business", "duration": "PT1500H"}, pauses=pauses))


def test_no_preview_reaches_beyond_a_year_or_a_thousand_lines(feedback: Service) -> None:
    def codes(**changes: object) -> list[str]:
        return [error["code"] for error in refuse(feedback, a_preview(**changes))["errors"]]

    frames = [[f"{hour:02}:00", f"{hour:02}:30"] for hour in range(8, 16)]
    dense = {"frames": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), frames)}

    assert codes(resolution={"basis": "business", "duration": "PT9000H"}) == ["due_beyond_preview"]
    assert codes(calendar=dense, resolution={"basis": "business", "duration": "PT300H"}) == [
        "ledger_too_long"
    ]


def test_the_same_key_answers_the_same_again(feedback: Service) -> None:
    key = {"Idempotency-Key": "preview-1"}
    first = ask(feedback, a_preview(), **key)
    assert ask(feedback, a_preview(), **key) == first


def test_a_head_previews_the_own_site(feedback: Service) -> None:
    body = {"received_at": "2026-03-10T08:00:00+02:00", "site_id": str(feedback.city.school)}
    assert feedback.post("/sla/preview", feedback.city.school_head(), body).status_code == 200
    assert feedback.post("/sla/preview", feedback.city.contract_contact(), body).status_code == 200


def test_a_stranger_gets_404_for_the_site(feedback: Service) -> None:
    body = {"received_at": "2026-03-10T08:00:00+02:00", "site_id": str(feedback.city.school)}
    assert feedback.post("/sla/preview", feedback.city.daycare_head(), body).status_code == 404
    unknown = body | {"site_id": str(new_id())}
    assert feedback.post("/sla/preview", feedback.city.staff(), unknown).status_code == 404


def test_an_outside_producer_sees_no_clock(feedback: Service) -> None:
    body = {"received_at": "2026-03-10T08:00:00+02:00", "site_id": str(feedback.city.school)}
    assert feedback.post("/sla/preview", feedback.city.outside_supervisor(), body).status_code == 403
    elsewhere = body | {"site_id": str(feedback.city.daycare)}
    assert feedback.post("/sla/preview", feedback.city.outside_supervisor(), elsewhere).status_code == 404


def test_without_a_token_nothing_is_told(feedback: Service) -> None:
    assert feedback.client.post("/v1/sla/preview", json=a_preview()).status_code == 401


def test_how_long_a_working_day_is_comes_with_the_calendar(feedback: Service) -> None:
    frames = {day: [["07:00", "19:00"]] for day in ("mon", "tue", "sat", "sun")} | {
        "fri": [["08:00", "12:30"]]
    }
    answer = ask(feedback, a_preview(calendar={"frames": frames}))
    assert answer["calendar"]["working_day"] == "PT12H"
