"""Whom to contact, as a pure choice (need N10)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from chassis.languages import LANGUAGES
from services.customers.contacts.rules import (
    FAMILY,
    ORDER,
    Candidate,
    Production,
    Reachable,
    Reason,
    whom,
)
from services.customers.contacts.texts import WORDS, text_of
from services.customers.vocabulary import Topic
from trade.vocabulary import Role, Service

OWN, OUTSIDE = UUID(int=901), UUID(int=902)
MEALS = Production(Service.MEALS, OWN, "Oulun Serviisi", own=True)
CLEANING = Production(Service.CLEANING, OUTSIDE, "Siisti Pohjola Oy", own=False)


def somebody(number: int, name: str = "", *, away_until: date | None = None) -> Reachable:
    """Return a person."""
    return Reachable(
        UUID(int=number), name or f"Henkilö {number}", "Esimies", "+358 44 1", "a@example.com", away_until
    )


def named(number: int, role: Role, *, nearness: int = 0, **more: object) -> Candidate:
    """Return a candidate who is present, answers every usual topic and has no stand-in."""
    return replace(Candidate(somebody(number), role, nearness), **more)  # type: ignore[arg-type]  # a test's own


def numbers(topic: Topic, *candidates: Candidate, decides: bool = False) -> list[int]:
    """Return the numbers of the people chosen, the best first."""
    chosen = whom(topic, candidates, [MEALS, CLEANING], decides=decides)
    return [each.person.person_id.int for each in chosen]


def test_every_topic_has_an_order_that_ends_with_management() -> None:
    assert set(ORDER) == set(Topic)
    ends = {topic: order[-1] for topic, order in ORDER.items()}
    assert ends.pop(Topic.FOOD_SAFETY) is Role.ACCOUNT_MANAGER
    assert set(ends.values()) == {Role.MANAGEMENT}
    assert set(FAMILY) == {Topic.MEALS, Topic.CLEANING, Topic.SPECIAL_DIET, Topic.FOOD_SAFETY}


def test_the_supervisor_of_the_site_and_service_comes_before_others() -> None:
    everywhere = named(1, Role.SERVICE_SUPERVISOR)
    of_customer = named(2, Role.SERVICE_SUPERVISOR, nearness=2, service=Service.MEALS)
    of_site = named(3, Role.SERVICE_SUPERVISOR, nearness=3, service=Service.MEALS)
    of_cleaning = named(4, Role.SERVICE_SUPERVISOR, nearness=3, service=Service.CLEANING)
    assert numbers(Topic.MEALS, everywhere, of_customer, of_cleaning, of_site) == [3, 2, 1]


def test_an_outside_producers_supervisor_comes_first_and_the_duty_of_care_next() -> None:
    outside = named(1, Role.PRODUCER_SUPERVISOR, producer_id=OUTSIDE)
    own = named(2, Role.SERVICE_SUPERVISOR, service=Service.CLEANING)
    chosen = whom(Topic.CLEANING, [own, outside], [MEALS, CLEANING])
    assert [each.reason.codes for each in chosen] == [("produces_here",), ("duty_of_care",)]
    assert text_of(chosen[1].reason, "fi").endswith("Siisti Pohjola Oy työstä.")


def test_a_producer_that_does_not_produce_the_service_is_not_asked() -> None:
    outside = named(1, Role.PRODUCER_SUPERVISOR, producer_id=OUTSIDE)
    assert numbers(Topic.MEALS, outside) == []
    assert numbers(Topic.COMPLAINT, outside) == []


def test_complaints_go_to_the_handler_first() -> None:
    handler, supervisor = named(1, Role.COMPLAINT_HANDLER), named(2, Role.SERVICE_SUPERVISOR, nearness=3)
    assert numbers(Topic.COMPLAINT, supervisor, handler) == [1, 2]


def test_contract_matters_go_to_the_own_contact_and_for_that_person_to_the_other_party() -> None:
    contact = named(1, Role.CONTRACT_CONTACT, nearness=2)
    manager = named(2, Role.ACCOUNT_MANAGER, nearness=2)
    last = named(3, Role.MANAGEMENT)
    assert numbers(Topic.CONTRACT, last, manager, contact) == [1, 2, 3]
    assert numbers(Topic.CONTRACT, last, manager, contact, decides=True) == [2, 1, 3]


def test_somebody_named_for_the_topic_comes_before_everybody() -> None:
    diet = named(1, Role.SITE_STAFF, nearness=3, topics=frozenset({Topic.SPECIAL_DIET}))
    supervisor = named(2, Role.SERVICE_SUPERVISOR, nearness=3, service=Service.MEALS)
    assert numbers(Topic.SPECIAL_DIET, supervisor, diet) == [1, 2]
    assert numbers(Topic.MEALS, supervisor, diet) == [2]


def test_a_person_who_is_away_is_replaced_by_the_stand_in_with_the_reason() -> None:
    away = replace(
        named(1, Role.SERVICE_SUPERVISOR), person=somebody(1, "Sari", away_until=date(2026, 3, 20))
    )
    chosen = whom(Topic.MEALS, [replace(away, stand_in=somebody(2, "Timo"))], [MEALS])[0]
    assert (chosen.person.name, chosen.away, chosen.stand_in) == ("Timo", True, None)
    assert chosen.instead_of is not None
    assert chosen.instead_of.name == "Sari"
    assert text_of(chosen.reason, "fi").startswith("Sijaistaa henkilöä Sari, joka on poissa 20.3.2026 asti.")
    assert "until 20 March 2026" in text_of(chosen.reason, "en")


def test_without_a_present_stand_in_the_next_candidate_comes_first() -> None:
    day = date(2026, 3, 20)
    away = replace(named(1, Role.SERVICE_SUPERVISOR), person=somebody(1, away_until=day))
    both = replace(away, stand_in=somebody(2, away_until=day))
    manager = named(3, Role.ACCOUNT_MANAGER, nearness=2)
    assert numbers(Topic.MEALS, both, manager) == [3, 1]
    alone = whom(Topic.MEALS, [both], [MEALS])[0]
    assert (alone.away, alone.reason.codes) == (True, ("away_alone", "supervises_here"))


def test_the_one_named_is_told_so_and_shown_the_own_stand_in() -> None:
    me = replace(named(1, Role.SERVICE_SUPERVISOR), stand_in=somebody(2, "Väinö"))
    handler, last = named(3, Role.COMPLAINT_HANDLER), named(4, Role.MANAGEMENT)
    chosen = whom(Topic.FOOD_SAFETY, [last, handler, me], [MEALS], reader=UUID(int=1))
    assert [each.person.name for each in chosen] == ["Väinö", "Henkilö 3"]
    assert text_of(chosen[0].reason, "fi").startswith("Olet itse tämän aiheen vastuuhenkilö")
    away = replace(me, stand_in=somebody(2, away_until=date(2026, 3, 20)))
    assert numbers(Topic.FOOD_SAFETY, last, handler) == [3]
    [other] = whom(Topic.FOOD_SAFETY, [away, handler], [MEALS], reader=UUID(int=1))
    assert other.person.name == "Henkilö 3"


def test_a_present_person_shows_a_present_stand_in() -> None:
    candidate = replace(named(1, Role.COMPLAINT_HANDLER), stand_in=somebody(2, "Timo"))
    chosen = whom(Topic.COMPLAINT, [candidate], [])[0]
    assert chosen.stand_in is not None
    assert (chosen.stand_in.name, chosen.away) == ("Timo", False)


def test_nobody_is_named_twice_and_four_at_most() -> None:
    twice = [named(1, Role.SERVICE_SUPERVISOR), named(1, Role.COMPLAINT_HANDLER)]
    many = [named(number, Role.MANAGEMENT) for number in range(2, 9)]
    assert numbers(Topic.OTHER, *twice, *many) == [1, 2, 3, 4]


def test_nobody_at_all_gives_an_empty_list() -> None:
    assert numbers(Topic.BILLING) == []


@pytest.mark.parametrize("code", WORDS)
def test_every_reason_has_words_in_each_language(code: str) -> None:
    params = {"producer": "P", "absent": "A", "until": date(2026, 1, 2)}
    texts = [text_of(Reason((code,), params), language) for language in LANGUAGES]
    assert len(set(texts)) == 3
    assert all(text.endswith(".") for text in texts)
