"""Tables of the registry."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from chassis.tables import Versioned, new_id, string_enum
from services.customers.base import Base
from services.customers.names import search_text, sort_key
from services.customers.vocabulary import CustomerKind, SiteKind
from trade.vocabulary import Service

SORT_NAME = sa.String(600, collation="C")


def _found_by_trigrams(name: str) -> sa.Index:
    return sa.Index(
        name, "search_text", postgresql_using="gin", postgresql_ops={"search_text": "gin_trgm_ops"}
    )


class Department(Versioned, Base, table=True):
    """A department of the city (hallintokunta; source table 1)."""

    __tablename__ = "department"
    __table_args__ = (sa.Index("department_by_name", "sort_name", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    sort_name: str = Field(sa_type=SORT_NAME)
    changed_at: datetime

    @classmethod
    def blank(cls, now: datetime) -> "Department":
        """Return a new department, still to be described."""
        return cls(code="", name="", sort_name="", changed_at=now)

    def describe(self, *, code: str, name: str) -> None:
        """Take over code and name."""
        self.code = code
        self.name = name
        self.sort_name = sort_key(name)


class CustomerGroup(Base, table=True):
    """A customer group within a department (asiakasryhmä), with the customers it serves in turn."""

    __tablename__ = "customer_group"
    __table_args__ = (sa.UniqueConstraint("department_id", "name", name="customer_group_once"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    department_id: UUID = Field(foreign_key="department.id", ondelete="CASCADE")
    name: str = Field(max_length=200)
    end_customers: str = Field(max_length=400)
    position: int = 0


class Customer(Versioned, Base, table=True):
    """An ordering customer: the contract level's party."""

    __tablename__ = "customer"
    __table_args__ = (
        sa.Index("customer_by_name", "sort_name", "id"),
        sa.Index("customer_by_department", "department_id", "sort_name", "id"),
        sa.Index("customer_by_kind", "kind", "sort_name", "id"),
        sa.Index("customer_by_group", "customer_group_id"),
        _found_by_trigrams("customer_search"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=200)
    sort_name: str = Field(sa_type=SORT_NAME)
    kind: CustomerKind = Field(sa_type=string_enum(CustomerKind))
    department_id: UUID | None = Field(default=None, foreign_key="department.id")
    customer_group_id: UUID | None = Field(default=None, foreign_key="customer_group.id")
    business_id: str | None = Field(default=None, max_length=9)
    billing_reference: str | None = Field(default=None, max_length=200)
    partnership_note: str | None = Field(default=None, sa_type=sa.Text)
    search_text: str = Field(sa_type=sa.Text)
    changed_at: datetime

    @classmethod
    def blank(cls, number: str, now: datetime) -> "Customer":
        """Return a new customer, still to be described."""
        return cls(
            number=number, name="", sort_name="", kind=CustomerKind.INTERNAL, search_text="", changed_at=now
        )

    def describe(
        self,
        *,
        name: str,
        kind: CustomerKind,
        department_id: UUID | None,
        customer_group_id: UUID | None,
        business_id: str | None,
        billing_reference: str | None,
        partnership_note: str | None,
    ) -> None:
        """Take over everything but the number, which stays."""
        self.name = name
        self.kind = kind
        self.department_id = department_id
        self.customer_group_id = customer_group_id
        self.business_id = business_id
        self.billing_reference = billing_reference
        self.partnership_note = partnership_note
        self.sort_name = sort_key(name)
        self.search_text = search_text(self.number, name, business_id)


class Producer(Versioned, Base, table=True):
    """Who produces services: the own enterprise (one) or an outside company."""

    __tablename__ = "producer"
    __table_args__ = (
        sa.Index("producer_by_name", "sort_name", "id"),
        sa.Index("producer_name", sa.text("lower(name)"), unique=True),
        sa.Index("producer_own", "own", unique=True, postgresql_where=sa.text("own")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    sort_name: str = Field(sa_type=SORT_NAME)
    own: bool
    business_id: str | None = Field(default=None, max_length=9)
    phone: str = Field(max_length=40)
    email: str = Field(max_length=200)
    changed_at: datetime

    @classmethod
    def blank(cls, now: datetime) -> "Producer":
        """Return a new producer, still to be described."""
        return cls(name="", sort_name="", own=False, phone="", email="", changed_at=now)

    def describe(self, *, name: str, own: bool, business_id: str | None, phone: str, email: str) -> None:
        """Take over all particulars."""
        self.name = name
        self.own = own
        self.business_id = business_id
        self.phone = phone
        self.email = email.lower()
        self.sort_name = sort_key(name)


class Site(Versioned, Base, table=True):
    """A place where services are used (kohde): a school, a day-care centre, a museum …"""

    __tablename__ = "site"
    __table_args__ = (
        sa.Index("site_by_name", "sort_name", "id"),
        sa.Index("site_by_customer", "customer_id", "sort_name", "id"),
        sa.Index("site_by_kind", "kind", "sort_name", "id"),
        _found_by_trigrams("site_search"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=200)
    sort_name: str = Field(sa_type=SORT_NAME)
    kind: SiteKind = Field(sa_type=string_enum(SiteKind))
    customer_id: UUID = Field(foreign_key="customer.id")
    street: str = Field(max_length=200)
    postal_code: str = Field(max_length=5)
    city: str = Field(max_length=100)
    latitude: float | None = None
    longitude: float | None = None
    calendar: str = Field(max_length=40)
    """Name of the opening calendar by which due times run."""
    search_text: str = Field(sa_type=sa.Text)
    changed_at: datetime

    @classmethod
    def blank(cls, number: str, customer_id: UUID, now: datetime) -> "Site":
        """Return a new site, still to be described."""
        return cls(
            number=number,
            name="",
            sort_name="",
            kind=SiteKind.OTHER,
            customer_id=customer_id,
            street="",
            postal_code="",
            city="",
            calendar="",
            search_text="",
            changed_at=now,
        )

    def describe(
        self,
        *,
        name: str,
        kind: SiteKind,
        customer_id: UUID,
        street: str,
        postal_code: str,
        city: str,
        latitude: float | None,
        longitude: float | None,
        calendar: str,
    ) -> None:
        """Take over everything but the number, which stays."""
        self.name = name
        self.kind = kind
        self.customer_id = customer_id
        self.street = street
        self.postal_code = postal_code
        self.city = city
        self.latitude = latitude
        self.longitude = longitude
        self.calendar = calendar
        self.sort_name = sort_key(name)
        self.search_text = search_text(self.number, name, street, postal_code)


class SiteService(Base, table=True):
    """One service at one site: who produces it and by which standard."""

    __tablename__ = "site_service"
    __table_args__ = (sa.Index("site_service_by_producer", "producer_id", "site_id"),)

    site_id: UUID = Field(foreign_key="site.id", ondelete="CASCADE", primary_key=True)
    service: Service = Field(sa_type=string_enum(Service), primary_key=True)
    producer_id: UUID = Field(foreign_key="producer.id")
    standard: str | None = Field(default=None, max_length=400)
