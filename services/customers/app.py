"""The customers service, put together."""

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.database import Database
from chassis.service import create_service
from services.customers.actors.routes import router as actors
from services.customers.contacts.routes import router as contacts
from services.customers.imports.routes import router as imports
from services.customers.people.routes import router as people
from services.customers.problems import FIELD_WORDS, PROBLEMS
from services.customers.registry.customers.routes import router as customers
from services.customers.registry.departments.routes import router as departments
from services.customers.registry.producers.routes import router as producers
from services.customers.registry.sites.routes import router as sites
from services.customers.search.routes import router as search
from services.customers.settings import CustomersSettings

NAME = "customers"


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
        problems=PROBLEMS,
        field_words=FIELD_WORDS,
        database=database,
        clock=clock,
    )
