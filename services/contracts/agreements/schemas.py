"""What comes in about contracts and their years; the entries of a year also go out as they came."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chassis.schemas import WHOLE, Line, MaybeEmail, MaybeLine, Text, Wire, example
from services.contracts.agreements.values import Amount, Duration, Percent, Quantity
from services.contracts.agreements.vocabulary import AnnexKind, Kind, Unit
from trade.vocabulary import Basis, Party, Service, Severity

YearNumber = Annotated[int, Field(strict=True, ge=2000, le=2199), WHOLE]
Currency = Literal["EUR"]


class Money(Wire):
    """An exact amount and its currency."""

    amount: Amount
    """An exact decimal as text, such as `4.85`."""
    currency: Currency = "EUR"
    """ISO 4217."""


class Target(Wire):
    """How long something may take, and which time counts."""

    basis: Basis
    """Whether open hours alone count, or every hour."""
    duration: Duration
    """How long, ISO 8601, such as `PT4H`."""


class Owner(Wire):
    """Who owns a point."""

    party: Party
    """Which side answers for it."""
    name: Line
    """Who answers for it."""
    person_id: UUID | None = None
    """That person's id, if the person is known here."""


class NewContract(Wire):
    """A framework agreement to be made."""

    model_config = example(
        {"customer_id": "0197f5a0-0000-7000-8000-000000000001", "services": ["meals", "cleaning"]}
    )

    customer_id: UUID
    """The customer."""
    services: Annotated[list[Service], Field(min_length=1, max_length=len(Service))]
    """Which services it is about."""
    producer_name: Line = "Oulun Serviisi"
    """Who produces them."""
    kind: Kind = Kind.PARTNERSHIP
    """What sort of agreement it is."""


class NewYear(Wire):
    """A contract year to be drafted."""

    model_config = example({"year": 2027, "copy_from": 2026})

    year: YearNumber
    """The calendar year."""
    copy_from: YearNumber | None = None
    """The year whose content is copied; empty when left out."""


class PointEdit(Wire):
    """What a point says."""

    model_config = example(
        {
            "owner": {"party": "producer", "name": "Maija Virtanen"},
            "text": "Serviisi tiedottaa ruokalistoista, asiakas omasta toiminnastaan.",
        }
    )

    owner: Owner
    """Who answers for the point."""
    text: Text
    """What was agreed."""


class PersonEntry(Wire):
    """A named responsible person."""

    party: Party
    """Which side."""
    role: Line
    """In which role, in words."""
    person_id: UUID | None = None
    """The person's id, if the person is known here."""
    name: Line
    """The person's name."""
    phone: MaybeLine = ""
    """Telephone number; may be empty."""
    email: MaybeEmail = ""
    """E-mail address; may be empty."""


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
    """The whole list; who is left out is no longer named."""


class LineEntry(Wire):
    """A service at a site. ``id`` keeps an existing line; without it the line is new."""

    id: UUID | None = None
    """An existing line's id; a new line has none."""
    site_id: UUID
    """The site."""
    service: Service
    """Which service."""
    standard: Line
    """By which standard it is produced."""
    price: Money
    """What one unit costs."""
    unit: Unit
    """What the price is for."""
    quantity: Quantity
    """How many units in the year, a decimal as text."""
    previous_price: Money | None = None
    """What one unit cost the year before."""
    previous_quantity: Quantity | None = None
    """How many units there were the year before, a decimal as text."""
    change_reason: Text | None = None
    """Why the price or the quantity changed."""


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
    """The whole list; a line that is left out goes."""


class Adjustment(Wire):
    """Prices changed by one percentage on many lines. A choice that is left out means all."""

    model_config = example(
        {"services": ["cleaning"], "percent": "2", "reason": "Palkkojen yleiskorotus 1.6. alkaen."}
    )

    services: Annotated[list[Service], Field(max_length=len(Service), default_factory=list)]
    """Lines of which services; empty means all."""
    site_ids: Annotated[list[UUID], Field(max_length=2000, default_factory=list)]
    """Lines of which sites; empty means all."""
    percent: Percent
    """By how much, in percent of the present price."""
    reason: Text
    """Why; it stands with each price that changes, and both sides read it."""


class TargetEntry(Wire):
    """How soon feedback of one service and severity is answered and solved."""

    service: Service
    """Which service."""
    severity: Severity
    """How bad the matter is."""
    response: Target
    """How soon it is answered."""
    resolution: Target | None = None
    """How soon it is solved; null promises nothing."""


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
    """The whole list; what is left out follows the producer's default."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(each.service, each.severity) for each in self.items}) != len(self.items):
            raise PydanticCustomError("target_twice", "each service and severity once")
        return self


class AnnexEntry(Wire):
    """An annex."""

    kind: AnnexKind
    """What sort of annex it is."""
    title: Line
    """What it is called."""


class Annexes(Wire):
    """All annexes of the year: those that this contract needs."""

    model_config = example({"items": [{"kind": "billing", "title": "Laskutusliite"}]})

    items: Annotated[list[AnnexEntry], Field(max_length=50)]
    """The whole list; an annex that is left out goes."""


class Nothing(Wire):
    """An empty body."""

    model_config = example({})


class Approval(Wire):
    """Whose approval it is; the actor's own party when left out."""

    model_config = example({"party": "customer"})

    party: Party | None = None
    """Which side approves; the caller's own when left out."""


class Signature(Wire):
    """Whose signature it is; the actor's own party and name when left out.

    Another's ``name`` says that this person signed on paper: the answer names the actor as ``recorded_by``.
    """

    model_config = example({"party": "producer", "name": "Leena Mäkinen"})

    party: Party | None = None
    """Which side signs; the caller's own when left out."""
    name: Line | None = None
    """Who signs; the caller when left out."""


class Reason(Wire):
    """Why."""

    model_config = example({"reason": "Hinnoista neuvotellaan vielä."})

    reason: Text
    """Why; both sides read it."""
