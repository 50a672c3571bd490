"""What comes in about contracts and their years; the entries of a year also go out as they came."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chassis.schemas import Line, MaybeLine, Text, Wire, example
from services.contracts.agreements.values import Amount, Duration, Quantity
from services.contracts.agreements.words import (
    AnnexKind,
    Basis,
    Kind,
    Party,
    Service,
    Severity,
    Unit,
)

YearNumber = Annotated[int, Field(strict=True, ge=2000, le=2199)]
Currency = Literal["EUR"]


class Money(Wire):
    """An exact amount and its currency."""

    amount: Amount
    currency: Currency = "EUR"


class Target(Wire):
    """How long something may take, and which time counts."""

    basis: Basis
    duration: Duration


class Owner(Wire):
    """Who owns a point."""

    party: Party
    name: Line
    person_id: UUID | None = None


class NewContract(Wire):
    """A framework agreement to be made."""

    model_config = example(
        {"customer_id": "0197f5a0-0000-7000-8000-000000000001", "services": ["meals", "cleaning"]}
    )

    customer_id: UUID
    services: Annotated[list[Service], Field(min_length=1, max_length=len(Service))]
    producer_name: Line = "Oulun Serviisi"
    kind: Kind = Kind.PARTNERSHIP


class NewYear(Wire):
    """A contract year to be drafted."""

    model_config = example({"year": 2027, "copy_from": 2026})

    year: YearNumber
    copy_from: YearNumber | None = None


class PointEdit(Wire):
    """What a point says."""

    model_config = example(
        {
            "owner": {"party": "producer", "name": "Maija Virtanen"},
            "text": "Serviisi tiedottaa ruokalistoista, asiakas omasta toiminnastaan.",
        }
    )

    owner: Owner
    text: Text


class PersonEntry(Wire):
    """A named responsible person."""

    party: Party
    role: Line
    person_id: UUID | None = None
    name: Line
    phone: MaybeLine = ""
    email: MaybeLine = ""


class Persons(Wire):
    """All responsible persons of both sides."""

    model_config = example(
        {
            "items": [
                {
                    "party": "customer",
                    "role": "Sopimusyhteyshenkilö",
                    "name": "Antti Koski",
                    "phone": "044 700 1001",
                }
            ]
        }
    )

    items: Annotated[list[PersonEntry], Field(max_length=50)]


class LineEntry(Wire):
    """A service at a site. ``id`` keeps an existing line; without it the line is new."""

    id: UUID | None = None
    site_id: UUID
    service: Service
    standard: Line
    price: Money
    unit: Unit
    quantity: Quantity
    previous_price: Money | None = None
    change_reason: Text | None = None


class Lines(Wire):
    """All services × sites of the year."""

    model_config = example(
        {
            "items": [
                {
                    "site_id": "0197f5a0-0000-7000-8000-000000000002",
                    "service": "meals",
                    "standard": "Koululounas, kaksi vaihtoehtoa",
                    "price": {"amount": "4.85", "currency": "EUR"},
                    "unit": "meal",
                    "quantity": "41200",
                }
            ]
        }
    )

    items: Annotated[list[LineEntry], Field(max_length=2000)]


class TargetEntry(Wire):
    """How soon feedback of one service and severity is answered and solved."""

    service: Service
    severity: Severity
    response: Target
    resolution: Target | None = None


class Targets(Wire):
    """All targets of the year; each service × severity once."""

    model_config = example(
        {
            "items": [
                {
                    "service": "meals",
                    "severity": "normal",
                    "response": {"basis": "business", "duration": "PT4H"},
                    "resolution": {"basis": "business", "duration": "PT16H"},
                }
            ]
        }
    )

    items: Annotated[list[TargetEntry], Field(max_length=len(Service) * len(Severity))]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(each.service, each.severity) for each in self.items}) != len(self.items):
            raise PydanticCustomError("target_twice", "each service and severity once")
        return self


class AnnexEntry(Wire):
    """An annex."""

    kind: AnnexKind
    title: Line


class Annexes(Wire):
    """All annexes of the year: those that this contract needs."""

    model_config = example({"items": [{"kind": "billing", "title": "Laskutusliite"}]})

    items: Annotated[list[AnnexEntry], Field(max_length=50)]


class Nothing(Wire):
    """An empty body."""

    model_config = example({})


class Approval(Wire):
    """Whose approval it is; the actor's own party when left out."""

    model_config = example({"party": "customer"})

    party: Party | None = None


class Signature(Wire):
    """Whose signature it is, and the signer's name; the actor's own party and name when left out."""

    model_config = example({"party": "producer", "name": "Leena Mäkinen"})

    party: Party | None = None
    name: Line | None = None


class Reason(Wire):
    """Why."""

    model_config = example({"reason": "Hinnoista neuvotellaan vielä."})

    reason: Text
