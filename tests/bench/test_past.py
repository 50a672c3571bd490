"""Loaded cases are what requests would have made."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bench.past import Past, copy_in, live, multiply
from services.feedback.app import read_models_of
from services.feedback.cases.schemas import Intake
from services.feedback.cases.upkeep import rebuild_projections
from services.feedback.finding.analyser import Analyser
from services.feedback.finding.readings import Readings
from tests.services.feedback.city import TUESDAY, Service, a_service, a_word


@pytest.fixture
def service(database_url_for: Callable[[str], str]) -> Iterator[Service]:
    with a_service(database_url_for("feedback")) as running:
        yield running


def load(service: Service) -> None:
    with service.database.session() as session:
        read_model = read_models_of(service.settings).current(session)
        intake = Intake.model_validate(a_word(service.city))
        head, day = service.city.school_head(), timedelta(days=1)
        closed = Past(
            intake, head, TUESDAY - 7 * day, TUESDAY - 6 * day, TUESDAY - 5 * day, TUESDAY - 4 * day
        )
        lived = [live(read_model, Past(intake, head, TUESDAY)), live(read_model, closed)]
        copy_in(session, lived, Readings(Analyser(command=["/nonexistent"])))


def test_a_loaded_case_reads_like_a_reported_one(service: Service) -> None:
    load(service)
    reported = service.get(f"/cases/{service.report()['id']}", service.city.staff()).json()

    newest, first = service.get("/cases", service.city.staff(), state="received").json()["items"]

    same = {"id", "reference"}
    assert newest == {name: reported[name] for name in newest}
    assert {k: v for k, v in first.items() if k not in same} == {
        k: v for k, v in newest.items() if k not in same
    }
    assert rebuild_projections(service.database, read_models_of(service.settings), service.now) == 0


def test_multiplied_cases_lie_whole_weeks_earlier_and_are_found(service: Service) -> None:
    load(service)
    with service.database.session() as session:
        assert multiply(session, 52) == 1

    found = service.get("/cases", service.city.staff(), q="lounas").json()["items"]

    assert [case["received_at"][:10] for case in found] == ["2026-03-10", "2026-03-03", "2025-03-04"]
    assert len({case["reference"] for case in found}) == 3
