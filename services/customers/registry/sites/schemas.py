"""Wire shapes of sites."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Line, LongLine, View, Wire, example
from services.customers.shapes import CalendarName, PersonCard
from services.customers.vocabulary import SiteKind
from trade.vocabulary import Service

Number = Annotated[str, Field(max_length=20, pattern=r"^K-[0-9]{1,9}$")]
Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Address(Wire):
    """A Finnish street address."""

    street: Line
    """Street and number."""
    postal_code: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    """Five digits."""
    city: Annotated[Line, Field(max_length=100)]
    """Town."""


class Coordinates(Wire):
    """WGS 84, degrees."""

    latitude: Annotated[Degrees, Field(ge=-90, le=90)]
    """Degrees north."""
    longitude: Annotated[Degrees, Field(ge=-180, le=180)]
    """Degrees east."""


class SiteServiceInput(Wire):
    """A service the site uses, who produces it and by which standard."""

    service: Service
    """Which service."""
    producer_id: UUID
    """Who produces it."""
    standard: LongLine | None = None
    """By which standard."""


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
    """Its name."""
    kind: SiteKind
    """What sort of place it is."""
    customer_id: UUID
    """The customer that it belongs to."""
    address: Address
    """Where it is."""
    coordinates: Coordinates | None = None
    """Where it is on the map."""
    calendar: CalendarName
    """Name of the working calendar that promised times run by, such as `school`."""
    services: Annotated[list[SiteServiceInput], Field(max_length=len(Service))]
    """The services that it uses."""


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
    """Its number, such as `K-0007`."""


class SiteServiceView(View):
    """A service at the site."""

    service: Service
    """Which service."""
    producer_id: UUID
    """Who produces it."""
    producer_name: str
    """The producer's name."""
    own: bool
    """Whether that is the city's own enterprise."""
    standard: str | None
    """By which standard."""


class SiteState(View):
    """A site as events carry it: without personal data."""

    id: UUID
    """Its id."""
    number: str
    """Its number, such as `K-0007`."""
    name: str
    """Its name."""
    kind: SiteKind
    """What sort of place it is."""
    customer_id: UUID
    """The customer that it belongs to."""
    customer_name: str
    """That customer's name."""
    address: Address
    """Where it is."""
    coordinates: Coordinates | None
    """Where it is on the map."""
    calendar: str
    """Name of the working calendar that promised times run by, such as `school`."""
    services: list[SiteServiceView]
    """The services that it uses."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""


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
    """Who leads it, and how to reach them."""
