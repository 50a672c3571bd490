"""Departments, customers, sites, producers, people and contacts, as the customers service tells them."""

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import (
    SITE_KINDS,
    Code,
    Listing,
    Named,
    PersonCard,
    Service,
    Shape,
    StandIn,
)
from gateway.shapes.examples import registry as examples
from gateway.shapes.examples.ids import listing


class CustomerGroup(Shape):
    """A customer group of a department (source table 1)."""

    id: UUID
    name: str
    end_customers: str | None = None


class Department(Shape):
    """A department of the city and its customer groups."""

    example = examples.DEPARTMENT

    id: UUID
    code: str
    name: str
    customer_groups: list[CustomerGroup]
    version: int


class Customer(Shape):
    """An ordering customer, internal or external."""

    example = examples.CUSTOMER

    id: UUID
    number: str
    name: str
    kind: Annotated[Code, Field(description="internal or external")]
    department: Named | None
    customer_group: Named | None
    account_manager: PersonCard | None
    business_id: str | None
    billing_reference: str | None
    partnership_note: str | None
    site_count: int
    version: int


class Address(Shape):
    """Where a site is."""

    street: str
    postal_code: str
    city: str


class Coordinates(Shape):
    """WGS 84."""

    latitude: float
    longitude: float


class SiteService(Shape):
    """A service the site uses, and who produces it."""

    service: Service
    producer_id: UUID
    producer_name: str
    own: bool
    standard: str | None = None


class Site(Shape):
    """A site: a school, a day-care centre, a care home …"""

    example = examples.SITE

    id: UUID
    number: str
    name: str
    kind: Annotated[Code, Field(description=SITE_KINDS)]
    customer_id: UUID
    customer_name: str
    address: Address
    coordinates: Coordinates | None
    calendar: Annotated[Code, Field(description="Name of the opening calendar")]
    services: list[SiteService]
    heads: list[PersonCard]
    version: int


class Producer(Shape):
    """A producer of meals or cleaning, own or outside."""

    example = examples.PRODUCER

    id: UUID
    name: str
    own: bool
    business_id: str | None
    phone: str | None
    email: str | None
    version: int


class Assignment(Shape):
    """A role a person has, where and for how long."""

    id: UUID
    role: Code
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    producer_id: UUID | None = None
    service: str | None = None
    topics: list[str] | None = None
    stand_in: StandIn | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class Person(Shape):
    """A person with roles."""

    example = examples.PERSON

    id: UUID
    username: str | None
    name: str
    title: str | None
    email: str | None
    phone: str | None
    language: str
    assignments: list[Assignment]
    version: int


class Contact(Shape):
    """A person in a role at a customer or a site."""

    example = examples.CONTACT

    person_id: UUID
    name: str
    title: str | None
    phone: str | None
    email: str | None
    role: Code
    level: Annotated[Code, Field(description="contract or operational")]
    side: Annotated[Code, Field(description="customer or producer")]
    customer_id: UUID | None
    site_id: UUID | None
    service: str | None
    stand_in: PersonCard | None


class Reason(Shape):
    """Why, as a stable code and in words."""

    code: str
    text: str


class Alternative(Shape):
    """Somebody else one may contact."""

    person: PersonCard
    reason: Reason


class WhomToContact(Shape):
    """The person to contact about a topic, and why this one."""

    example = examples.WHOM_TO_CONTACT

    site_id: UUID
    topic: Code
    person: PersonCard | None
    stand_in: PersonCard | None
    instead_of: PersonCard | None = None
    away: bool
    reason: Reason
    alternatives: list[Alternative]


class Fault(Shape):
    """What is wrong in a row of a file."""

    row: int
    column: str | None
    code: str
    message: str


class ImportReport(Shape):
    """What a CSV file did, or would do."""

    example = examples.IMPORT_REPORT

    kind: str
    dry_run: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    faults: list[Fault]


class Departments(Listing[Department]):
    """Departments by name."""

    example: ClassVar[dict[str, Any]] = listing(examples.DEPARTMENT)


class Customers(Listing[Customer]):
    """Customers by name."""

    example: ClassVar[dict[str, Any]] = listing(examples.CUSTOMER)


class Sites(Listing[Site]):
    """Sites by name."""

    example: ClassVar[dict[str, Any]] = listing(examples.SITE)


class Producers(Listing[Producer]):
    """Producers by name."""

    example: ClassVar[dict[str, Any]] = listing(examples.PRODUCER)


class People(Listing[Person]):
    """People by name."""

    example: ClassVar[dict[str, Any]] = listing(examples.PERSON)


class Contacts(Listing[Contact]):
    """Contacts."""

    example: ClassVar[dict[str, Any]] = listing(examples.CONTACT)
