"""Receiving a word: what is answered, who handles it, and that twice is once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import fastapi.routing
import pytest
import sqlalchemy as sa

from chassis.actors import Actor
from chassis.tables import new_id
from services.feedback.copies.model import PersonCopy, SiteCopy
from services.feedback.copies.version import bump
from tests import actors
from tests.services.feedback.city import TUESDAY, Service, a_word, rows


def test_a_word_is_answered_with_number_handler_and_promise(service: Service) -> None:
    answer = service.post("/cases", service.city.school_head(), a_word(service.city))

    case = answer.json()
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    assert case["reference"] == "P-2026-000001"
    assert case["state"] == "received"
    assert case["handler"]["name"] == "Hanna Käsittelijä"
    assert case["stand_in"]["name"] == "Toni Toinen"
    assert case["site"]["name"] == "Kaakkurin koulu"
    assert case["response_due_at"] == "2026-03-11T06:00:00Z"
    assert case["next_due_at"] == case["response_due_at"]
    assert case["time_left"]["state"] == "ok"
    assert [message["kind"] for message in case["messages"]] == ["receipt"]
    assert case["reference"] in case["messages"][0]["body"]
    assert case["first_response_at"] is None


def test_what_was_answered_is_what_is_read_afterwards(service: Service) -> None:
    answered = service.report(wish="call", severity="high")

    read = service.get(f"/cases/{answered['id']}", service.city.school_head())

    assert read.json() == {**answered, "clock": None}
    assert read.headers["etag"].startswith('"1-')


def test_case_log_and_event_are_stored_together(service: Service) -> None:
    case = service.report()

    assert rows(service, "select what, number from case_event") == [("received", 1)]
    [(kind, subject, data)] = rows(service, "select type, subject, data from event")
    assert (kind, subject) == ("kumppani.feedback.case.reported", case["id"])
    assert data["case"]["reference"] == case["reference"]
    assert data["case"]["customer_name"] == "Opetuspalvelut"
    assert "description" not in data["case"]


def test_what_tells_about_people_is_stored_beside_the_event(service: Service) -> None:
    reporter = {"name": "Maija Meikäläinen", "phone": "040 555", "email": "maija@oulu.example"}
    case = service.report(service.city.staff(), reporter=reporter)

    [(data, subject, personal)] = rows(
        service,
        "select event.data, told.subject, told.data from event"
        " join event_personal as told on told.event_id = event.id",
    )

    assert subject == case["id"]
    assert personal["personal"]["description"] == case["description"]
    assert personal["personal"]["reporter_email"] == "maija@oulu.example"
    assert not {word for word in (*reporter.values(), case["description"]) if word in str(data)}


def test_an_unknown_site_is_not_found(service: Service) -> None:
    answer = service.post("/cases", service.city.staff(), a_word(service.city, site_id=new_id()))

    assert answer.status_code == 404


def test_a_site_that_has_just_come_is_known_at_once(service: Service) -> None:
    service.report()
    new = SiteCopy(
        id=new_id(),
        version=1,
        name="Uusi koulu",
        customer_id=service.city.education,
        calendar="school",
        services=[],
    )
    with service.database.session() as session:
        session.add(new)
        bump(session)

    case = service.report(service.city.staff(), site_id=new.id)

    assert case["site"]["name"] == "Uusi koulu"
    assert case["producer"]["name"] == "Oulun Serviisi"


def test_a_handler_changed_meanwhile_is_noticed_by_the_statement_itself(service: Service) -> None:
    service.report()
    with service.database.session() as session:
        person = session.get_one(PersonCopy, service.city.handler)
        person.absences = [{"first_day": "2026-03-01", "last_day": "2026-03-31"}]
        bump(session)

    assert service.report()["handler"]["name"] == "Toni Toinen"


def test_without_anybody_the_desk_handles_it(service: Service) -> None:
    with service.database.session() as session:
        session.execute(sa.text("delete from person_copy"))
        bump(session)

    handler = service.report()["handler"]

    assert handler["person_id"] is None
    assert handler["name"] == "Oulun Serviisi, asiakaspalvelu"


def test_an_outside_producers_work_is_complained_of_here_too(service: Service) -> None:
    case = service.report(service="cleaning")

    assert case["producer"] == {"id": str(service.city.outside), "name": "Siivous Oy", "own": False}
    assert case["handler"]["role"] == "complaint_handler"


def test_thanks_have_no_resolution_clock_and_reach_the_team(service: Service) -> None:
    case = service.report(kind="praise")

    assert case["resolution_due_at"] is None
    assert case["severity"] == "low"
    assert case["handler"]["name"] == "Pia Palveluesimies"
    assert [item["what"] for item in case["history"]] == ["received", "delivered"]


def test_a_suspected_food_poisoning_runs_in_calendar_time(service: Service) -> None:
    service.now = datetime(2026, 3, 14, 20, 0, tzinfo=UTC)

    case = service.report(severity="critical")

    assert case["response_due_at"] == "2026-03-14T21:00:00Z"


def test_a_thing_fixed_on_the_spot_is_resolved_with_a_trace(service: Service) -> None:
    heard = TUESDAY - timedelta(minutes=30)

    case = service.report(
        service.city.staff(),
        fixed_on_the_spot=True,
        channel="face_to_face",
        received_at=heard.isoformat(),
        reporter={"name": "Raija Rehtori"},
    )

    assert case["state"] == "resolved"
    assert case["resolved_at"] == "2026-03-10T09:30:00Z"
    assert case["logged_at"] == "2026-03-10T10:00:00Z"
    assert [item["what"] for item in case["history"]] == ["received", "resolved"]
    assert case["reporter"] == {"person_id": None, "name": "Raija Rehtori", "phone": None, "email": None}
    assert case["next_due_at"] is None
    assert not case["resolution_breached"]


def test_an_address_that_cannot_be_stored_is_refused(service: Service) -> None:
    reporter = {"name": "Raija Rehtori", "email": "raija\x00@ouka.example"}

    answer = service.post("/cases", service.city.staff(), a_word(service.city, reporter=reporter))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/reporter/email"


@pytest.mark.parametrize(
    ("times", "pointer", "code"),
    [
        ({"received_at": "2026-03-10T10:00:01Z"}, "#/received_at", "in_future"),
        ({"received_at": "2025-03-01T10:00:00Z"}, "#/received_at", "too_long_ago"),
        ({"occurred_at": "2026-03-10T11:00:00Z"}, "#/occurred_at", "in_future"),
        (
            {"occurred_at": "2026-03-10T09:30:00Z", "received_at": "2026-03-10T09:00:00Z"},
            "#/occurred_at",
            "after_received",
        ),
    ],
)
def test_times_that_make_no_sense_are_refused(
    service: Service, times: dict[str, str], pointer: str, code: str
) -> None:
    answer = service.post("/cases", service.city.staff(), a_word(service.city, **times))

    [fault] = answer.json()["errors"]
    assert answer.status_code == 422
    assert (fault["pointer"], fault["code"]) == (pointer, code)


def test_a_sites_people_do_not_say_when_the_producer_received_it(service: Service) -> None:
    answer = service.post(
        "/cases",
        service.city.school_head(),
        a_word(service.city, received_at="2026-03-10T09:00:00Z", fixed_on_the_spot=True),
    )

    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"#/received_at", "#/fixed_on_the_spot"}


def test_a_stranger_gets_404(service: Service) -> None:
    answer = service.post("/cases", service.city.daycare_head(), a_word(service.city))

    assert answer.status_code == 404


def test_a_client_that_only_reads_gets_403(service: Service) -> None:
    reader = actors.actor("integration", scopes={"cases:read"})

    assert service.post("/cases", reader, a_word(service.city)).status_code == 403


def test_a_client_that_writes_brings_a_word(service: Service) -> None:
    client = actors.actor("integration", scopes={"cases:read", "cases:write"})

    assert service.report(client, channel="email")["channel"] == "email"


def test_the_receipt_speaks_the_readers_language(service: Service) -> None:
    case = service.report()

    read = service.client.get(
        f"/v1/cases/{case['id']}",
        headers=service.as_(service.city.school_head(), **{"Accept-Language": "sv"}),
    )

    assert read.json()["messages"][0]["body"].startswith("Tack")


def test_what_an_outside_producer_tells_is_about_its_own_work(service: Service) -> None:
    word = a_word(service.city, description="Lounas oli kylmää")
    del word["service"], word["subject"]

    case = service.post("/cases", service.city.outside_supervisor(), word).json()

    assert case["service"] == "cleaning"


@pytest.fixture
def unsolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list into which every walk through FastAPI's dependencies is written."""
    walked: list[str] = []
    solve = fastapi.routing.solve_dependencies

    async def noted(**given: Any) -> Any:
        walked.append(given["request"].url.path)
        return await solve(**given)

    monkeypatch.setattr(fastapi.routing, "solve_dependencies", noted)
    return walked


