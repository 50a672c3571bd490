"""Statements that many ask alike are made once; nobody gets another's."""

from services.feedback.finding import repository
from tests.services.feedback.city import Service


def test_the_first_page_of_the_queue_is_one_statement_for_all_who_see_every_case(service: Service) -> None:
    service.report()
    service.get("/cases", service.city.staff(), sort="next_due", limit=25)
    before = repository._first_page.cache_info()

    handled = service.get("/cases", service.city.staff("account_manager"), sort="next_due", limit=25).json()
    after = repository._first_page.cache_info()

    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)
    assert len(handled["items"]) == 1


def test_a_kept_statement_shows_each_reader_the_own_cases_alone(service: Service) -> None:
    case = service.report()
    city = service.city

    for _ in range(2):
        for reader, seen in ((city.staff(), 1), (city.school_head(), 1), (city.daycare_head(), 0)):
            listed = service.get("/cases", reader, sort="next_due", limit=25).json()["items"]
            assert len(listed) == seen
            assert service.get(f"/cases/{case['id']}", reader).status_code == (200 if seen else 404)
