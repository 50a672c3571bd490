"""What is sent to the contracts service. It judges; these shapes stand for the document."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import Input, Name, Note
from gateway.shapes.examples import contracts as examples
from gateway.shapes.words import PartyName, ResponsibleName, ServiceName, SeverityName

DURATION = "^P(?=[0-9]|T[0-9])([0-9]{1,3}D)?(T(?=[0-9])([0-9]{1,4}H)?([0-9]{1,4}M)?([0-9]{1,4}S)?)?$"
YearNumber = Annotated[int, Field(ge=2000, le=2199)]
MaybeName = Annotated[str, Field(max_length=200)]


class NewContract(Input):
    """A framework agreement to be made."""

    example = examples.NEW_CONTRACT

    customer_id: UUID
    services: Annotated[list[ServiceName], Field(min_length=1, max_length=5)]
    producer_name: Name = "Oulun Serviisi"
    kind: Literal["partnership"] = "partnership"


class NewYear(Input):
    """A contract year to be drafted, perhaps from an earlier one."""

    example = examples.NEW_YEAR

    year: YearNumber
    copy_from: YearNumber | None = None


class PointOwner(Input):
    """Who owns a point."""

    party: PartyName
    name: Name
    person_id: UUID | None = None


class PointEdit(Input):
    """What a point says."""

    example = examples.POINT_EDIT

    owner: PointOwner
    text: Note


class PersonEntry(Input):
    """A named responsible person."""

    party: PartyName
    role: Name
    person_id: UUID | None = None
    name: Name
    phone: MaybeName = ""
    email: MaybeName = ""


class PersonsEdit(Input):
    """All responsible persons of both sides."""

    example = examples.PERSONS_EDIT

    items: Annotated[list[PersonEntry], Field(max_length=50)]


class Price(Input):
    """An exact amount and its currency."""

    amount: Annotated[str, Field(pattern=r"^[0-9]{1,8}(\.[0-9]{1,4})?$")]
    currency: Literal["EUR"] = "EUR"


class LineEntry(Input):
    """A service at a site; ``id`` keeps an existing line."""

    id: UUID | None = None
    site_id: UUID
    service: ServiceName
    standard: Name
    price: Price
    unit: Literal["meal", "m2_month", "month"]
    quantity: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
    previous_price: Price | None = None
    change_reason: Note | None = None


class LinesEdit(Input):
    """All services × sites of the year."""

    example = examples.LINES_EDIT

    items: Annotated[list[LineEntry], Field(max_length=2000)]


class TargetTime(Input):
    """How long something may take, and which time counts."""

    basis: Literal["business", "calendar"]
    duration: Annotated[
        str, Field(json_schema_extra={"pattern": DURATION}, description="ISO 8601, such as PT4H")
    ]


class TargetEntry(Input):
    """How soon feedback of one service and severity is answered and solved."""

    service: ServiceName
    severity: SeverityName
    response: TargetTime
    resolution: TargetTime | None = None


class TargetsEdit(Input):
    """All targets of the year; each service × severity once."""

    example = examples.TARGETS_EDIT

    items: Annotated[list[TargetEntry], Field(max_length=20)]


class AnnexEntry(Input):
    """An annex."""

    kind: Literal["billing", "price_list", "service_description", "standards", "other"]
    title: Name


class AnnexesEdit(Input):
    """All annexes of the year: those that this contract needs."""

    example = examples.ANNEXES_EDIT

    items: Annotated[list[AnnexEntry], Field(max_length=50)]


class Nothing(Input):
    """An empty body."""


class Approval(Input):
    """Whose approval it is; the caller's own party when left out."""

    example = examples.APPROVAL

    party: PartyName | None = None


class Signing(Input):
    """Whose signature it is, and the signer's name; the caller's own when left out."""

    example = examples.SIGNING

    party: PartyName | None = None
    name: Name | None = None


class Why(Input):
    """Why."""

    example = examples.WHY

    reason: Note


class ActualEntry(Input):
    """What really happened to a milestone, and when."""

    example = examples.ACTUAL

    actual_on: Annotated[date | None, Field(description="May be left out only for what did not happen")] = (
        None
    )
    status: Literal["met", "partially_met", "not_met"]
    note: Note | None = None


class MilestoneMove(Input):
    """Another day in the same year, and why."""

    example = examples.MOVE

    due: date
    reason: Note


class ClockGeneration(Input):
    """Whose clock is generated, and for which year."""

    example = examples.GENERATION

    year: YearNumber
    customer_id: UUID | None = None


class CalendarFeedFilters(Input):
    """What a subscription shows; nothing chosen is everything the caller may see."""

    example = examples.NEW_FEED

    year: YearNumber | None = None
    customer_id: UUID | None = None
    responsible: ResponsibleName | None = None
