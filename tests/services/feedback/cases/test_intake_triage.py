"""What the words of a report decide: the service, the subject, danger."""

from typing import Any

import pytest

from tests.services.feedback.city import Service, a_word, rows


def test_a_word_needs_neither_service_nor_subject(service: Service) -> None:
    word = a_word(service.city, description="Vessat olivat siivoamatta. Toinen kerta tällä viikolla.")
    del word["service"], word["subject"]

    case = service.post("/cases", service.city.school_head(), word).json()

    assert (case["service"], case["subject"]) == ("cleaning", "Vessat olivat siivoamatta")
    assert case["producer"]["name"] == "Siivous Oy"


def test_words_that_do_not_tell_the_service_reach_somebody_all_the_same(service: Service) -> None:
    word = a_word(service.city, description="x")
    del word["service"], word["subject"]

    case = service.post("/cases", service.city.school_head(), word).json()

    assert (case["service"], case["subject"], case["handler"]["name"]) == ("meals", "x", "Hanna Käsittelijä")


def test_a_service_that_the_site_does_not_have_is_refused(service: Service) -> None:
    answer = service.post("/cases", service.city.school_head(), a_word(service.city, service="coffee"))

    [fault] = answer.json()["errors"]
    assert answer.status_code == 422
    assert (fault["pointer"], fault["code"]) == ("#/service", "not_used_there")


@pytest.mark.parametrize("channel", ["web", "phone", "email", "face_to_face"])
def test_words_of_danger_are_critical_whatever_the_channel(service: Service, channel: str) -> None:
    case = service.report(channel=channel, severity="low", description="Epäily anafylaksiasta.")

    assert (case["severity"], case["response_due_at"]) == ("critical", "2026-03-10T11:00:00Z")


@pytest.mark.parametrize(
    "telling", [{"danger": True}, {"severity": "critical"}, {"subject": "Oksentelua luokassa"}]
)
def test_praise_that_tells_of_an_illness_is_a_complaint(service: Service, telling: dict[str, Any]) -> None:
    case = service.report(kind="praise", **telling)

    assert (case["kind"], case["severity"]) == ("complaint", "critical")
    assert case["resolution_due_at"] is not None


def test_words_are_judged_while_they_are_written_and_nothing_is_stored(service: Service) -> None:
    body = {"site_id": str(service.city.school), "kind": "praise", "description": "Kaksi oksensi. Ruoka oli"}

    answer = service.post("/cases/triage", service.city.school_head(), body)

    assert answer.status_code == 200
    assert answer.json() == {
        "danger": {"word": "oksensi", "severity": "critical"},
        "service": "meals",
        "kind": "complaint",
        "severity": "critical",
        "subject": "Kaksi oksensi",
    }
    assert rows(service, "select count(*) from feedback_case") == [(0,)]
    stranger = service.post("/cases/triage", service.city.daycare_head(), body)
    assert stranger.status_code == 404
