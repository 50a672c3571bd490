"""Composition root of the contracts service."""

from fastapi import FastAPI

from chassis.bodies import MEDIUM
from chassis.clock import Clock
from chassis.database import Database
from chassis.service import create_service
from services.contracts.agreements import errors as agreement_errors
from services.contracts.agreements import routes as agreement_routes
from services.contracts.agreements import step_routes, year_routes
from services.contracts.calendars import routes as calendar_routes
from services.contracts.clock import errors as clock_errors
from services.contracts.clock import routes as clock_routes
from services.contracts.search import routes as search_routes
from services.contracts.settings import ContractsSettings

FIELD_WORDS = {**agreement_errors.FIELD_WORDS, **clock_errors.FIELD_WORDS}
TAGS = {
    "contracts": "Framework agreements between a customer and the producer.",
    "contract years": "A year of a contract: its six points, persons, prices, targets and signatures.",
    "annual clock": "The milestones of preparing the next year, and what really happened.",
    "calendar links": "Private addresses of the annual clock for calendar programs.",
    "search": "Finding anything by its words.",
    "events": "Following what happens.",
}
"""The headings of the document, and what each is about."""


def create_app(
    settings: ContractsSettings | None = None, *, database: Database | None = None, clock: Clock | None = None
) -> FastAPI:
    """Return the service; settings come from ``KUMPPANI_CONTRACTS_…`` unless given."""
    return create_service(
        name="contracts",
        title="Kumppani: contracts",
        description="Framework agreements, contract years, the annual clock and its calendar feeds.",
        settings=settings or ContractsSettings(),
        routers=[
            agreement_routes.router,
            year_routes.router,
            step_routes.router,
            clock_routes.router,
            calendar_routes.router,
            search_routes.router,
        ],
        tags=TAGS,
        problems={**agreement_errors.PROBLEMS, **clock_errors.PROBLEMS},
        field_words=FIELD_WORDS,
        largest_body=MEDIUM,
        database=database,
        clock=clock,
    )