def test_a_word_that_is_in_order_goes_the_short_way(service: Service, unsolved: list[str]) -> None:
    service.report()
    assert unsolved == []


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({}, {}),
        (
            {"reporter": {"name": "Maija", "phone": "040 1234567"}, "channel": "phone"},
            {"Idempotency-Key": "one"},
        ),
        ({"description": " "}, {}),
        ({"site_id": "nowhere"}, {}),
        ({"surprise": 1}, {}),
        ({"danger": "yes"}, {}),
        ({"occurred_at": "2026-02-30T10:00:00Z"}, {}),
        ({}, {"Idempotency-Key": "with a space"}),
        ({}, {"Authorization": "Bearer nobody"}),
        ({}, {"Authorization": ""}),
        (b"[]", {}),
        (b'{"site_id":', {}),
        (b'{"description": "\\ud800"}', {}),
        ("{}".encode("utf-16"), {}),
        (b"[" * 5_000, {}),
        (b"", {}),
    ],
)
def test_the_short_way_and_the_long_one_answer_alike(
    service: Service, body: dict[str, Any] | bytes, headers: dict[str, str]
) -> None:
    sent = body if isinstance(body, bytes) else json.dumps(a_word(service.city) | body).encode()
    short, long = both_ways(service, sent, service.as_(service.city.school_head()) | headers)
    assert short == long


