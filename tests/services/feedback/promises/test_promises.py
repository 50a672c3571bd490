"""How promises are kept: counted on the day they fall due, for those who lead."""

import pytest

from tests.actors import actor
from tests.services.feedback.city import Service


def result(service: Service) -> dict[str, int]:
    answer = service.get("/cases/promises", service.city.staff("management"))
    assert answer.status_code == 200, answer.text
    return {name: answer.json()[name] for name in ("kept", "of", "kept_before", "of_before", "late")}


def counted(**changes: int) -> dict[str, int]:
    return dict.fromkeys(("kept", "of", "kept_before", "of_before", "late"), 0) | changes


def test_a_promise_counts_from_the_day_it_falls_due(service: Service) -> None:
    case = service.report(severity="critical")
    service.act(case, "messages", body="Soitin jo.")
    assert result(service) == counted()

    service.later(hours=2)
    assert result(service) == counted(kept=1, of=1)

    service.later(days=2)
    assert result(service) == counted(kept=1, of=2, late=1)

    service.later(days=31)
    assert result(service) == counted(kept_before=1, of_before=2, late=1)


def test_no_solution_falls_due_while_the_customer_is_waited_for(service: Service) -> None:
    service.act(service.report(severity="critical"), "wait", question="Ketkä sairastuivat?")
    service.later(days=5)

    assert result(service) == counted(kept=1, of=1)


def test_a_promise_broken_before_the_customer_was_asked_stays_broken_and_is_late_no_more(
    service: Service,
) -> None:
    case = service.report(severity="critical")
    service.later(days=2)
    assert result(service) == counted(of=2, late=1)

    service.act(case, "wait", question="Ketkä sairastuivat?")

    assert result(service) == counted(of=2)


def test_thanks_promise_nothing(service: Service) -> None:
    service.report(kind="praise")
    service.later(days=20)

    assert (result(service)["of"], result(service)["kept"]) == (0, 0)


def test_what_a_reopened_case_promised_before_stays_as_it_was(service: Service) -> None:
    case = service.report(severity="critical")
    service.later(hours=3)
    service.act(case, "resolve", body="Myöhässä, mutta tehty.")
    service.act(case, "reopen", service.city.school_head(), reason="Sama toistui.")
    service.later(days=5)

    told = result(service)
    assert (told["kept"], told["of"]) == (1, 4)


def test_the_parts_of_handlers_and_of_producers_make_up_the_whole(service: Service) -> None:
    service.report(severity="critical")
    service.report(severity="critical", service="cleaning")
    service.later(days=5)

    told = service.get("/cases/promises", service.city.staff("management")).json()

    assert (told["of"], told["late"]) == (4, 2)
    assert {each["who"]["name"] for each in told["by_producer"]} == {"Oulun Serviisi", "Siivous Oy"}
    for parts in (told["by_handler"], told["by_producer"]):
        assert sum(each["of"] for each in parts) == told["of"]
        assert sum(each["late"] for each in parts) == told["late"]


@pytest.mark.parametrize("role", ["complaint_handler", "service_supervisor", "account_manager"])
def test_how_colleagues_keep_promises_is_not_told_to_them(service: Service, role: str) -> None:
    assert service.get("/cases/promises", actor(role)).status_code == 403
