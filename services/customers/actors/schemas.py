"""Wire shape of a resolved actor."""

from uuid import UUID

from chassis.schemas import View, example
from services.customers.people.schemas import AssignmentView
from services.customers.terms import PersonLanguage, Role


class ActorView(View):
    """Who a person is and what that person sees today."""

    model_config = example(
        {
            "person_id": "018f0a1c-7c00-7000-8000-000000000101",
            "username": "school-head",
            "name": "Reijo Rehtori",
            "title": "Rehtori",
            "email": "reijo.rehtori@edu.example",
            "phone": "+358 44 703 0101",
            "language": "fi",
            "roles": ["site_head"],
            "everything": False,
            "customer_ids": [],
            "site_ids": ["018f0a1c-7c00-7000-8000-000000000031"],
            "site_customer_ids": ["018f0a1c-7c00-7000-8000-000000000021"],
            "producer_ids": [],
            "scopes": [],
            "assignments": [],
        }
    )

    person_id: UUID
    username: str | None
    name: str
    title: str
    email: str
    phone: str
    language: PersonLanguage
    roles: list[Role]
    everything: bool
    customer_ids: list[UUID]
    site_ids: list[UUID]
    site_customer_ids: list[UUID]
    producer_ids: list[UUID]
    scopes: list[str]
    assignments: list[AssignmentView]
