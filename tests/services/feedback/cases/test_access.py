"""Each level sees its own: the owner, the colleague, the stranger."""

import pytest

from chassis.actors import Actor
from tests import actors
from tests.services.feedback.city import City, Service, a_word

SEES = {
    "school_head": True,
    "contract_contact": True,
    "handler": True,
    "management": True,
    "integration": True,
    "daycare_head": False,
    "outside_supervisor": False,
    "nobody": False,
}


def who(name: str, city: City) -> Actor:
    return {
        "school_head": city.school_head(),
        "contract_contact": city.contract_contact(),
        "handler": city.staff(),
        "management": city.staff("management"),
        "integration": actors.actor("integration", scopes={"cases:read"}),
        "daycare_head": city.daycare_head(),
        "outside_supervisor": city.outside_supervisor(),
        "nobody": actors.actor("site_staff"),
    }[name]


@pytest.mark.parametrize(("name", "sees"), SEES.items())
def test_single_clock_list_counts_and_search_have_one_scope(service: Service, name: str, sees: bool) -> None:
    case = service.report()
    actor = who(name, service.city)

    assert service.get(f"/cases/{case['id']}", actor).status_code == (200 if sees else 404)
    assert service.get(f"/cases/{case['id']}/clock", actor).status_code == (200 if sees else 404)
    assert len(service.get("/cases", actor).json()["items"]) == sees
    assert len(service.get("/cases", actor, sort="next_due").json()["items"]) == sees
    assert len(service.get("/cases", actor, q=case["reference"]).json()["items"]) == sees
    assert service.get("/cases/counts", actor).json()["open"] == sees
    assert len(service.get("/search", actor, q=case["reference"]).json()["items"]) == sees


def test_an_outside_producers_supervisor_sees_its_own_work(service: Service) -> None:
    case = service.report(service="cleaning")
    supervisor = service.city.outside_supervisor()

    seen = service.get(f"/cases/{case['id']}", supervisor).json()
    answered = service.act(case, "messages", supervisor, body="Tulemme tänään.")

    assert "resolve" in seen["allowed"]
    assert "assign" not in seen["allowed"]
    assert answered["first_response_at"] is not None
    answer = service.post(f"/cases/{case['id']}/severity", supervisor, {"severity": "low", "reason": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["complaint", "praise"])
def test_an_outside_producer_does_not_report_the_others_work(service: Service, kind: str) -> None:
    supervisor = service.city.outside_supervisor()
    reporter = {"name": "Joku Muu"}

    answer = service.post("/cases", supervisor, a_word(service.city, kind=kind, reporter=reporter))

    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        ("#/service", "of_another_producer")
    ]
    assert service.get("/cases", service.city.staff()).json()["items"] == []


def test_a_word_of_an_outside_producer_can_be_read_by_its_sender(service: Service) -> None:
    supervisor = service.city.outside_supervisor()
    case = service.report(supervisor, service="cleaning")

    assert service.get(f"/cases/{case['id']}", supervisor).json()["reference"] == case["reference"]


@pytest.mark.parametrize("name", ["school_head", "handler", "contract_contact", "outside_supervisor"])
def test_a_service_that_the_site_does_not_use_is_refused_at_its_field(service: Service, name: str) -> None:
    answer = service.post("/cases", who(name, service.city), a_word(service.city, service="coffee"))

    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        ("#/service", "not_used_there")
    ]


def test_site_people_never_see_internal_messages(service: Service) -> None:
    case = service.act(service.report(), "messages", body="Kokki sairaana.", public=False)

    outside = service.get(f"/cases/{case['id']}", service.city.school_head()).json()

    assert "Kokki sairaana." in [message["body"] for message in case["messages"]]
    assert [message["kind"] for message in outside["messages"]] == ["receipt"]
    assert [item["what"] for item in outside["history"]] == ["received"]


def test_site_people_do_not_write_internal_messages(service: Service) -> None:
    case = service.report()

    answer = service.post(
        f"/cases/{case['id']}/messages", service.city.school_head(), {"body": "x", "public": False}
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("acknowledge", {}),
        ("wait", {"question": "?"}),
        ("resolve", {"body": "x"}),
        ("assign", {"person_id": "01930000-0000-7000-8000-000000000001"}),
        ("severity", {"severity": "high", "reason": "x"}),
    ],
)
def test_the_producers_work_is_not_the_customers(service: Service, action: str, body: dict[str, str]) -> None:
    case = service.report()

    assert service.post(f"/cases/{case['id']}/{action}", service.city.school_head(), body).status_code == 403
    assert service.post(f"/cases/{case['id']}/{action}", service.city.daycare_head(), body).status_code == 404


def test_without_a_token_nothing_is_told(service: Service) -> None:
    for path in ("/v1/cases", "/v1/cases/counts", "/v1/search?q=x", "/v1/events"):
        assert service.client.get(path).status_code == 401


def test_a_forged_token_and_another_services_are_refused(service: Service) -> None:
    head = service.city.school_head()

    for headers in (actors.forged(head, "feedback"), actors.bearer(head, "customers")):
        assert service.client.get("/v1/cases", headers=headers).status_code == 401


def test_another_service_reads_the_feed_but_no_cases(service: Service) -> None:
    case = service.report()
    itself = Actor(subject="service:contracts", scopes=frozenset({"events:read"}))
    headers = actors.bearer(itself, "feedback", issuer="contracts")

    assert len(service.client.get("/v1/events", headers=headers).json()["items"]) == 1
    for path in (f"/v1/cases/{case['id']}", "/v1/cases", "/v1/cases/counts", "/v1/search?q=x"):
        assert service.client.get(path, headers=headers).status_code == 403
