"""Wire shapes of sites."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Line, View, Wire, example
from services.customers.shapes import CalendarName, PersonCard
from services.customers.terms import Service, SiteKind

Number = Annotated[str, Field(max_length=20, pattern=r"^K-[0-9]{1,9}$")]
Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Address(Wire):
    """A Finnish street address."""

    street: Line
    postal_code: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    city: Annotated[Line, Field(max_length=100)]


class Coordinates(Wire):
    """WGS 84, degrees."""

    latitude: Annotated[Degrees, Field(ge=-90, le=90)]
    longitude: Annotated[Degrees, Field(ge=-180, le=180)]


class SiteServiceInput(Wire):
    """A service the site uses, who produces it and by which standard."""

    service: Service
    producer_id: UUID
    standard: Annotated[Line, Field(max_length=400)] | None = None


class SiteEdit(Wire):
    """What of a site can be changed; services that are left out are no longer used."""

    model_config = example(
        {
            "name": "Kaakkurin koulu",
            "kind": "comprehensive_school",
            "customer_id": "018f0a1c-7c00-7000-8000-000000000021",
            "address": {"street": "Pesätie 11", "postal_code": "90420", "city": "Oulu"},
            "coordinates": {"latitude": 64.958, "longitude": 25.524},
            "calendar": "school",
            "services": [
                {
                    "service": "meals",
                    "producer_id": "018f0a1c-7c00-7000-8000-000000000041",
                    "standard": "Kouluruokasuositus 2017",
                }
            ],
        }
    )

    name: Line
    kind: SiteKind
    customer_id: UUID
    address: Address
    coordinates: Coordinates | None = None
    calendar: CalendarName
    services: Annotated[list[SiteServiceInput], Field(max_length=len(Service))]


class SiteInput(SiteEdit):
    """A new site; without a number the next free one is taken."""

    model_config = example(
        {
            "number": "K-0007",
            "name": "Kaakkurin koulu",
            "kind": "comprehensive_school",
            "customer_id": "018f0a1c-7c00-7000-8000-000000000021",
            "address": {"street": "Pesätie 11", "postal_code": "90420", "city": "Oulu"},
            "coordinates": {"latitude": 64.958, "longitude": 25.524},
            "calendar": "school",
            "services": [
                {
                    "service": "meals",
                    "producer_id": "018f0a1c-7c00-7000-8000-000000000041",
                    "standard": "Kouluruokasuositus 2017",
                }
            ],
        }
    )

    number: Number | None = None


class SiteServiceView(View):
    """A service at the site."""

    service: Service
    producer_id: UUID
    producer_name: str
    own: bool
    standard: str | None


class SiteState(View):
    """A site as events carry it: without personal data."""

    id: UUID
    number: str
    name: str
    kind: SiteKind
    customer_id: UUID
    customer_name: str
    address: Address
    coordinates: Coordinates | None
    calendar: str
    services: list[SiteServiceView]
    version: int


class SiteView(SiteState):
    """A site with its heads."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000031",
            "number": "K-0007",
            "name": "Kaakkurin koulu",
            "kind": "comprehensive_school",
            "customer_id": "018f0a1c-7c00-7000-8000-000000000021",
            "address": {"street": "Pesätie 11", "postal_code": "90420", "city": "Oulu"},
            "coordinates": {"latitude": 64.958, "longitude": 25.524},
            "calendar": "school",
            "services": [
                {
                    "service": "meals",
                    "producer_id": "018f0a1c-7c00-7000-8000-000000000041",
                    "producer_name": "Oulun Serviisi",
                    "own": True,
                    "standard": "Kouluruokasuositus 2017",
                }
            ],
            "customer_name": "Opetuspalvelut",
            "version": 2,
            "heads": [
                {
                    "person_id": "018f0a1c-7c00-7000-8000-000000000101",
                    "name": "Reijo Rehtori",
                    "phone": "+358 44 703 0101",
                    "email": "reijo.rehtori@edu.example",
                }
            ],
        }
    )

    heads: list[PersonCard]
