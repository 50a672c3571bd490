"""The overview of a customer: who it is and everything that is going on."""

from dataclasses import dataclass
from uuid import UUID

from gateway.compose.parts import Part

OPEN_CASES = 20
MILESTONES = 5


@dataclass(frozen=True)
class CustomerInYear:
    """A customer, and the calendar year that is shown."""

    id: UUID
    year: int


PARTS: tuple[Part[CustomerInYear], ...] = (
    Part(
        "customer", "customers", lambda services, about: services.customers.customer(about.id), required=True
    ),
    Part("contacts", "customers", lambda services, about: services.customers.contacts(customer_id=about.id)),
    Part("sites", "customers", lambda services, about: services.customers.sites_of(about.id)),
    Part(
        "contract_year", "contracts", lambda services, about: services.contracts.year_of(about.id, about.year)
    ),
    Part(
        "open_cases",
        "feedback",
        lambda services, about: services.feedback.open_cases(customer_id=about.id, most=OPEN_CASES),
    ),
    Part(
        "milestones",
        "contracts",
        lambda services, about: services.contracts.next_milestones(about.id, about.year, MILESTONES),
    ),
)
