"""Routes of a contract year: draft, read, write its parts, and its history."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Path, Response

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.errors import Forbidden
from chassis.idempotency import OnlyOnce
from chassis.paging import Cursor, Limit, Page
from chassis.preconditions import IfMatch, etag
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.contracts import access
from services.contracts.agreements import repository, usecases, views
from services.contracts.agreements.answers import YearView
from services.contracts.agreements.routes import ContractId
from services.contracts.agreements.schemas import Annexes, Lines, NewYear, Persons, PointEdit, Targets
from services.contracts.agreements.usecases import Edited
from services.contracts.agreements.vocabulary import Point
from services.contracts.dependencies import Speaking
from services.contracts.history import HistoryView
from trade.days import day_of

router = ServiceRouter(prefix="/v1/contracts/{contract_id}/years", tags=["contract years"])
Year = Annotated[int, Path(ge=2000, le=2199, description="The calendar year.", examples=[2026])]
EDIT = openapi_problems(401, 403, 404, 409, 412, 422, 428)


@router.post(
    "",
    summary="Draft a contract year",
    status_code=201,
    response_model=YearView,
    responses=openapi_problems(401, 403, 404, 409, 422),
)
def draft_year(
    contract_id: ContractId,
    new: NewYear,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    once: OnlyOnce,
) -> Response:
    """Empty, or copied from another year; copied lines keep their old price and quantity as previous ones."""

    def act() -> YearView:
        drafted = usecases.draft_year(session, actor, contract_id, new.year, now, copy_from=new.copy_from)
        return views.year_view(session, actor, *drafted, day_of(now), language)

    return once(act, status=201, named="year")


@router.get("/{year}", summary="Read a contract year", responses=openapi_problems(401, 404, 422))
def read_year(
    contract_id: ContractId,
    year: Year,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    response: Response,
) -> YearView:
    """Points, persons, lines, targets and annexes with what still blocks signing.

    A site's people read a signed year, with the lines of their own sites only.
    """
    found = repository.year_for(session, actor, contract_id, year)
    response.headers["ETag"] = etag(found[1].version)
    return views.year_view(session, actor, *found, day_of(now), language)


@router.put("/{year}/points/{point}", summary="Write one of the six points", responses=EDIT)
def write_point(
    contract_id: ContractId,
    year: Year,
    point: Annotated[Point, Path(description="Which of the six points.")],
    edit: PointEdit,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    version: IfMatch,
    response: Response,
) -> YearView:
    """Both parties write points until the year is signed. An edit takes back approvals given before."""
    edited = usecases.write_point(session, actor, contract_id, year, point, edit, now, version)
    return _answer(response, edited, lambda: views.year_view(session, actor, *edited, day_of(now), language))


@router.put("/{year}/persons", summary="Name the responsible persons", responses=EDIT)
def name_persons(
    contract_id: ContractId,
    year: Year,
    persons: Persons,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    version: IfMatch,
    response: Response,
) -> YearView:
    """The whole list of both sides."""
    edited = usecases.name_persons(session, actor, contract_id, year, persons.items, now, version)
    return _answer(response, edited, lambda: views.year_view(session, actor, *edited, day_of(now), language))


@router.put("/{year}/lines", summary="Set services and prices by site", responses=EDIT)
def set_lines(
    contract_id: ContractId,
    year: Year,
    lines: Lines,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    version: IfMatch,
    response: Response,
) -> YearView:
    """The whole list; a line sent with its ``id`` stays the same line."""
    edited = usecases.set_lines(session, actor, contract_id, year, lines.items, now, version)
    return _answer(response, edited, lambda: views.year_view(session, actor, *edited, day_of(now), language))


@router.put("/{year}/targets", summary="Set response and resolution targets", responses=EDIT)
def set_targets(
    contract_id: ContractId,
    year: Year,
    targets: Targets,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    version: IfMatch,
    response: Response,
) -> YearView:
    """The whole list; a service and severity left out follows the producer's default."""
    edited = usecases.set_targets(session, actor, contract_id, year, targets.items, now, version)
    return _answer(response, edited, lambda: views.year_view(session, actor, *edited, day_of(now), language))


@router.put("/{year}/annexes", summary="List the annexes", responses=EDIT)
def set_annexes(
    contract_id: ContractId,
    year: Year,
    annexes: Annexes,
    session: Transaction,
    actor: CurrentActor,
    now: Now,
    language: Speaking,
    version: IfMatch,
    response: Response,
) -> YearView:
    """The whole list; each contract has the annexes it needs."""
    edited = usecases.set_annexes(session, actor, contract_id, year, annexes.items, now, version)
    return _answer(response, edited, lambda: views.year_view(session, actor, *edited, day_of(now), language))


@router.get(
    "/{year}/history",
    summary="Read a contract year's history",
    responses=openapi_problems(401, 403, 404, 422),
)
def read_history(
    contract_id: ContractId,
    year: Year,
    session: Transaction,
    actor: CurrentActor,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[HistoryView]:
    """Newest first. For the two parties: it holds the prices of every site."""
    contract, found = repository.year_for(session, actor, contract_id, year)
    if not access.reads_whole_contract(actor, contract.customer_id):
        raise Forbidden
    items, following = views.history_views(session, found.id, limit=limit, cursor=cursor)
    return Page(items=items, next=following)


def _answer(response: Response, edited: Edited, view: Callable[[], YearView]) -> YearView:
    response.headers["ETag"] = etag(edited[1].version)
    return view()
