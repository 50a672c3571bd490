"""The feedback service, put together."""

import contextlib
from collections.abc import AsyncGenerator

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.database import Database
from chassis.service import create_service
from services.feedback.cases import actions
from services.feedback.cases import routes as cases
from services.feedback.cases.intake import Door
from services.feedback.copies.rules import Person
from services.feedback.finding import routes as finding
from services.feedback.finding.readings import Readings
from services.feedback.knowledge import Directory
from services.feedback.problems import FIELD_WORDS, PROBLEMS
from services.feedback.settings import FeedbackSettings
from services.feedback.sla import problems as sla_problems
from services.feedback.sla import routes as sla

TAGS = {
    "cases": "Words of feedback and what became of them.",
    "due times": "When a case would be due, and the working calendars that promised times run by.",
    "search": "Finding anything by its words.",
    "events": "Following what happens.",
}
"""The headings of the document, and what each is about."""


def directory_of(settings: FeedbackSettings) -> Directory:
    """Return the memory of the copies, with the desk that handles what nobody is named for."""
    return Directory(
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
    directory = directory_of(used)
    readings = Readings()

    @contextlib.asynccontextmanager
    async def open_door(app: FastAPI) -> AsyncGenerator[None]:
        door: Door = app.state.door
        async with door.opened():
            await door.prepare()
            yield

    @contextlib.asynccontextmanager
    async def read_words(_: FastAPI) -> AsyncGenerator[None]:
        yield
        readings.close()

    app = create_service(
        name="feedback",
        title="Kumppani: feedback",
        settings=used,
        # finding first: /cases/counts must not be taken for a case's id
        routers=[finding.router, cases.router, actions.router, sla.router],
        tags=TAGS,
        problems={**PROBLEMS, **sla_problems.PROBLEMS},
        field_words={**FIELD_WORDS, **sla_problems.FIELD_WORDS},
        lifespans=[open_door, read_words],
        database=database,
        clock=clock,
    )
    app.state.directory = directory
    app.state.door = Door(app.state.database, directory)
    app.state.readings = readings
    return app
