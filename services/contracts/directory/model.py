"""Local copies of what the contracts need to know of customers, sites and people; rebuilt from the feed."""

from uuid import UUID

from sqlmodel import Field

from services.contracts.base import Base


class KnownCustomer(Base, table=True):
    """A customer's name."""

    __tablename__ = "known_customer"

    id: UUID = Field(primary_key=True)
    number: str = Field(max_length=40)
    name: str = Field(max_length=200)


class KnownSite(Base, table=True):
    """A site's name."""

    __tablename__ = "known_site"

    id: UUID = Field(primary_key=True)
    name: str = Field(max_length=200)


class KnownPerson(Base, table=True):
    """A fingerprint of a person's assignments: when it changes, the person's calendar links end."""

    __tablename__ = "known_person"

    id: UUID = Field(primary_key=True)
    assignments_hash: str = Field(max_length=64)
