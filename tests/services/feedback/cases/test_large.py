"""A case of very many words is told in parts, the newest first: no answer is larger than 2 MB."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from chassis.routing import LARGEST
from services.feedback.cases.model import CaseEntry
from services.feedback.cases.views import MOST_BYTES, MOST_TOLD, newest
from services.feedback.cases.vocabulary import What
from tests.services.feedback.city import Service

LONGEST = '"' * 10_000
"""What JSON doubles."""
SAID = 320
NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)


def words(length: int) -> CaseEntry:
    return CaseEntry(
        case_id=uuid4(),
        number=1,
        cycle=1,
        what=What.ANSWERED,
        at=NOW,
        logged_at=NOW,
        by_name="Päivi",
        public=True,
        body="a" * length,
    )


def test_as_many_of_the_newest_are_told_as_fit_and_one_at_least() -> None:
    assert len(newest([])) == 0
    assert len(newest([words(10)] * (MOST_TOLD + 5))) == MOST_TOLD
    assert len(newest([words(MOST_BYTES // 2)] * 5)) == 2
    assert len(newest([words(10), words(MOST_BYTES + 1)])) == 1


def test_a_case_of_very_many_words_is_told_in_parts_none_of_them_large(service: Service) -> None:
    case = service.act(service.report(), "wait", question="Montako jäi ilman?")
    _say_very_much(service, case["id"])
    path, staff = f"/cases/{case['id']}", service.city.staff()

    told: list[str] = []
    query: dict[str, Any] = {"include": "clock"}
    while True:
        answer = service.get(path, staff, **query)
        assert len(answer.content) <= LARGEST
        body = answer.json()
        told = [each["id"] for each in body["messages"]] + told
        if body["earlier"] is None:
            break
        assert body["earlier"]["messages"] == SAID + 2 - len(told)
        query["before"] = body["earlier"]["before"]

    assert len(told) == len(set(told)) == SAID + 2
    assert told[0].endswith("-0")
    assert len(service.get(f"{path}/clock", staff).content) <= LARGEST


def _say_very_much(service: Service, case_id: str) -> None:
    """Write what people could have written, as they would have: waiting and answering by turns."""
    statement = sa.text(
        "insert into case_event (case_id, number, cycle, what, at, logged_at, by_name, public, body, data)"
        " select case_id, number + n, cycle, case when n % 2 = 1 then 'resumed' else 'waiting' end,"
        " at + n * interval '1 second', at + n * interval '1 second', by_name, true,"
        " case when n % 2 = 0 then :words end, '{}'"
        " from case_event, generate_series(1, :many) n where case_id = :case_id and what = 'waiting'"
    )
    with service.database.session() as session:
        session.execute(statement, {"words": LONGEST, "many": 2 * SAID, "case_id": case_id})
