"""What is sent to the customers service. It judges; these shapes stand for the document."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gateway.shapes.common import Input, Name
from gateway.shapes.examples import registry as examples
from gateway.shapes.words import Role, ServiceName, SiteKind, Topic

ShortCode = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Email = Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Phone = Annotated[str, Field(min_length=3, max_length=40, pattern=r"^\+?[0-9][0-9 ()-]*$")]


class GroupEdit(Input):
    """A customer group; ``id`` keeps an existing one, without it a new one is made."""

    id: UUID | None = None
    name: Name
    end_customers: Annotated[Name, Field(description="Whom the group serves in turn")]


class DepartmentEdit(Input):
    """A department with all its customer groups, in their order."""

    example = examples.DEPARTMENT_EDIT

    code: ShortCode
    name: Name
    customer_groups: Annotated[list[GroupEdit], Field(max_length=100)]


class ProducerEdit(Input):
    """A producer; only one is the own enterprise."""

    example = examples.PRODUCER_EDIT

    name: Name
    own: bool = False
    business_id: Annotated[str | None, Field(max_length=9, description="Finnish business id, 1234567-1")] = (
        None
    )
    phone: Phone
    email: Email


class CustomerEdit(Input):
    """What of a customer can be changed."""

    example = examples.CUSTOMER_EDIT

    name: Name
    kind: Literal["internal", "external"]
    department_id: UUID | None = None
    customer_group_id: UUID | None = None
    business_id: Annotated[str | None, Field(max_length=9, description="Finnish business id, 1234567-1")] = (
        None
    )
    billing_reference: Name | None = None
    partnership_note: Annotated[str, Field(min_length=1, max_length=4000)] | None = None


class NewCustomer(CustomerEdit):
    """A new customer; without a number the next free one is taken."""

    number: Annotated[str | None, Field(max_length=20, pattern=r"^A-[0-9]{1,9}$")] = None


class AccountManager(Input):
    """Who answers for the customer from today on, and who stands in."""

    example = examples.ACCOUNT_MANAGER

    person_id: UUID
    stand_in_id: UUID | None = None


class SiteAddress(Input):
    """A Finnish street address."""

    street: Name
    postal_code: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    city: Annotated[str, Field(min_length=1, max_length=100)]


class SiteCoordinates(Input):
    """WGS 84, degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class UsedService(Input):
    """A service the site uses, who produces it and by which standard."""

    service: ServiceName
    producer_id: UUID
    standard: Annotated[str, Field(min_length=1, max_length=400)] | None = None


class SiteEdit(Input):
    """What of a site can be changed; services that are left out are no longer used."""

    example = examples.SITE_EDIT

    name: Name
    kind: SiteKind
    customer_id: UUID
    address: SiteAddress
    coordinates: SiteCoordinates | None = None
    calendar: Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    services: Annotated[list[UsedService], Field(max_length=5)]


class NewSite(SiteEdit):
    """A new site; without a number the next free one is taken."""

    number: Annotated[str | None, Field(max_length=20, pattern=r"^K-[0-9]{1,9}$")] = None


class AssignmentEdit(Input):
    """One role within one scope."""

    role: Role
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    producer_id: UUID | None = None
    service: ServiceName | None = None
    topics: Annotated[list[Topic], Field(max_length=9, default_factory=list)]
    stand_in_id: UUID | None = None
    valid_from: date
    valid_until: date | None = None


class PersonEdit(Input):
    """A person with all assignments; those that are left out end."""

    example = examples.PERSON_EDIT

    username: ShortCode | None = None
    name: Name
    title: Name
    email: Email
    phone: Phone
    language: Literal["fi", "sv", "en"] = "fi"
    assignments: Annotated[list[AssignmentEdit], Field(max_length=200)]


class AbsenceEdit(Input):
    """Days away, both ends included; no reason is asked."""

    first_day: date
    last_day: date


class AbsencesEdit(Input):
    """All absences of a person; those left out are removed."""

    example = examples.ABSENCES

    absences: Annotated[list[AbsenceEdit], Field(max_length=100)]
