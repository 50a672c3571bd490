"""A word is kept once and whole: repeated, at once with others, and when the database fails."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import sqlalchemy as sa

from tests.services.feedback.city import Service, a_word, rows


def test_a_retried_key_gets_the_first_answer_and_makes_nothing_new(service: Service) -> None:
    head, word = service.city.school_head(), a_word(service.city)
    first = service.post("/cases", head, word, **{"Idempotency-Key": "k1"})
    service.later(hours=1)

    again = service.post("/cases", head, word, **{"Idempotency-Key": "k1"})

    assert again.status_code == 201
    assert again.text == first.text
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["etag"] == first.headers["etag"]
    assert rows(service, "select count(*) from event") == [(1,)]


def test_a_key_with_another_body_is_refused(service: Service) -> None:
    head = service.city.school_head()
    service.post("/cases", head, a_word(service.city), **{"Idempotency-Key": "k1"})

    other = service.post("/cases", head, a_word(service.city, subject="Muu"), **{"Idempotency-Key": "k1"})

    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"


def test_eight_at_once_with_one_key_make_one_case(service: Service) -> None:
    head, word = service.city.school_head(), a_word(service.city)

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: service.post("/cases", head, word, **{"Idempotency-Key": "k"}), range(8))
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["reference"] for answer in answers}) == 1
    assert rows(service, "select count(*) from feedback_case") == [(1,)]


def test_numbers_are_unique_under_concurrency(service: Service) -> None:
    with ThreadPoolExecutor(8) as pool:
        cases = list(pool.map(lambda _: service.report(), range(40)))

    assert len({case["reference"] for case in cases}) == 40


def test_the_number_bears_the_helsinki_year(service: Service) -> None:
    service.now = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)

    assert service.report()["reference"] == "P-2027-000001"


def test_numbers_begin_again_each_year(service: Service) -> None:
    service.report()
    service.now = datetime(2027, 2, 1, 10, 0, tzinfo=UTC)

    assert service.report()["reference"] == "P-2027-000001"


def test_nothing_is_stored_when_the_commit_fails(service: Service) -> None:
    with service.database.session() as session:
        session.execute(
            sa.text(
                "create function refuse() returns trigger language plpgsql as"
                " $$ begin raise exception 'disk full'; end $$"
            )
        )
        session.execute(
            sa.text(
                "create constraint trigger refuse after insert on feedback_case deferrable"
                " initially deferred for each row execute function refuse()"
            )
        )

    answer = service.post(
        "/cases", service.city.school_head(), a_word(service.city), **{"Idempotency-Key": "k"}
    )

    assert answer.status_code >= 500
    assert rows(service, "select (select count(*) from event) + (select count(*) from idempotency_key)") == [
        (0,)
    ]


def test_a_restarted_database_costs_a_keyed_word_nothing(service: Service) -> None:
    service.report()
    with service.database.session() as session:
        session.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        )

    answer = service.post(
        "/cases", service.city.school_head(), a_word(service.city), **{"Idempotency-Key": "after"}
    )

    assert answer.status_code == 201
    assert rows(service, "select count(*) from feedback_case") == [(2,)]
