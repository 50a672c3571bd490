"""GET and PUT /v1/calendars: named calendars and their versions."""

from typing import Any

from services.feedback.sla.usecases import calendar_named, find_calendar
from tests.services.feedback.city import Service

CHANGED: dict[str, Any] = {"frames": {"mon": [["09:00", "17:00"]]}, "holidays": "FI"}


def put(
    feedback: Service, name: str, body: dict[str, Any], role: str = "administrator", **headers: str
) -> Any:
    who = feedback.city.staff(role)
    return feedback.client.put(f"/v1/calendars/{name}", json=body, headers=feedback.as_(who, **headers))


def test_every_shipped_calendar_is_listed(feedback: Service) -> None:
    answer = feedback.get("/calendars", feedback.city.school_head()).json()
    names = [each["name"] for each in answer["items"]]
    assert {"school", "day_care", "office", "around_the_clock"} <= set(names)
    assert names == sorted(names)
    assert answer["next"] is None


def test_a_calendar_is_shown_in_the_readers_language(feedback: Service) -> None:
    answer = feedback.client.get(
        "/v1/calendars/school", headers=feedback.as_(feedback.city.school_head(), **{"Accept-Language": "sv"})
    )
    assert answer.headers["etag"].startswith('"1-')
    view = answer.json()
    assert (view["title"], view["description"]) == ("Skola", "Mån–fre 07.00–15.00, ej på helgdagar")
    assert {"from": "2026-07-01", "to": "2026-07-31"} in view["closures"]


def test_an_unknown_calendar_is_404(feedback: Service) -> None:
    assert feedback.get("/calendars/moon_base", feedback.city.staff()).status_code == 404


def test_an_administrator_makes_a_new_version(feedback: Service) -> None:
    answer = put(feedback, "day_care", CHANGED, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert feedback.get("/calendars/day_care", feedback.city.staff()).json() == answer.json()
    assert put(feedback, "day_care", CHANGED, **{"If-Match": '"2"'}).json()["version"] == 3
    listed = feedback.get("/calendars", feedback.city.staff()).json()["items"]
    assert [each["version"] for each in listed if each["name"] == "day_care"] == [3]


def test_old_versions_stay_readable(feedback: Service) -> None:
    put(feedback, "care_home", CHANGED, **{"If-Match": '"1"'})
    with feedback.database.session() as session:
        assert find_calendar(session, "care_home", 1).working_day_minutes == 12 * 60
        assert find_calendar(session, "care_home", 2).working_day_minutes == 8 * 60
        assert find_calendar(session, "care_home").version == 2


def test_a_calendar_nobody_knows_gives_the_office_one(feedback: Service) -> None:
    with feedback.database.session() as session:
        assert calendar_named(session, "moon_base").name == "office"


def test_a_stale_or_missing_version_is_refused(feedback: Service) -> None:
    assert put(feedback, "school", CHANGED, **{"If-Match": '"7"'}).status_code == 412
    assert put(feedback, "school", CHANGED).status_code == 428


def test_only_an_administrator_changes_calendars(feedback: Service) -> None:
    for role in ("complaint_handler", "management"):
        assert put(feedback, "school", CHANGED, role, **{"If-Match": '"1"'}).status_code == 403


def test_a_faulty_calendar_is_refused_by_place(feedback: Service) -> None:
    body = {"frames": {"mon": [["16:00", "08:00"]]}}
    problem = put(feedback, "school", body, **{"If-Match": '"1"'}).json()
    assert (problem["errors"][0]["pointer"], problem["errors"][0]["code"]) == (
        "#/frames/mon/0",
        "frame_backwards",
    )
    never = put(feedback, "school", {"frames": {}}, **{"If-Match": '"1"'})
    assert (never.status_code, never.json()["code"]) == (422, "calendar_without_open_time")


def test_a_calendar_in_which_a_long_promise_would_never_end_is_refused(feedback: Service) -> None:
    hour_a_week = {"frames": {"mon": [["08:00", "09:00"]]}}
    past = {"frames": {}, "half_days": [{"date": "2020-05-04", "frames": [["08:00", "12:00"]]}]}
    answers = [put(feedback, "school", body, **{"If-Match": '"1"'}) for body in (hour_a_week, past)]
    assert [answer.json()["code"] for answer in answers] == [
        "due_beyond_horizon",
        "calendar_without_open_time",
    ]


def test_without_a_token_nothing_is_told(feedback: Service) -> None:
    for path in ("/v1/calendars", "/v1/calendars/school"):
        assert feedback.client.get(path).status_code == 401
