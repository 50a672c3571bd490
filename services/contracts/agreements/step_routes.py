"""Routes of a contract year's steps. Consent needs ``If-Match``; elsewhere it is honoured when it is sent."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Body, Depends, Response

from chassis.idempotency import OnlyOnce
from chassis.preconditions import IfMatch, IfMatchOffered
from chassis.problems import openapi_problems
from chassis.routing import ServiceRouter, made
from services.contracts.agreements import steps
from services.contracts.agreements.answers import YearView
from services.contracts.agreements.dependencies import ContractId, Year, asked_of, shown
from services.contracts.agreements.repository import WholeYear
from services.contracts.agreements.rules import Step
from services.contracts.agreements.schemas import Approval, Nothing, Reason, Signature
from services.contracts.dependencies import TheCall

router = ServiceRouter(prefix="/v1/contracts/{contract_id}/years/{year}", tags=["contract years"])
STEP = openapi_problems(401, 403, 404, 409, 412, 422)
CONSENT = openapi_problems(401, 403, 404, 409, 412, 422, 428)
NoBody = Annotated[Nothing | None, Body(examples=[{}])]


class Stepping:
    """What every step needs: the year's address, who acts, and the answer given once."""

    def __init__(
        self, contract_id: ContractId, year: Year, call: TheCall, version: IfMatchOffered, once: OnlyOnce
    ) -> None:
        self.asked = asked_of(call, contract_id, year, version)
        self.language = call.language
        self._call = call
        self._once = once

    def answer(self, act: Callable[[], WholeYear]) -> Response:
        """Take the step once and answer the year as it then stands."""
        return self._once(lambda: shown(self._call, act()))

    def advance(self, step: Step, reason: str | None = None) -> Response:
        """Take a step that needs no party."""
        return self.answer(lambda: steps.advance(self.asked, step, reason))


Stepped = Annotated[Stepping, Depends(made(Stepping))]


@router.post("/submit", summary="Open the negotiation", response_model=YearView, responses=STEP)
def submit(step: Stepped, _: NoBody = None) -> Response:
    """From draft to negotiation."""
    return step.advance(Step.SUBMIT)


@router.post("/propose", summary="Propose for approval", response_model=YearView, responses=STEP)
def propose(step: Stepped, _: NoBody = None) -> Response:
    """From negotiation to approval."""
    return step.advance(Step.PROPOSE)


@router.post("/approve", summary="Approve for a party", response_model=YearView, responses=CONSENT)
def approve(step: Stepped, _: IfMatch, approval: Approval | None = None) -> Response:
    """A contract contact approves for the customer, an account manager or the management for the producer.

    ``If-Match`` says which content was read: nobody approves what has changed since.
    """
    party = approval.party if approval else None
    return step.answer(lambda: steps.approve(step.asked, party))


@router.post("/sign", summary="Sign for a party", response_model=YearView, responses=CONSENT)
def sign(step: Stepped, _: IfMatch, signature: Signature | None = None) -> Response:
    """``If-Match`` says which content was read. Another's ``name`` records a signature on paper.

    409 ``contract_incomplete`` with ``blockers`` while something mandatory is missing.

    When both parties have signed, the content is frozen and its SHA-256 kept.
    """
    given = signature or Signature()
    return step.answer(
        lambda: steps.sign(step.asked, party=given.party, name=given.name, language=step.language)
    )


@router.post("/return", summary="Return to draft", response_model=YearView, responses=STEP)
def return_to_draft(why: Reason, step: Stepped) -> Response:
    """Back to draft with the reason; approvals given are taken back."""
    return step.advance(Step.RETURN, why.reason)


@router.post("/reject", summary="Reject", response_model=YearView, responses=STEP)
def reject(why: Reason, step: Stepped) -> Response:
    """No contract comes of this draft, for the reason given. It can be returned to draft."""
    return step.advance(Step.REJECT, why.reason)


@router.post("/terminate", summary="Terminate a signed year", response_model=YearView, responses=STEP)
def terminate(why: Reason, step: Stepped) -> Response:
    """The year ends today, for the reason given."""
    return step.advance(Step.TERMINATE, why.reason)
