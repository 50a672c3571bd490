"""The clock over HTTP: preview of due times, and the calendars that they run by."""

from typing import Annotated

from fastapi import Depends, Header, Path, Response
from fastapi.responses import Response as PlainResponse

from chassis.callers import CurrentActor, current_actor, requires
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import OnlyOnce
from chassis.languages import Language, language_of
from chassis.paging import Page
from chassis.preconditions import IfMatch, etag
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.feedback.sla import preview, repository, usecases
from services.feedback.sla.schemas import CalendarInput, CalendarView, PreviewRequest, PreviewView

router = ServiceRouter(prefix="/v1", tags=["due times"])
CalendarName = Annotated[
    str,
    Path(pattern="^[a-z][a-z0-9_]*$", max_length=40, description="The calendar's name.", examples=["school"]),
]


async def _language(accept_language: Annotated[str | None, Header()] = None) -> Language:
    return language_of(accept_language)


CaseViews = Annotated[Language, Depends(_language)]


@router.post(
    "/sla/preview",
    summary="Preview due times",
    description="Due instants and ledger of a case that would be received then; no case is made. A due "
    "instant falls at the end of the last counted second. What is left out comes from the contract year of "
    "the site, the site's calendar, and the producer's defaults.",
    response_model=PreviewView,
    responses=openapi_problems(401, 403, 404, 422),
)
def preview_due_times(
    asked: PreviewRequest, actor: CurrentActor, session: Transaction, once: OnlyOnce, language: CaseViews
) -> PlainResponse:
    """Work out what the clock would say."""
    return once(lambda: preview.preview(session, actor, asked, language))


@router.get(
    "/calendars",
    summary="List the working calendars",
    responses=openapi_problems(401),
    dependencies=[Depends(current_actor)],
)
def calendars(session: Transaction, language: CaseViews) -> Page[CalendarView]:
    """Show every named calendar in its newest version."""
    found = repository.all_calendars(session)
    return Page[CalendarView](items=[CalendarView.of(calendar, language) for calendar in found])


@router.get(
    "/calendars/{name}",
    summary="Show a working calendar",
    responses=openapi_problems(401, 404, 422),
    dependencies=[Depends(current_actor)],
)
def calendar(
    name: CalendarName, session: Transaction, response: Response, language: CaseViews
) -> CalendarView:
    """Show one calendar."""
    found = usecases.find_calendar(session, name)
    response.headers["ETag"] = etag(found.version)
    return CalendarView.of(found, language)


@router.put(
    "/calendars/{name}",
    summary="Change a working calendar",
    description="Makes a new version; open cases keep what has been counted and go on by it.",
    responses=openapi_problems(401, 403, 404, 412, 422, 428),
    dependencies=[Depends(requires("administrator"))],
)
def change_calendar(
    name: CalendarName,
    changed: CalendarInput,
    seen: IfMatch,
    actor: CurrentActor,
    session: Transaction,
    now: Now,
    response: Response,
    language: CaseViews,
) -> CalendarView:
    """Keep a new version of a calendar."""
    read = preview.read_calendar(changed, "#")
    kept = usecases.change_calendar(session, name, read, seen=seen, by=actor, now=now)
    response.headers["ETag"] = etag(kept.version)
    return CalendarView.of(kept, language)
