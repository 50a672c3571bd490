"""The feedback service, put together."""

import contextlib
from collections.abc import AsyncGenerator

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.database import Database
from chassis.service import create_service
from services.feedback.cases import actions
from services.feedback.cases import routes as cases
from services.feedback.cases.intake import IntakeStore
from services.feedback.copies.rules import Person
from services.feedback.errors import FIELD_WORDS, PROBLEMS
from services.feedback.finding import routes as finding
from services.feedback.finding.analyser import Analyser
from services.feedback.finding.readings import Readings
from services.feedback.promises import routes as promises
from services.feedback.read_model import ReadModelCache
from services.feedback.settings import FeedbackSettings
from services.feedback.sla import errors as sla_problems
from services.feedback.sla import routes as sla

TAGS = {
    "cases": "Words of feedback and what became of them.",
    "due times": "When a case would be due, and the working calendars that promised times run by.",
    "search": "Finding anything by its words.",
    "events": "Following what happens.",
}
"""The headings of the document, and what each is about."""


def read_models_of(settings: FeedbackSettings) -> ReadModelCache:
    """Return the memory of the copies, with the desk that handles what nobody is named for."""
    return ReadModelCache(
        Person(
            id=None,
            name=settings.default_handler_name,
            phone=settings.default_handler_phone,
            email=settings.default_handler_email,
        )
    )


def create_app(
    settings: FeedbackSettings | None = None,
    *,
    database: Database | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """Return the service's app; without settings they come from the environment."""
    used = settings or FeedbackSettings()
    read_models = read_models_of(used)
    readings = Readings(Analyser(at=used.analyser_socket))

    @contextlib.asynccontextmanager
    async def open_intake(app: FastAPI) -> AsyncGenerator[None]:
        store: IntakeStore = app.state.intake_store
        async with store.opened():
            await store.prepare()
            yield

    @contextlib.asynccontextmanager
    async def read_words(_: FastAPI) -> AsyncGenerator[None]:
        yield
        readings.close()

    app = create_service(
        name="feedback",
        title="Kumppani: feedback",
        settings=used,
        # first what stands beside the cases: /cases/counts must not be taken for a case's id
        routers=[finding.router, promises.router, cases.router, actions.router, sla.router],
        tags=TAGS,
        problems={**PROBLEMS, **sla_problems.PROBLEMS},
        field_words={**FIELD_WORDS, **sla_problems.FIELD_WORDS},
        lifespans=[open_intake, read_words],
        database=database,
        clock=clock,
        words_at=["/v1/cases"],
    )
    app.state.read_models = read_models
    app.state.intake_store = IntakeStore(app.state.database, read_models)
    app.state.readings = readings
    return app
