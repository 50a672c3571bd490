"""The ladder: each step once, whoever runs, however often, and whatever crashes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.feedback.app import read_models_of
from services.feedback.copies.model import PersonCopy
from services.feedback.copies.version import bump
from services.feedback.escalation.usecases import climb, climb_one
from tests.services.feedback.city import Service


def steps(service: Service) -> list[tuple[Any, ...]]:
    with service.database.session() as session:
        taken = sa.text("select clock, step, person_name from escalation order by told_at, clock, step")
        return [tuple(row) for row in session.execute(taken)]


def events(service: Service) -> list[str]:
    with service.database.session() as session:
        told = sa.text(
            "select type from event where type like '%warned' or type like '%escalated' order by sequence"
        )
        return [kind.rsplit(".", 1)[1] for kind in session.scalars(told)]


def run(service: Service) -> int:
    return climb(service.database, read_models_of(service.settings), service.now)


def test_nobody_is_told_before_half_of_the_time_is_used(service: Service) -> None:
    service.report()
    service.later(hours=1, minutes=59)

    assert run(service) == 0


def test_the_ladder_is_climbed_step_by_step(service: Service) -> None:
    case = service.report()

    service.later(hours=2)  # two of four business hours
    run(service)
    service.later(hours=1)  # three
    run(service)
    service.now += timedelta(hours=17)  # next morning at eight: four
    run(service)
    service.later(hours=2)  # half as much again
    run(service)

    assert steps(service) == [
        ("response", 1, "Hanna Käsittelijä"),
        ("response", 2, "Pia Palveluesimies"),
        ("response", 3, "Aino Asiakkuus"),
        ("response", 4, "Johanna Johtaja"),
    ]
    assert events(service) == ["warned", "warned", "escalated", "escalated"]
    told = service.get(f"/cases/{case['id']}", service.city.staff()).json()["escalations"]
    assert [(each["step"], each["role"]) for each in told] == [
        (1, "complaint_handler"),
        (2, "service_supervisor"),
        (3, "account_manager"),
        (4, "management"),
    ]


def test_steps_that_were_missed_are_all_taken_later(service: Service) -> None:
    service.report()
    service.later(days=10)

    assert run(service) == 8
    assert run(service) == 0


def test_two_workers_at_once_tell_everybody_once(service: Service) -> None:
    for _ in range(10):
        service.report()
    service.later(days=10)

    with ThreadPoolExecutor(2) as workers:
        counts = list(workers.map(lambda _: run(service), range(2)))

    assert sum(counts) == 80
    assert len(steps(service)) == len(events(service)) == 80


def test_a_crash_before_the_commit_leaves_the_step_to_the_next_run(service: Service) -> None:
    case = service.report()
    service.later(hours=2)

    def killed() -> None:
        with service.database.session() as session:
            climb_one(session, read_models_of(service.settings), UUID(case["id"]), service.now)
            raise RuntimeError("the worker is killed")

    with pytest.raises(RuntimeError):
        killed()

    assert steps(service) == events(service) == []
    assert run(service) == 1
    assert events(service) == ["warned"]


def test_a_case_that_cannot_be_worked_out_does_not_stop_the_others(service: Service) -> None:
    broken = service.report()
    service.report()
    with service.database.session() as session:
        session.execute(
            sa.text("update case_event set data = '{}' where case_id = :broken"), {"broken": broken["id"]}
        )
    service.later(hours=2)

    assert run(service) == 1


def test_an_answered_case_is_not_late(service: Service) -> None:
    service.act(service.report(), "resolve", body="Tehty.")
    service.later(days=10)

    assert run(service) == 0


def test_a_waiting_case_does_not_climb(service: Service) -> None:
    service.act(service.report(), "wait", question="Missä?")
    service.later(days=10)

    assert run(service) == 0


def test_waiting_after_the_promise_puts_the_last_step_off(service: Service) -> None:
    case = service.act(service.report(), "messages", body="Selvitämme.", public=True)
    service.now = datetime.fromisoformat(case["next_due_at"])
    assert run(service) == 3
    service.act(case, "wait", question="Missä?")
    service.later(days=14)
    service.act(case, "resume")

    assert run(service) == 0


def test_who_stands_in_for_the_account_manager_is_told(service: Service) -> None:
    service.report()
    with service.database.session() as session:
        manager = session.get_one(PersonCopy, service.city.account_manager)
        manager.absences = [{"first_day": "2026-03-11", "last_day": "2026-03-11"}]
        bump(session)
    service.now += timedelta(hours=20)  # next morning at eight: all of four business hours
    run(service)

    assert ("response", 3, "Pia Palveluesimies") in steps(service)


def test_a_new_cycle_climbs_anew(service: Service) -> None:
    case = service.report()
    service.later(hours=2)
    run(service)
    case = service.act(case, "resolve", body="Tehty.")
    case = service.act(case, "reopen", reason="Ei ole.")
    service.later(days=10)

    assert run(service) == 8


def test_customers_do_not_see_who_was_told(service: Service) -> None:
    case = service.report()
    service.later(days=10)
    run(service)

    seen = service.get(f"/cases/{case['id']}", service.city.school_head()).json()

    assert seen["escalations"] == []
    assert [item["what"] for item in seen["history"]] == ["received"]


def test_thanks_do_not_climb_for_a_resolution(service: Service) -> None:
    service.report(kind="praise")
    service.later(days=30)
    run(service)

    assert {clock for clock, *_ in steps(service)} == {"response"}
