"""The due columns are what the log says."""

import sqlalchemy as sa

from services.feedback.app import read_models_of
from services.feedback.cases.upkeep import rebuild_projections
from tests.services.feedback.city import Service


def test_projections_that_were_written_are_those_of_the_log(service: Service) -> None:
    service.report()
    case = service.act(service.report(severity="high"), "wait", question="Missä?")
    service.later(hours=3)
    service.act(case, "messages", service.city.school_head(), body="Salissa.")
    service.act(service.report(), "wait", question="Milloin?")
    service.later(hours=30)

    assert rebuild_projections(service.database, read_models_of(service.settings), service.now) == 0


def test_wrong_columns_are_mended_from_the_log(service: Service) -> None:
    case = service.report()
    with service.database.session() as session:
        session.execute(sa.text("update feedback_case set response_due_at = null, queue_at = now()"))

    mended = rebuild_projections(service.database, read_models_of(service.settings), service.now)

    assert mended == 1
    after = service.get(f"/cases/{case['id']}", service.city.staff()).json()
    assert after["response_due_at"] == case["response_due_at"]
