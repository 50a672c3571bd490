"""The copy of contract years' targets, kept by the contracts service's feed."""

from typing import Any
from uuid import UUID

from chassis.events import CloudEvent
from chassis.tables import new_id
from services.feedback.sla.usecases import on_contract_year_changed, policy_for
from tests.services.feedback.city import Service
from tests.services.feedback.sla.times import at

DAY = at("2026-03-10 08:00").date()


def a_year(customer_id: UUID, **changes: Any) -> CloudEvent:
    """A signed year of meals at one site."""
    data: dict[str, Any] = {
        "id": str(new_id()),
        "contract_id": str(new_id()),
        "reference": "S-2026-012",
        "customer_id": str(customer_id),
        "year": 2026,
        "state": "signed",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "signed_at": "2025-12-15T10:00:00Z",
        "lines": [],
        "targets": [a_target()],
        "version": 4,
    } | changes
    return CloudEvent(
        id=str(new_id()),
        source="/services/contracts",
        type="kumppani.contracts.year.changed",
        subject=data["id"],
        time="2025-12-15T10:00:00Z",
        data=data,
    )


def a_target(response: str = "PT2H", **changes: Any) -> dict[str, Any]:
    return {
        "service": "meals",
        "severity": "normal",
        "response": {"basis": "business", "duration": response},
        "resolution": {"basis": "business", "duration": "P2D"},
    } | changes


def response_of(feedback: Service, customer_id: UUID, *events: CloudEvent, severity: str = "normal") -> str:
    """Hear the events in order; then tell the response's length and who set it."""
    with feedback.database.session() as session:
        for event in events:
            on_contract_year_changed(session, event)
        session.flush()
        found = policy_for(session, customer_id, None, "meals", severity, DAY)
    assert found.policy.response is not None
    return f"{found.policy.response.duration} {found.source.contract_reference or found.source.kind}"


def test_a_signed_year_sets_the_policy(feedback: Service) -> None:
    customer = new_id()
    assert response_of(feedback, customer, a_year(customer)) == "PT2H S-2026-012"


def test_another_customers_year_does_not(feedback: Service) -> None:
    assert response_of(feedback, new_id(), a_year(new_id())) == "PT4H default"


def test_drafts_and_rejected_years_promise_nothing(feedback: Service) -> None:
    for state in ("draft", "in_negotiation", "in_approval", "rejected"):
        customer = new_id()
        assert response_of(feedback, customer, a_year(customer, state=state)) == "PT4H default"


def test_in_force_and_ended_years_hold_on_their_days(feedback: Service) -> None:
    for state in ("in_force", "ended"):
        customer = new_id()
        assert response_of(feedback, customer, a_year(customer, state=state)) == "PT2H S-2026-012"


def test_a_terminated_year_holds_up_to_its_end(feedback: Service) -> None:
    customer = new_id()
    cut = a_year(customer, state="terminated", valid_until="2026-03-09")
    assert response_of(feedback, customer, cut) == "PT4H default"
    later = a_year(customer, state="terminated", valid_until="2026-03-10")
    assert response_of(feedback, customer, later) == "PT2H S-2026-012"


def test_a_year_terminated_before_signing_promises_nothing(feedback: Service) -> None:
    customer = new_id()
    assert (
        response_of(feedback, customer, a_year(customer, state="terminated", signed_at=None))
        == "PT4H default"
    )


def test_a_newer_state_replaces_and_an_older_one_is_ignored(feedback: Service) -> None:
    customer, year = new_id(), str(new_id())
    newer = a_year(customer, id=year, version=5, targets=[a_target("PT1H")])
    older = a_year(customer, id=year, version=4)
    assert response_of(feedback, customer, older, newer, older) == "PT1H S-2026-012"


def test_a_year_that_is_drawn_back_is_forgotten(feedback: Service) -> None:
    customer, year = new_id(), str(new_id())
    back = a_year(customer, id=year, version=5, state="draft")
    assert response_of(feedback, customer, a_year(customer, id=year), back) == "PT4H default"


def test_a_target_nobody_can_read_spoils_no_other(feedback: Service) -> None:
    customer = new_id()
    bad = [
        a_target("PT-1H", severity="high"),
        a_target("P900D", severity="low"),
        {"service": "meals", "severity": "critical"},
    ]
    year = a_year(customer, targets=[*bad, a_target()])
    assert response_of(feedback, customer, year) == "PT2H S-2026-012"
    assert response_of(feedback, customer, severity="high") == "PT2H default"
    assert response_of(feedback, customer, severity="low") == "PT8H default"


def test_an_event_nobody_can_read_does_not_stop_the_feed(feedback: Service) -> None:
    customer = new_id()
    broken = a_year(customer, valid_from="some day")
    assert response_of(feedback, customer, broken, a_year(customer)) == "PT2H S-2026-012"


def test_the_preview_of_a_site_follows_its_contract(feedback: Service) -> None:
    city = feedback.city
    line = {"site_id": str(city.daycare), "service": "meals"}
    with feedback.database.session() as session:
        on_contract_year_changed(session, a_year(city.early_years, lines=[line]))
    body = {"site_id": str(city.daycare), "service": "meals", "received_at": "2026-03-10T08:00:00+02:00"}
    answer = feedback.post("/sla/preview", city.staff(), body).json()
    assert answer["response_due_at"] == "2026-03-10T08:00:00Z"
    assert answer["policy"] == {
        "source": "contract_year",
        "contract_reference": "S-2026-012",
        "year": 2026,
        "response": {"basis": "business", "duration": "PT2H", "source": "contract_year"},
        "resolution": {"basis": "business", "duration": "P2D", "source": "contract_year"},
    }
