"""What the routes of a contract year need from the request: its address, and who asks."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from services.contracts.agreements import views
from services.contracts.agreements.answers import YearView
from services.contracts.agreements.change import YearRequest
from services.contracts.agreements.repository import WholeYear
from services.contracts.dependencies import Call

ContractId = Annotated[UUID, Path(examples=["0197f5a0-0000-7000-8000-000000000010"])]
Year = Annotated[int, Path(ge=2000, le=2199, description="The calendar year.", examples=[2026])]


def asked_of(call: Call, contract_id: UUID, year: int, version: int | None = None) -> YearRequest:
    """Return the call as a request for a change of a year."""
    return YearRequest(call.session, call.actor, contract_id, year, call.now, version)


def shown(call: Call, changed: WholeYear) -> YearView:
    """Show the caller a year as it now stands."""
    return views.year_view(call.session, call.actor, changed, call.today, call.language)
