"""What the routes of cases need from the request."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Request

from chassis.actors import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.languages import Language, language_of
from services.feedback.cases.intake import Door
from services.feedback.cases.views import Reader
from services.feedback.knowledge import Directory


async def _directory(request: Request) -> Directory:
    directory: Directory = request.app.state.directory
    return directory


async def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


async def _language(
    accept_language: Annotated[
        str | None, Header(description="fi, sv or en; Finnish when none fits.")
    ] = None,
) -> Language:
    return language_of(accept_language)


TheDoor = Annotated[Door, Depends(_door)]
TheDirectory = Annotated[Directory, Depends(_directory)]
TheLanguage = Annotated[Language, Depends(_language)]


async def _reader(
    session: Transaction, directory: TheDirectory, actor: CurrentActor, now: Now, language: TheLanguage
) -> Reader:
    """Return the eyes of the actor upon the newest copies, which are asked for where the endpoint runs."""
    return Reader(actor, partial(directory.current, session), now, language)


TheReader = Annotated[Reader, Depends(_reader)]
