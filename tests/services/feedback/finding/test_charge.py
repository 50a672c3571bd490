"""What a person answers for, out of its assignments; pure."""

from datetime import date
from uuid import UUID

import pytest

from services.feedback.copies.rules import People, Person
from services.feedback.finding.charge import Share, charge_of
from services.feedback.read_model import Customer, ReadModel
from trade.answering import Assignment

ME, SCHOOL, DAYCARE, EDUCATION, EARLY_YEARS, CULTURE = (UUID(int=number) for number in range(1, 7))
TODAY = date(2026, 3, 10)
NOBODY = Person(None, "Palvelupiste")


def shares(*assignments: Assignment) -> tuple[Share, ...]:
    people = People.of([Person(ME, "Sini", assignments=assignments)], NOBODY)
    customers = {each: Customer(each, "", CULTURE) for each in (EDUCATION, EARLY_YEARS)}
    known = ReadModel(1, {}, customers, {}, people, {}, {}, {})
    return charge_of(known, ME, TODAY).shares


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        (
            [
                Assignment("service_supervisor", site_id=SCHOOL, service="meals"),
                Assignment("service_supervisor", site_id=DAYCARE, service="meals"),
            ],
            (Share("meals", site_ids=(SCHOOL, DAYCARE)),),
        ),
        ([Assignment("account_manager", customer_id=EDUCATION)], (Share(customer_ids=(EDUCATION,)),)),
        (
            [Assignment("service_supervisor", department_id=CULTURE)],
            (Share(customer_ids=(EDUCATION, EARLY_YEARS)),),
        ),
        ([Assignment("service_supervisor", service="coffee")], (Share("coffee"),)),
        ([Assignment("account_manager")], ()),
        ([Assignment("complaint_handler", site_id=SCHOOL)], ()),
        ([Assignment("service_supervisor", site_id=SCHOOL, valid_until=date(2026, 3, 9))], ()),
    ],
)
def test_the_places_of_todays_assignments_are_a_persons_charge(
    assignments: list[Assignment], expected: tuple[Share, ...]
) -> None:
    assert shares(*assignments) == expected
