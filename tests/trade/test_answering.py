"""Who answers for a service at a site, as a pure choice."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from trade.answering import FOR_COMPLAINT, FOR_PRAISE, Answering, Assignment, Named, Place, answering

DAY = date(2026, 3, 10)
SITE, CUSTOMER, DEPARTMENT, PRODUCER, OTHER = (UUID(int=number) for number in range(901, 906))
SCHOOL = Place(SITE, "Kaakkurin koulu", CUSTOMER, DEPARTMENT, "meals", PRODUCER)


def named(number: int, role: str = "complaint_handler", name: str = "", **limits: Any) -> Named:
    return Named(UUID(int=number), name or f"Henkilö {number}", Assignment(role, **limits))


def chosen(
    *people: Named,
    place: Place = SCHOOL,
    roles: Sequence[str] = FOR_COMPLAINT,
    away: Collection[int] = (),
) -> Answering | None:
    return answering(
        lambda role: [each for each in people if each.assignment.role == role],
        roles,
        place,
        DAY,
        lambda person_id: person_id.int in away,
    )


def number_of(answer: Answering | None) -> int | None:
    return answer.person_id.int if answer else None


def test_the_closest_assignment_answers() -> None:
    limits: list[dict[str, Any]] = [
        {},
        {"department_id": DEPARTMENT},
        {"customer_id": CUSTOMER},
        {"service": "meals"},
        {"producer_id": PRODUCER},
        {"site_id": SITE},
    ]
    people = [named(number, **limit) for number, limit in enumerate(limits, start=1)]
    while people:
        assert number_of(chosen(*people)) == len(people)
        people.pop()


@pytest.mark.parametrize("limit", ["site_id", "customer_id", "department_id", "producer_id", "service"])
def test_a_limit_to_something_else_does_not_answer(limit: str) -> None:
    elsewhere = "cleaning" if limit == "service" else OTHER
    assert chosen(named(1, **{limit: elsewhere})) is None


def test_a_complaint_goes_up_role_by_role_and_thanks_go_to_the_supervisor() -> None:
    manager = named(3, "account_manager", customer_id=CUSTOMER)
    people = [named(1), named(2, "service_supervisor"), manager, named(4, "management")]
    people.append(named(5, "administrator"))
    for first in range(5):
        assert number_of(chosen(*people[first:])) == first + 1
    assert number_of(chosen(*people, roles=FOR_PRAISE)) == 2
    assert number_of(chosen(people[0], *people[2:], roles=FOR_PRAISE)) == 1


def test_a_role_outside_its_days_does_not_answer() -> None:
    over, begins = (
        named(1, valid_until=date(2026, 3, 9)),
        named(2, valid_from=date(2026, 3, 11)),
    )
    assert chosen(over, begins) is None
    assert number_of(chosen(over, begins, named(3, valid_from=DAY, valid_until=DAY))) == 3


def test_an_account_manager_answers_only_where_named_for_the_customer() -> None:
    bare, own = named(1, "account_manager"), named(2, "account_manager", customer_id=CUSTOMER)
    assert chosen(bare) is None
    assert number_of(chosen(bare, own)) == 2


def test_somebody_away_yields_to_the_stand_in() -> None:
    first, equal = named(1, site_id=SITE, stand_in_id=UUID(int=2)), named(3)
    assert chosen(first, equal, away=[1]) == Answering(UUID(int=2), "complaint_handler", None, UUID(int=1))
    assert chosen(first, equal) == Answering(UUID(int=1), "complaint_handler", UUID(int=2))
    assert chosen(first, equal, away=[2]) == Answering(UUID(int=1), "complaint_handler")


@pytest.mark.parametrize("stand_in_id", [None, UUID(int=9)])
def test_somebody_away_with_nobody_to_stand_in_is_passed_over(stand_in_id: UUID | None) -> None:
    away = named(1, site_id=SITE, stand_in_id=stand_in_id)
    assert number_of(chosen(away, named(2), away=[1, 9])) == 2
    assert number_of(chosen(away, named(2, "management"), away=[1, 9])) == 2


def test_when_all_are_away_the_first_is_named_for_a_name_is_better_than_none() -> None:
    answer = chosen(named(1), named(2, "management"), away=[1, 2])
    assert answer == Answering(UUID(int=1), "complaint_handler", away=True)


def test_equals_share_the_sites_alike_whatever_order_and_ids() -> None:
    sites = [replace(SCHOOL, site_name=f"Koulu {number}") for number in range(30)]
    names = ("Hanna", "Toni", "Åsa")

    def shared(order: Sequence[str], base: int) -> list[str]:
        people = [named(base + place, name=name) for place, name in enumerate(order)]
        by_id = {each.person_id: each.name for each in people}
        return [by_id[answer.person_id] for site in sites if (answer := chosen(*people, place=site))]

    assert shared(names, 1) == shared(names[::-1], 50)
    assert set(shared(names, 1)) == set(names)


def test_while_one_is_away_the_others_keep_their_sites() -> None:
    sites = [replace(SCHOOL, site_name=f"Koulu {number}") for number in range(30)]
    people = [named(1), named(2), named(3)]
    for site in sites:
        usual, then = chosen(*people, place=site), chosen(*people, place=site, away=[2])
        assert number_of(usual) == 2 or usual == then
        assert number_of(then) != 2
