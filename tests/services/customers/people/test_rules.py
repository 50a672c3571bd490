"""Rules of people, without a database."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.customers.people.rules import (
    CONTACT_ROLES,
    SCOPE_RULES,
    STAFF,
    Scope,
    away_until,
    flaws_of,
    holds_on,
    level_of,
    side_of,
)
from services.customers.vocabulary import Level
from trade.vocabulary import Party, Role, Service

ID = UUID(int=1)
DAY = date(2026, 3, 10)


@dataclass(frozen=True)
class Away:
    """An absence of a test."""

    first_day: date
    last_day: date


def test_every_role_has_a_scope_rule() -> None:
    assert set(SCOPE_RULES) == set(Role)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Role.CONTRACT_CONTACT, department_id=ID),
        Scope(Role.CONTRACT_CONTACT, customer_id=ID),
        Scope(Role.SITE_HEAD, site_id=ID),
        Scope(Role.SERVICE_SUPERVISOR),
        Scope(Role.SERVICE_SUPERVISOR, site_id=ID, service=Service.MEALS),
        Scope(Role.ACCOUNT_MANAGER, customer_id=ID),
        Scope(Role.PRODUCER_SUPERVISOR, producer_id=ID, site_id=ID, service=Service.CLEANING),
        Scope(Role.ADMINISTRATOR),
    ],
)
def test_a_scope_that_fits_its_role_has_no_flaw(scope: Scope) -> None:
    assert flaws_of(scope) == []


@pytest.mark.parametrize(
    ("scope", "field", "code"),
    [
        (Scope(Role.CONTRACT_CONTACT), "department_id", "scope_missing"),
        (Scope(Role.CONTRACT_CONTACT, department_id=ID, customer_id=ID), "customer_id", "scope_unfit"),
        (Scope(Role.SITE_HEAD), "site_id", "scope_missing"),
        (Scope(Role.SITE_HEAD, site_id=ID, service=Service.MEALS), "service", "scope_unfit"),
        (Scope(Role.SERVICE_SUPERVISOR, customer_id=ID, site_id=ID), "site_id", "scope_unfit"),
        (Scope(Role.MANAGEMENT, department_id=ID), "department_id", "scope_unfit"),
        (Scope(Role.PRODUCER_SUPERVISOR, site_id=ID), "producer_id", "scope_missing"),
        (Scope(Role.INTEGRATION, site_id=ID), "site_id", "scope_unfit"),
    ],
)
def test_a_scope_that_does_not_fit_names_the_field(scope: Scope, field: str, code: str) -> None:
    assert [(flaw.field, flaw.code) for flaw in flaws_of(scope)] == [(field, code)]


def test_sides_and_levels_follow_from_the_role() -> None:
    assert (side_of(Role.SITE_HEAD), level_of(Role.SITE_HEAD)) == (Party.CUSTOMER, Level.OPERATIONAL)
    assert (side_of(Role.CONTRACT_CONTACT), level_of(Role.CONTRACT_CONTACT)) == (
        Party.CUSTOMER,
        Level.CONTRACT,
    )
    assert (side_of(Role.ACCOUNT_MANAGER), level_of(Role.ACCOUNT_MANAGER)) == (Party.PRODUCER, Level.CONTRACT)
    assert all(side_of(each) is Party.PRODUCER for each in STAFF)
    assert Role.INTEGRATION not in CONTACT_ROLES


def test_both_ends_of_a_validity_are_included() -> None:
    assert holds_on(DAY, DAY, DAY)
    assert holds_on(DAY, DAY, None)
    assert not holds_on(DAY, DAY + timedelta(days=1), None)
    assert not holds_on(DAY, DAY - timedelta(days=9), DAY - timedelta(days=1))


def test_absences_that_follow_each_other_are_one() -> None:
    first = Away(date(2026, 3, 9), date(2026, 3, 12))
    second = Away(date(2026, 3, 13), date(2026, 3, 20))
    later = Away(date(2026, 3, 22), date(2026, 3, 30))
    assert away_until(DAY, [later, second, first]) == date(2026, 3, 20)
    assert away_until(date(2026, 3, 21), [later, second, first]) is None


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 10)), max_size=6))
def test_the_answer_agrees_with_a_walk_day_by_day(spells: list[tuple[int, int]]) -> None:
    absences = [
        Away(DAY + timedelta(days=start), DAY + timedelta(days=start + length)) for start, length in spells
    ]
    day, last = DAY, None
    while any(holds_on(day, each.first_day, each.last_day) for each in absences):
        last, day = day, day + timedelta(days=1)
    assert away_until(DAY, absences) == last