@pytest.mark.parametrize(
    ("issuer", "query", "changes", "status"),
    [
        ("contracts", "", {}, 403),
        ("gateway", "", {"site_id": str(new_id())}, 404),
        ("gateway", "?surprise=1", {}, 422),
    ],
)
def test_both_ways_refuse_a_service_another_s_site_and_an_unknown_query(
    service: Service, issuer: str, query: str, changes: dict[str, Any], status: int
) -> None:
    itself = Actor(subject=f"service:{issuer}", scopes=frozenset({"events:read"}))
    who = service.city.school_head() if issuer == "gateway" else itself
    headers = actors.bearer(who, "feedback", issuer=issuer)
    short, long = both_ways(service, json.dumps(a_word(service.city) | changes).encode(), headers, query)
    assert short == long
    assert short[0] == status


def both_ways(
    service: Service, sent: bytes, headers: dict[str, str], query: str = ""
) -> list[tuple[int, str | None, str, dict[str, Any]]]:
    """Return what a word is answered by the short way, and by FastAPI's: status, tag, address and content."""
    told = []
    for number, content_type in enumerate(("application/json", "application/json; charset=utf-8")):
        mine = headers | {"Content-Type": content_type}
        if "Idempotency-Key" in headers:
            mine["Idempotency-Key"] += str(number)
        answer = service.client.post(f"/v1/cases{query}", content=sent, headers=mine)
        case = answer.json()
        address = answer.headers.get("location", "").removesuffix(case.get("id", ""))
        for own in ("id", "reference", "messages", "history"):
            case.pop(own, None)
        told.append((answer.status_code, answer.headers.get("etag"), address, case))
    return told
