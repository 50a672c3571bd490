"""The customers service, put together."""

from fastapi import FastAPI

from chassis.bodies import FILE
from chassis.clock import Clock
from chassis.database import Database
from chassis.service import create_service
from services.customers.actors.routes import router as actors
from services.customers.contacts.routes import router as contacts
from services.customers.errors import FIELD_WORDS, PROBLEMS
from services.customers.events import PERSONAL_READERS
from services.customers.imports.routes import router as imports
from services.customers.people.routes import router as people
from services.customers.registry.customers.routes import router as customers
from services.customers.registry.departments.routes import router as departments
from services.customers.registry.producers.routes import router as producers
from services.customers.registry.sites.routes import router as sites
from services.customers.search.routes import router as search
from services.customers.settings import CustomersSettings

NAME = "customers"
TAGS = {
    "departments": "The city's departments and their customer groups.",
    "customers": "Ordering customers, internal and external, with their account managers.",
    "sites": "Schools, day-care centres, care homes and other places where the producer works.",
    "producers": "The own enterprise and the outside producers.",
    "people": "People, their roles, stand-ins and absences.",
    "contacts": "Whom to call on either side, and whom to contact about a topic at a site.",
    "imports": "Files of departments, customers, producers, sites, people and assignments.",
    "search": "Finding anything by its words.",
    "actors": "Who a caller is; for the gateway.",
    "events": "Following what happens.",
}
"""The headings of the document, and what each is about."""


def create_app(
    settings: CustomersSettings | None = None,
    *,
    database: Database | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """Return the service's app; settings come from the environment unless given."""
    return create_service(
        name=NAME,
        title="Kumppani: customers",
        description="Departments, customers, sites, producers, people; whom to contact; imports and search.",
        settings=settings or CustomersSettings(),
        routers=[departments, customers, sites, producers, people, contacts, search, imports, actors],
        tags=TAGS,
        problems=PROBLEMS,
        field_words=FIELD_WORDS,
        larger_bodies={"/v1/imports/": FILE},
        personal_readers=PERSONAL_READERS,
        database=database,
        clock=clock,
    )
