"""Wire shapes of people."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chassis.schemas import Day, Email, Line, View, Wire, example
from services.customers.shapes import Code, Phone
from services.customers.vocabulary import PersonLanguage, Topic
from trade.vocabulary import Role, Service


class AssignmentInput(Wire):
    """One role within one scope. The scope tells assignments apart: the same scope twice is refused."""

    role: Role
    """The role."""
    department_id: UUID | None = None
    """The department that it is for."""
    customer_id: UUID | None = None
    """The customer that it is for."""
    site_id: UUID | None = None
    """The site that it is for."""
    producer_id: UUID | None = None
    """The producer that it is for."""
    service: Service | None = None
    """The service that it is for; every service when null."""
    topics: Annotated[list[Topic], Field(default_factory=list, max_length=len(Topic))]
    """The topics that the person answers for."""
    stand_in_id: UUID | None = None
    """Who stands in while the person is away."""
    valid_from: Day
    """The first day on which it holds."""
    valid_until: Day | None = None
    """The last day on which it holds; without end when null."""


class PersonInput(Wire):
    """A person with all assignments; assignments that are left out end to exist."""

    model_config = example(
        {
            "username": "school-head",
            "name": "Reijo Rehtori",
            "title": "Rehtori",
            "email": "reijo.rehtori@edu.example",
            "phone": "+358 44 703 0101",
            "language": "fi",
            "assignments": [
                {
                    "role": "site_head",
                    "department_id": None,
                    "customer_id": None,
                    "site_id": "018f0a1c-7c00-7000-8000-000000000031",
                    "producer_id": None,
                    "service": None,
                    "topics": [],
                    "valid_from": "2026-01-01",
                    "valid_until": None,
                    "stand_in_id": None,
                }
            ],
        }
    )

    username: Code | None = None
    """What the person signs in with."""
    name: Line
    """The person's name."""
    title: Line
    """What the person does, in words."""
    email: Email
    """E-mail address."""
    phone: Phone
    """Telephone number."""
    language: PersonLanguage = PersonLanguage.FI
    """The language that the person is served in."""
    assignments: Annotated[list[AssignmentInput], Field(max_length=200)]
    """The roles that the person has, and where."""


class AbsenceInput(Wire):
    """Days away, both ends included; no reason is asked."""

    first_day: Day
    """The first day away."""
    last_day: Day
    """The last day away."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise PydanticCustomError("days_in_order", "the last day is before the first day")
        return self


class AbsencesInput(Wire):
    """All absences of a person; those left out are removed."""

    model_config = example({"absences": [{"first_day": "2026-07-01", "last_day": "2026-07-31"}]})

    absences: Annotated[list[AbsenceInput], Field(max_length=100)]
    """The whole list; an absence that is left out goes."""


class StandInId(View):
    """Who stands in, as events tell it: without a name."""

    person_id: UUID
    """The person's id."""


class StandIn(StandInId):
    """Who stands in."""

    name: str
    """The person's name."""


class AssignmentScope(View):
    """A role, where and when."""

    id: UUID
    """Its id."""
    role: Role
    """The role."""
    department_id: UUID | None
    """The department that it is for."""
    customer_id: UUID | None
    """The customer that it is for."""
    site_id: UUID | None
    """The site that it is for."""
    producer_id: UUID | None
    """The producer that it is for."""
    service: Service | None
    """The service that it is for; every service when null."""
    topics: list[Topic]
    """The topics that the person answers for."""
    valid_from: Day
    """The first day on which it holds."""
    valid_until: Day | None
    """The last day on which it holds; without end when null."""


class AssignmentView(AssignmentScope):
    """One role within one scope."""

    stand_in: StandIn | None
    """Who stands in while the person is away."""


class AssignmentState(AssignmentScope):
    """One role within one scope, as events carry it."""

    stand_in: StandInId | None
    """Who stands in while the person is away."""


class AbsenceView(View):
    """Days away, both ends included."""

    first_day: Day
    """The first day away."""
    last_day: Day
    """The last day away."""


class PersonCore(View):
    """A person, but for the assignments."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000101",
            "username": "school-head",
            "name": "Reijo Rehtori",
            "title": "Rehtori",
            "email": "reijo.rehtori@edu.example",
            "phone": "+358 44 703 0101",
            "language": "fi",
            "assignments": [
                {
                    "id": "018f0a1c-7c00-7000-8000-000000000201",
                    "role": "site_head",
                    "department_id": None,
                    "customer_id": None,
                    "site_id": "018f0a1c-7c00-7000-8000-000000000031",
                    "producer_id": None,
                    "service": None,
                    "topics": [],
                    "valid_from": "2026-01-01",
                    "valid_until": None,
                    "stand_in": None,
                }
            ],
            "absences": [{"first_day": "2026-07-01", "last_day": "2026-07-31"}],
            "version": 4,
        }
    )

    id: UUID
    """Its id."""
    username: str | None
    """What the person signs in with."""
    name: str
    """The person's name."""
    title: str
    """What the person does, in words."""
    email: str
    """E-mail address."""
    phone: str
    """Telephone number."""
    language: PersonLanguage
    """The language that the person is served in."""
    absences: list[AbsenceView]
    """The days on which the person is away."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""


class PersonView(PersonCore):
    """A person with assignments and absences."""

    assignments: list[AssignmentView]
    """The roles that the person has, and where."""


class PersonState(PersonCore):
    """A person with assignments and absences, as events carry it."""

    assignments: list[AssignmentState]
    """The roles that the person has, and where."""
