"""How promises are kept, over HTTP."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from chassis.database import Transaction
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter
from services.feedback import access
from services.feedback.cases.dependencies import TheCaseViews
from services.feedback.promises import repository, rules
from services.feedback.promises.schemas import PromisesView, ResultOf, Who

router = ServiceRouter(prefix="/v1")


@router.get(
    "/cases/promises",
    tags=["cases"],
    summary="Read how promises are kept",
    description="Answers and solutions that fell due in the last 30 days, and how many of them came in "
    "time, beside the 30 days before. Thanks promise nothing; while a customer is waited for no solution "
    "falls due. For management and administrators.",
    responses=openapi_problems(401, 403),
)
def read_promises(session: Transaction, reader: TheCaseViews) -> PromisesView:
    access.demand_results(reader.actor)
    found = repository.tallies(session, reader.actor, reader.now)
    known = reader.read_model

    def producer_of(producer_id: UUID | None) -> str:
        producer = known.producers.get(producer_id) if producer_id else None
        return producer.name if producer else ""

    return PromisesView(
        since=reader.now - rules.PERIOD,
        until=reader.now,
        **_figures(rules.total(found)),
        by_handler=_told(
            rules.lines(found, lambda each: each.handler_id), lambda who: known.person(who).name
        ),
        by_producer=_told(rules.lines(found, lambda each: each.producer_id), producer_of),
    )


def _told(lines: list[rules.Line], name_of: Callable[[UUID | None], str]) -> list[ResultOf]:
    return [ResultOf(who=Who(id=each.id, name=name_of(each.id)), **_figures(each)) for each in lines]


def _figures(line: rules.Line) -> dict[str, Any]:  # Any: the fields of `Result`
    return {
        "kept": line.now.kept,
        "of": line.now.of,
        "kept_before": line.before.kept,
        "of_before": line.before.of,
        "late": line.late,
    }
