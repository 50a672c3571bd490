"""Answering what the gateway made itself, and finding the clients of a caller."""

from fastapi import Request, Response
from pydantic import BaseModel

from gateway.access import Caller
from gateway.clients.contracts import ContractsClient
from gateway.clients.customers import CustomersClient
from gateway.clients.feedback import FeedbackClient
from gateway.clients.service_client import ServiceClient
from gateway.compose.parts import PART, PART_WHEN_BUSY, Services
from gateway.settings import GatewaySettings


def accept_language(request: Request, caller: Caller) -> str:
    """Return the languages the caller asks for, else the person's own."""
    asked = request.headers.get("accept-language", "")
    return asked if asked and asked.isascii() else caller.profile.language


def services_of(request: Request, caller: Caller) -> Services:
    """Return the clients that read on behalf of the caller."""
    settings: GatewaySettings = request.app.state.settings
    neighbours = request.app.state.neighbours
    language = accept_language(request, caller)
    lines = {
        name: ServiceClient(
            neighbour,
            caller.token(name),
            language,
            patience=settings.patience * PART,
            busy_patience=settings.busy_patience * PART_WHEN_BUSY,
        )
        for name, neighbour in neighbours.items()
    }
    return Services(
        patience=settings.patience * (1 - PART)
        + max(settings.patience * PART, settings.busy_patience * PART_WHEN_BUSY),
        customers=CustomersClient(lines["customers"]),
        contracts=ContractsClient(lines["contracts"]),
        feedback=FeedbackClient(lines["feedback"]),
    )


def answer(view: BaseModel, status: int = 200) -> Response:
    """Return a view as it is: it was made of read shapes, so checking it once more would only cost."""
    return Response(view.model_dump_json(by_alias=True), status, media_type="application/json")
