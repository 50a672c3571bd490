"""What people do to a case, one action after another."""

from datetime import timedelta

from chassis.actors import Actor
from chassis.tables import new_id
from services.feedback.copies.model import PersonCopy
from services.feedback.copies.version import bump
from tests import actors
from tests.services.feedback.city import Service
from tests.support.statements import statements


def test_acknowledging_is_not_answering(service: Service) -> None:
    case = service.act(service.report(), "acknowledge")

    assert case["state"] == "acknowledged"
    assert case["first_response_at"] is None
    assert case["version"] == 2


def test_the_first_public_message_by_the_producers_side_is_the_response(service: Service) -> None:
    case = service.report()
    service.later(minutes=10)
    noted = service.act(case, "messages", body="Soitin keittiölle.", public=False)
    wrote = service.act(noted, "messages", service.city.school_head(), body="Entä huominen?")
    service.later(minutes=10)

    answered = service.act(wrote, "messages", body="Lisäämme annoksia.")

    assert noted["first_response_at"] is None
    assert wrote["first_response_at"] is None
    assert answered["first_response_at"] == "2026-03-10T10:20:00Z"
    assert answered["state"] == "in_progress"
    assert answered["next_due_at"] == answered["resolution_due_at"]


def test_waiting_rests_the_resolution_clock_until_the_customer_answers(service: Service) -> None:
    case = service.act(service.report(), "messages", body="Tutkitaan.")
    service.later(hours=1)
    waiting = service.act(case, "wait", question="Montako oppilasta?")
    service.later(hours=1)

    answered = service.act(waiting, "messages", service.city.school_head(), body="Noin 60.")

    assert waiting["state"] == "waiting"
    assert waiting["waiting_for"] == "Montako oppilasta?"
    assert waiting["time_left"]["state"] == "paused"
    assert waiting["next_due_at"] is None
    assert answered["state"] == "in_progress"
    assert answered["waiting_for"] is None
    assert [message["kind"] for message in answered["messages"]][-1] == "answer"
    assert case["resolution_due_at"] == "2026-03-13T10:00:00Z"
    assert answered["resolution_due_at"] == "2026-03-13T11:00:00Z"


def test_work_can_go_on_without_the_answer(service: Service) -> None:
    case = service.act(service.act(service.report(), "wait", question="Missä?"), "resume")

    assert case["state"] == "in_progress"
    assert case["resolution_due_at"] is not None


def test_a_case_is_resolved_and_closed(service: Service) -> None:
    resolved = service.act(service.report(), "resolve", body="Annosmitoitus korjattiin.")
    closed = service.act(resolved, "close", service.city.school_head())

    assert resolved["state"] == "resolved"
    assert resolved["first_response_at"] is not None
    assert resolved["time_left"]["state"] == "done"
    assert closed["state"] == "closed"
    assert closed["closed_at"] is not None


def test_a_late_answer_is_a_breach_that_stays(service: Service) -> None:
    case = service.report()
    service.later(days=2)
    late = service.get(f"/cases/{case['id']}", service.city.staff()).json()

    answered = service.act(case, "messages", body="Anteeksi viive.")

    assert late["response_breached"]
    assert late["time_left"]["state"] == "late"
    assert late["time_left"]["share_used"] > 1
    assert answered["response_breached"]


def test_late_is_what_waits_for_us_the_same_in_the_case_its_lists_and_counts(service: Service) -> None:
    case, staff = service.report(), service.city.staff()

    def told() -> tuple[str, bool, int, list[str]]:
        shown = service.get(f"/cases/{case['id']}", staff).json()
        late = service.get("/cases", staff, due="late").json()["items"]
        count = service.get("/cases/counts", staff).json()["late"]
        states = [each["time_left"]["state"] for each in late]
        return shown["time_left"]["state"], shown["resolution_breached"], count, states

    service.later(days=8)
    assert told() == ("late", True, 1, ["late"])

    service.act(case, "wait", question="Montako jäi ilman?")
    assert told() == ("paused", True, 0, [])

    service.act(case, "resume")
    assert told() == ("late", True, 1, ["late"])


def test_reopening_begins_a_new_cycle_and_keeps_the_first_result(service: Service) -> None:
    case = service.act(service.report(), "resolve", body="Korjattu.")
    service.later(days=1)

    again = service.act(case, "reopen", service.city.school_head(), reason="Ruoka loppui taas.")

    assert again["cycle"] == 2
    assert again["state"] == "in_progress"
    assert again["first_response_at"] is None
    assert again["response_due_at"] == "2026-03-12T06:00:00Z"
    [past] = again["past_cycles"]
    assert past["resolved_at"] == case["resolved_at"]
    assert past["resolution_due_at"] == case["resolution_due_at"]
    assert not past["resolution_breached"]


def test_a_higher_severity_brings_the_due_time_nearer_and_is_written_down(service: Service) -> None:
    case = service.report()
    service.later(minutes=30)

    changed = service.act(case, "severity", severity="critical", reason="Oireita.")

    assert changed["severity"] == "critical"
    assert changed["response_due_at"] == "2026-03-10T11:00:00Z"
    [entry] = [item for item in changed["history"] if item["what"] == "severity_changed"]
    assert (entry["before"], entry["after"], entry["note"]) == ("normal", "critical", "Oireita.")


