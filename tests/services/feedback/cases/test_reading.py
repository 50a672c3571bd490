"""What reading costs: a page of a case asks the database for what the case has, and for nothing else."""

from tests.services.feedback.city import Service
from tests.support.statements import statements


def test_a_case_is_read_by_three_statements_and_one_that_was_reopened_by_one_more(service: Service) -> None:
    staff = service.city.staff()
    case = service.report()
    service.get(f"/cases/{case['id']}", staff)

    with statements(service.database) as sent:
        fresh = service.get(f"/cases/{case['id']}", staff, include="clock").json()
    service.act(case, "resolve", body="Asia on kunnossa.")
    service.act(case, "reopen", reason="Ei ole.")
    with statements(service.database) as sent_later:
        reopened = service.get(f"/cases/{case['id']}", staff, include="clock").json()

    assert (len(sent), fresh["past_cycles"]) == (3, [])
    assert (len(sent_later), [past["cycle"] for past in reopened["past_cycles"]]) == (4, [1])
