"""What the routes of cases need from the request."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Request

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.languages import Language, language_of
from services.feedback.cases.intake import IntakeStore
from services.feedback.cases.views import CaseViews
from services.feedback.read_model import ReadModelCache


async def _read_models(request: Request) -> ReadModelCache:
    read_models: ReadModelCache = request.app.state.read_models
    return read_models


async def _intake_store(request: Request) -> IntakeStore:
    store: IntakeStore = request.app.state.intake_store
    return store


async def _language(
    accept_language: Annotated[
        str | None, Header(description="fi, sv or en; Finnish when none fits.")
    ] = None,
) -> Language:
    return language_of(accept_language)


TheIntakeStore = Annotated[IntakeStore, Depends(_intake_store)]
TheReadModels = Annotated[ReadModelCache, Depends(_read_models)]
TheLanguage = Annotated[Language, Depends(_language)]


async def _reader(
    session: Transaction, read_models: TheReadModels, actor: CurrentActor, now: Now, language: TheLanguage
) -> CaseViews:
    """Return the eyes of the actor upon the newest copies, which are asked for where the endpoint runs."""
    return CaseViews(actor, partial(read_models.current, session), now, language)


TheCaseViews = Annotated[CaseViews, Depends(_reader)]
