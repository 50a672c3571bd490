"""The annual clock as pure policy, and the shipped template against source annex 2."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.languages import LANGUAGES
from services.contracts.clock.rules import (
    DaysBefore,
    DueRule,
    InMonth,
    OnDay,
    Responsible,
    Status,
    UnresolvableRule,
    due_days,
    overdue_days,
)
from services.contracts.clock.template import shipped_template

MARCH, APRIL, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = 3, 4, 8, 9, 10, 11, 12


def test_the_template_holds_the_eleven_rows_of_the_source() -> None:
    plan = shipped_template().plan(2026)
    assert [(each.row, each.due.month, each.responsible.value) for each in plan] == [
        (1, MARCH, "customer_relations_group"),
        (2, MARCH, "enterprise"),
        (3, APRIL, "customer_relations_group"),
        (4, APRIL, "group_services"),
        (5, APRIL, "department_management"),
        (6, AUGUST, "customer_relations_group"),
        (7, SEPTEMBER, "customer_relations_group"),
        (8, SEPTEMBER, "group_services"),
        (9, OCTOBER, "department_management"),
        (10, NOVEMBER, "customer_relations_group"),
        (11, DECEMBER, "both_parties"),
    ]
    assert plan[-1].due == date(2026, 12, 31)
    assert plan[0].producing is Responsible.DEPARTMENTS


def test_every_row_speaks_three_languages_and_names_the_budget_year() -> None:
    for planned in shipped_template().plan(2026):
        assert len({planned.topic[language] for language in LANGUAGES}) == 3
        assert len({planned.content[language] for language in LANGUAGES}) == 3
        assert "{" not in "".join((*planned.topic.values(), *planned.content.values()))
    first = shipped_template().plan(2026)[0]
    assert first.topic["fi"] == "TA 2027 sopimusvalmistelu 1"


def test_who_is_responsible_has_a_name_and_says_who_prepares() -> None:
    template = shipped_template()
    for responsible in Responsible:
        assert len({template.responsible_name(responsible, None, language) for language in LANGUAGES}) == 3
    name = template.responsible_name(Responsible.CUSTOMER_RELATIONS_GROUP, Responsible.DEPARTMENTS, "fi")
    assert name == "Asiakkuusryhmä (hallintokunnat tuottavat)"


@pytest.mark.parametrize(("year", "last"), [(2026, 28), (2028, 29)])
def test_a_month_is_due_on_its_last_day(year: int, last: int) -> None:
    assert due_days({1: InMonth(2)}, year)[1] == date(year, 2, last)


def test_days_before_another_row_may_chain_and_cross_a_month() -> None:
    rules: Mapping[int, DueRule] = {1: DaysBefore(14, 2), 2: DaysBefore(20, 3), 3: OnDay(12, 31)}
    assert due_days(rules, 2026) == {1: date(2026, 11, 27), 2: date(2026, 12, 11), 3: date(2026, 12, 31)}


@pytest.mark.parametrize(
    "rules", [{1: DaysBefore(1, 1)}, {1: DaysBefore(1, 2), 2: DaysBefore(1, 1)}, {1: DaysBefore(1, 9)}]
)
def test_a_rule_that_leads_nowhere_is_refused(rules: Mapping[int, DueRule]) -> None:
    with pytest.raises(UnresolvableRule):
        due_days(rules, 2026)


@given(due=st.dates(date(2000, 1, 1), date(2100, 1, 1)), late=st.integers(-400, 400))
def test_only_what_is_still_scheduled_is_overdue_from_the_day_after(due: date, late: int) -> None:
    today = due + timedelta(days=late)
    assert overdue_days(due, Status.SCHEDULED, today) == max(0, late)
    for status in (Status.MET, Status.PARTIALLY_MET, Status.NOT_MET, Status.CANCELLED):
        assert overdue_days(due, status, today) == 0