def test_the_same_severity_is_refused(service: Service) -> None:
    case = service.report()

    answer = service.post(
        f"/cases/{case['id']}/severity", service.city.staff(), {"severity": "normal", "reason": "x"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "same_severity")


def test_a_case_is_given_to_somebody_else(service: Service) -> None:
    case = service.act(service.report(), "assign", person_id=str(service.city.supervisor), reason="Lomalla")

    assert case["handler"]["name"] == "Pia Palveluesimies"
    assert case["handler"]["role"] == "service_supervisor"
    assert case["stand_in"] is None


def test_a_case_is_given_to_own_staff_only(service: Service) -> None:
    case = service.report()

    for stranger in (service.city.head, new_id()):
        answer = service.post(
            f"/cases/{case['id']}/assign", service.city.staff(), {"person_id": str(stranger)}
        )
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "person_unknown"


def test_a_case_is_given_to_nobody_whose_role_has_ended(service: Service) -> None:
    case = service.report()
    for last, status in (("2026-03-09", 422), ("2026-03-10", 200)):
        with service.database.session() as session:
            person = session.get_one(PersonCopy, service.city.supervisor)
            person.assignments = [{"role": "service_supervisor", "valid_until": last}]
            bump(session)

        answer = service.post(
            f"/cases/{case['id']}/assign",
            service.city.staff(),
            {"person_id": str(service.city.supervisor)},
        )

        assert answer.status_code == status, answer.text


def test_what_the_state_does_not_allow_is_refused(service: Service) -> None:
    case = service.act(service.report(), "acknowledge")

    for action, body in (("acknowledge", {}), ("resume", {}), ("close", {}), ("reopen", {"reason": "x"})):
        answer = service.post(f"/cases/{case['id']}/{action}", service.city.staff(), body)
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_stale_version_is_refused_and_a_fresh_one_taken(service: Service) -> None:
    case = service.report()
    service.act(case, "acknowledge")
    path = f"/cases/{case['id']}/resolve"

    stale = service.post(path, service.city.staff(), {"body": "x"}, **{"If-Match": '"1"'})
    fresh = service.post(path, service.city.staff(), {"body": "x"}, **{"If-Match": '"2"'})

    assert stale.status_code == 412
    assert fresh.status_code == 200
    assert fresh.headers["etag"] == '"3"'


def test_an_action_with_one_key_happens_once(service: Service) -> None:
    case = service.report()
    path, body = f"/cases/{case['id']}/messages", {"body": "Hei"}
    key = {"Idempotency-Key": "m1"}

    first = service.post(path, service.city.staff(), body, **key)
    second = service.post(path, service.city.staff(), body, **key)

    assert second.text == first.text
    assert len(second.json()["messages"]) == 2


def test_every_action_is_an_event_with_the_new_state(service: Service) -> None:
    case = service.act(service.report(), "acknowledge")
    case = service.act(case, "wait", question="Missä?")
    case = service.act(case, "messages", service.city.school_head(), body="Salissa.")
    service.act(case, "resolve", body="Tehty.")
    listener = Actor(subject="service:contracts", scopes=frozenset({"events:read"}))
    headers = actors.bearer(listener, "feedback", issuer="contracts")
    feed = service.client.get("/v1/events", headers=headers).json()["items"]

    assert [event["type"].rsplit(".", 1)[1] for event in feed] == [
        "reported",
        "acknowledged",
        "waiting",
        "answered",
        "resumed",
        "resolved",
    ]
    assert [event["data"]["case"]["state"] for event in feed] == [
        "received",
        "acknowledged",
        "waiting",
        "in_progress",
        "in_progress",
        "resolved",
    ]
    assert feed[-1]["data"]["case"]["version"] == 5
    assert not [event for event in feed if "personal" in event["data"]]


def test_no_service_reads_what_events_tell_about_people(service: Service) -> None:
    for name in ("contracts", "customers"):
        listener = Actor(subject=f"service:{name}", scopes=frozenset({"events:read", "events:personal"}))
        headers = actors.bearer(listener, "feedback", issuer=name)
        assert service.client.get("/v1/events", headers=headers).status_code == 403


def test_the_clock_says_who_promised_and_which_minutes_counted(service: Service) -> None:
    case = service.act(service.report(), "wait", question="Montako?")
    service.later(hours=2)

    clock = service.get(f"/cases/{case['id']}/clock", service.city.school_head()).json()

    assert clock["policy"]["source"] == "default"
    assert clock["calendar"]["name"] == "school"
    assert clock["clocks"]["response"]["met_at"] == "2026-03-10T10:00:00Z"
    assert clock["ledger"][0]["kind"] == "paused"
    assert "Montako?" in clock["ledger"][0]["reason"]["text"]
    assert clock["now"] == (service.now).isoformat().replace("+00:00", "Z")


def test_a_case_and_its_clock_come_in_one_answer_with_no_further_statement(service: Service) -> None:
    case = service.act(service.report(), "wait", question="Montako?")
    head = service.city.school_head()
    alone = service.get(f"/cases/{case['id']}", head).json()
    clock = service.get(f"/cases/{case['id']}/clock", head).json()

    with statements(service.database) as asked:
        service.get(f"/cases/{case['id']}", head)
    with statements(service.database) as asked_together:
        together = service.get(f"/cases/{case['id']}", head, include="clock").json()

    assert alone["clock"] is None
    assert together == alone | {"clock": clock}
    assert sorted(asked_together) == sorted(asked)
    assert service.get(f"/cases/{case['id']}", head, include="history").status_code == 422


def test_a_clock_that_was_set_back_does_not_disturb_the_log(service: Service) -> None:
    case = service.act(service.report(), "messages", body="Hei")
    service.now -= timedelta(minutes=5)

    assert service.act(case, "resolve", body="Tehty.")["state"] == "resolved"
