"""Wire shape of a resolved actor."""

from uuid import UUID

from chassis.schemas import View, example
from services.customers.people.schemas import AssignmentView
from services.customers.vocabulary import PersonLanguage
from trade.vocabulary import Role, Service


class Own(View):
    """A customer or a site of one's own, by name."""

    model_config = example({"id": "018f0a1c-7c00-7000-8000-000000000031", "name": "Kaukovainion koulu"})

    id: UUID
    """Its id."""
    name: str
    """Its name."""


class UsedService(View):
    """A service that a site uses."""

    service: Service
    """Which one."""


class OwnSite(Own):
    """A site of one's own, with what a word about it can be about."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000031",
            "name": "Kaukovainion koulu",
            "services": [{"service": "meals"}, {"service": "cleaning"}],
        }
    )

    services: list[UsedService]
    """The services that it uses."""


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
            "customers": [{"id": "018f0a1c-7c00-7000-8000-000000000021", "name": "Perusopetus"}],
            "sites": [
                {
                    "id": "018f0a1c-7c00-7000-8000-000000000031",
                    "name": "Kaukovainion koulu",
                    "services": [{"service": "meals"}, {"service": "cleaning"}],
                }
            ],
        }
    )

    person_id: UUID
    """The person's id."""
    username: str | None
    """What the person signs in with."""
    name: str
    """The person's name."""
    title: str
    """What the person does, in words."""
    email: str
    """E-mail address."""
    phone: str
    """Telephone number."""
    language: PersonLanguage
    """The language that the person is served in."""
    roles: list[Role]
    """The person's roles today."""
    everything: bool
    """Whether the person sees every customer and site."""
    customer_ids: list[UUID]
    """The customers whose contracts the person sees."""
    site_ids: list[UUID]
    """The sites that the person is at."""
    site_customer_ids: list[UUID]
    """The customers of those sites."""
    producer_ids: list[UUID]
    """The outside producers that the person works for."""
    scopes: list[str]
    """What a client's session may do."""
    assignments: list[AssignmentView]
    """The roles that the person has, and where."""
    customers: list[Own]
    """Up to 200 customers that the person sees, by name; none for who sees everything."""
    sites: list[OwnSite]
    """Up to 200 sites, in the same way."""
