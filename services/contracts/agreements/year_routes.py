"""Routes of a contract year: draft, read, write its parts, and its history."""

from typing import Annotated

from fastapi import Depends, Path, Query, Response

from chassis.callers import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.errors import Forbidden
from chassis.idempotency import OnlyOnce
from chassis.paging import Cursor, Limit, Page
from chassis.preconditions import IfMatch, etag
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter, made
from services.contracts import access
from services.contracts.agreements import repository, usecases, views
from services.contracts.agreements.answers import YearView
from services.contracts.agreements.dependencies import ContractId, Year, asked_of, shown
from services.contracts.agreements.repository import WholeYear
from services.contracts.agreements.schemas import (
    Adjustment,
    Annexes,
    Lines,
    NewYear,
    Persons,
    PointEdit,
    Targets,
)
from services.contracts.agreements.vocabulary import Point
from services.contracts.dependencies import Speaking, TheCall
from services.contracts.history import HistoryView
from trade.days import day_of

router = ServiceRouter(prefix="/v1/contracts/{contract_id}/years", tags=["contract years"])
EDIT = openapi_problems(401, 403, 404, 409, 412, 422, 428)


class Drafting:
    """What drafting a year needs, and the answer given once."""

    def __init__(self, contract_id: ContractId, call: TheCall, once: OnlyOnce) -> None:
        self._contract_id = contract_id
        self._call = call
        self._once = once

    def answer(self, new: NewYear) -> Response:
        """Draft the year once and answer it."""
        asked = asked_of(self._call, self._contract_id, new.year)
        return self._once(
            lambda: shown(self._call, usecases.draft_year(asked, copy_from=new.copy_from)),
            status=201,
            named="year",
        )


@router.post(
    "",
    summary="Draft a contract year",
    status_code=201,
    response_model=YearView,
    responses=openapi_problems(401, 403, 404, 409, 422),
)
def draft_year(new: NewYear, drafting: Annotated[Drafting, Depends(made(Drafting))]) -> Response:
    """Empty, or copied from another year; copied lines keep their old price and quantity as previous ones."""
    return drafting.answer(new)


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
    contract, found = repository.year_for(session, actor, contract_id, year)
    response.headers["ETag"] = etag(found.version)
    whole = WholeYear(contract, found, repository.content_of(session, found.id))
    return views.year_view(session, actor, whole, day_of(now), language)


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


class Editing:
    """What every edit needs: who writes to which year, in the version that was read, and the answer."""

    def __init__(
        self, contract_id: ContractId, year: Year, call: TheCall, version: IfMatch, response: Response
    ) -> None:
        self.asked = asked_of(call, contract_id, year, version)
        self._call = call
        self._response = response

    def answer(self, edited: WholeYear) -> YearView:
        """Show the year as it now stands, with its new tag."""
        self._response.headers["ETag"] = etag(edited.year.version)
        return shown(self._call, edited)


Edit = Annotated[Editing, Depends(made(Editing))]


@router.put("/{year}/points/{point}", summary="Write one of the six points", responses=EDIT)
def write_point(
    point: Annotated[Point, Path(description="Which of the six points.")], written: PointEdit, edit: Edit
) -> YearView:
    """Both parties write points until the year is signed. An edit takes back approvals given before."""
    return edit.answer(usecases.write_point(edit.asked, point, written))


@router.put("/{year}/persons", summary="Name the responsible persons", responses=EDIT)
def name_persons(persons: Persons, edit: Edit) -> YearView:
    """The whole list of both sides."""
    return edit.answer(usecases.name_persons(edit.asked, persons.items))


@router.put("/{year}/lines", summary="Set services and prices by site", responses=EDIT)
def set_lines(lines: Lines, edit: Edit) -> YearView:
    """The whole list; a line sent with its ``id`` stays the same line."""
    return edit.answer(usecases.set_lines(edit.asked, lines.items))


@router.post(
    "/{year}/lines/adjust",
    summary="Change many prices by a percentage",
    response_model=YearView,
    responses=EDIT,
)
def adjust_prices(
    adjustment: Adjustment,
    edit: Edit,
    once: OnlyOnce,
    dry_run: Annotated[bool, Query(description="Only show the year as it would become.")] = False,
) -> Response:
    """Lines of the chosen services and sites. A price keeps its decimals, two at least, rounded half up.

    With ``dry_run`` nothing is stored: the answer is the year as it would become, in its present version.
    """
    return once(lambda: edit.answer(usecases.adjust_prices(edit.asked, adjustment, dry_run=dry_run)))


@router.put("/{year}/targets", summary="Set response and resolution targets", responses=EDIT)
def set_targets(targets: Targets, edit: Edit) -> YearView:
    """The whole list; a service and severity left out follows the producer's default."""
    return edit.answer(usecases.set_targets(edit.asked, targets.items))


@router.put("/{year}/annexes", summary="List the annexes", responses=EDIT)
def set_annexes(annexes: Annexes, edit: Edit) -> YearView:
    """The whole list; each contract has the annexes it needs."""
    return edit.answer(usecases.set_annexes(edit.asked, annexes.items))
