"""Tables of people, their assignments and their absences."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Field

from chassis.tables import Versioned, new_id, string_enum
from services.customers.base import Base
from services.customers.names import phone_digits, search_text, sort_key
from services.customers.people.rules import Scope, level_of
from services.customers.vocabulary import Level, PersonLanguage
from trade.vocabulary import Role, Service


class Person(Versioned, Base, table=True):
    """One of the customers', the own enterprise's or an outside producer's people, or an outside system."""

    __tablename__ = "person"
    __table_args__ = (
        sa.Index("person_by_name", "sort_name", "id"),
        sa.Index(
            "person_search",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    username: str | None = Field(default=None, max_length=60, unique=True)
    name: str = Field(max_length=200)
    sort_name: str = Field(sa_type=sa.String(600, collation="C"))
    title: str = Field(max_length=200)
    email: str = Field(max_length=200, unique=True)
    phone: str = Field(max_length=40)
    language: PersonLanguage = Field(sa_type=string_enum(PersonLanguage))
    search_text: str = Field(sa_type=sa.Text)
    changed_at: datetime
    """Also set when only assignments or absences changed, so that the version rises with them."""

    @classmethod
    def blank(cls, now: datetime) -> "Person":
        """Return a new person, still to be described."""
        return cls(
            name="",
            sort_name="",
            title="",
            email="",
            phone="",
            language=PersonLanguage.FI,
            search_text="",
            changed_at=now,
        )

    def describe(
        self, *, username: str | None, name: str, title: str, email: str, phone: str, language: PersonLanguage
    ) -> None:
        """Take over the person's own particulars; e-mail addresses are kept in lower case."""
        self.username = username
        self.name = name
        self.title = title
        self.email = email.lower()
        self.phone = phone
        self.language = language
        self.sort_name = sort_key(name)
        self.search_text = search_text(name, title, self.email, username, phone_digits(phone))


class Assignment(Base, table=True):
    """One role of a person within one scope, from a day until a day (both included)."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint(
            "person_id",
            "role",
            "department_id",
            "customer_id",
            "site_id",
            "producer_id",
            "service",
            name="assignment_once",
            postgresql_nulls_not_distinct=True,
        ),
        sa.Index("assignment_by_role", "role", "person_id"),
        sa.Index("assignment_by_department", "department_id"),
        sa.Index("assignment_by_customer", "customer_id"),
        sa.Index("assignment_by_site", "site_id"),
        sa.Index("assignment_by_producer", "producer_id"),
        sa.Index("assignment_by_stand_in", "stand_in_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    role: Role = Field(sa_type=string_enum(Role))
    level: Level = Field(sa_type=string_enum(Level))
    department_id: UUID | None = Field(default=None, foreign_key="department.id")
    customer_id: UUID | None = Field(default=None, foreign_key="customer.id")
    site_id: UUID | None = Field(default=None, foreign_key="site.id")
    producer_id: UUID | None = Field(default=None, foreign_key="producer.id")
    service: Service | None = Field(default=None, sa_type=string_enum(Service))
    topics: list[str] = Field(default_factory=list, sa_type=pg.ARRAY(sa.String(40)))
    """Topics this person answers; empty means all that the role usually answers."""
    stand_in_id: UUID | None = Field(default=None, foreign_key="person.id")
    valid_from: date
    valid_until: date | None = None

    @property
    def scope(self) -> Scope:
        """Return what tells this assignment from the person's others."""
        return Scope(
            self.role, self.department_id, self.customer_id, self.site_id, self.producer_id, self.service
        )

    @classmethod
    def of(cls, person_id: UUID, scope: Scope, valid_from: date) -> "Assignment":
        """Return a new assignment, open-ended and without stand-in."""
        return cls(
            person_id=person_id,
            role=scope.role,
            level=level_of(scope.role),
            department_id=scope.department_id,
            customer_id=scope.customer_id,
            site_id=scope.site_id,
            producer_id=scope.producer_id,
            service=scope.service,
            valid_from=valid_from,
        )


class Absence(Base, table=True):
    """Days on which a person is away, both ends included. The reason is not kept: it is nobody's business."""

    __tablename__ = "absence"
    __table_args__ = (sa.Index("absence_by_person", "person_id", "first_day"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    first_day: date
    last_day: date
