"""Cases over HTTP: receiving a word."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from chassis.actors import CurrentActor
from chassis.clock import Now
from chassis.database import Transaction
from chassis.idempotency import Key
from chassis.problems import openapi_problems
from services.feedback.cases import intake
from services.feedback.cases.schemas import CaseDetail, Intake
from services.feedback.cases.wiring import TheDirectory, TheLanguage

router = APIRouter(prefix="/v1/cases", tags=["cases"])
EXAMPLE = {
    "site_id": "01930000-0000-7000-8000-000000000001",
    "kind": "complaint",
    "service": "meals",
    "severity": "high",
    "subject": "Lounas loppui kesken",
    "description": "Kolme luokkaa jäi ilman pääruokaa klo 11.30.",
    "occurred_at": "2026-03-10T11:30:00+02:00",
    "channel": "web",
    "wish": "call",
}


@router.post(
    "",
    summary="Report a word of feedback",
    description="Stored with its promised times and its handler before the answer leaves.",
    response_model=CaseDetail,
    status_code=201,
    responses=openapi_problems(401, 403, 404, 422, 503),
)
def report(
    session: Transaction,
    directory: TheDirectory,
    actor: CurrentActor,
    key: Key,
    now: Now,
    language: TheLanguage,
    body: Annotated[Intake, Body(openapi_examples={"lunch": {"summary": "Lunch ran out", "value": EXAMPLE}})],
) -> Response:
    return intake.report(session, directory, intake.Arrival(actor, body, key, now, language))
