"""Cases over HTTP: receiving a word, reading a case, and why it is due when it is."""

import json
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from chassis.callers import CurrentActor, current_actor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import Key, idempotency_key
from chassis.languages import language_of
from chassis.media import JSON
from chassis.preconditions import etag
from chassis.problems import openapi_problems
from chassis.quick import at_once
from chassis.routing import ServiceRouter, hung_up
from services.feedback import access
from services.feedback.cases import repository, triage
from services.feedback.cases.answers import CaseDetail, SuspicionView, TriageView
from services.feedback.cases.clock_schemas import ClockView
from services.feedback.cases.decide import Arrival
from services.feedback.cases.dependencies import TheCaseViews, TheIntakeStore, TheLanguage
from services.feedback.cases.explain import explain
from services.feedback.cases.schemas import Intake, TriageRequest

router = ServiceRouter(prefix="/v1/cases", tags=["cases"])
MOST_ENTRIES = 2_147_483_647
"""A log's number is a 32-bit integer."""
CaseId = Annotated[UUID, Path(description="The case's id.")]


async def _report_at_once(request: Request) -> Response | None:
    """Receive a word that is in order; see `report`."""
    if request.scope["query_string"] or request.headers.get("content-type") != JSON:
        return None
    try:
        body = Intake.model_validate(json.loads(await request.body()))
    except (ValueError, RecursionError):
        return None
    state, headers = request.app.state, request.headers
    actor = await current_actor(request)
    key = await idempotency_key(request, actor, headers.get("idempotency-key"))
    language = language_of(headers.get("accept-language"))
    return await report(request, state.intake_store, actor, key, state.clock(), language, body)


@router.post(
    "",
    summary="Report a word of feedback",
    description="Stored with its promised times and its handler before the answer leaves.",
    response_model=CaseDetail,
    status_code=201,
    responses=openapi_problems(401, 403, 404, 422, 503),
)
@at_once(_report_at_once)
async def report(
    request: Request,
    store: TheIntakeStore,
    actor: CurrentActor,
    key: Key,
    now: Now,
    language: TheLanguage,
    body: Intake,
) -> Response:
    """Receive a word."""
    return await store.report(Arrival(actor, body, now), key, language, hung_up(request))


@router.post(
    "/triage",
    summary="Tell what words give away",
    description="What a word would be, while it is being written: danger with the words that tell of it, the "
    "service, kind, severity and subject. Nothing is stored; a word that is reported is judged alike.",
    responses=openapi_problems(401, 403, 404, 422, 503),
    dependencies=[Depends(idempotency_key)],
)
async def judge_words(store: TheIntakeStore, actor: CurrentActor, body: TriageRequest) -> TriageView:
    """Judge words that are being written."""
    read_model = await store.knowledge_of(body.site_id)
    site = access.demand_report(actor, read_model.sites.get(body.site_id), None)
    clues = triage.clues_of(body.description)
    severity = triage.severity_of(body.kind, None, clues.suspicion)
    return TriageView(
        danger=SuspicionView.model_validate(clues.suspicion) if clues.suspicion else None,
        service=triage.guess_service(clues, triage.services_at(access.services_for(actor, site))),
        kind=triage.kind_of(body.kind, severity),
        severity=severity,
        subject=triage.subject_of(body.description),
    )


@router.get(
    "/{case_id}",
    summary="Show a case",
    description="With its conversation and history, as far as the actor sees them: whole, or where they are "
    "very long the newest part, with what to ask for the one before it. `ETag` is its version.",
    responses=openapi_problems(401, 404, 422),
)
def show(
    session: Transaction,
    reader: TheCaseViews,
    case_id: CaseId,
    response: Response,
    include: Annotated[
        Literal["clock"] | None, Query(description="What the answer tells besides: `clock`, its due times.")
    ] = None,
    before: Annotated[
        int | None, Query(ge=1, le=MOST_ENTRIES, description="Tell what lies before this: `earlier.before`.")
    ] = None,
) -> CaseDetail:
    """Show one case."""
    case = repository.find(session, reader.actor, case_id)
    log = repository.log_of(session, case.id)
    clock = explain(reader, case, log) if include == "clock" else None
    response.headers["ETag"] = etag(case.version)
    cycles = repository.cycles_of(session, case.id) if case.cycle > 1 else ()
    return reader.detail(case, log, cycles, clock, before)


@router.get(
    "/{case_id}/clock",
    summary="Explain a case's due times",
    description="Who promised what, by which calendar, and which intervals counted, rested or were closed.",
    responses=openapi_problems(401, 404, 422),
)
def clock(session: Transaction, reader: TheCaseViews, case_id: CaseId) -> ClockView:
    """Explain the clock of one case."""
    case = repository.find(session, reader.actor, case_id)
    return explain(reader, case, repository.log_of(session, case.id))
