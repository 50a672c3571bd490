"""Wire shapes of people."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chassis.schemas import Day, Email, Line, View, Wire, example
from services.customers.shapes import Code, Phone
from services.customers.terms import PersonLanguage, Role, Service, Topic


class AssignmentInput(Wire):
    """One role within one scope. The scope tells assignments apart: the same scope twice is refused."""

    role: Role
    department_id: UUID | None = None
    customer_id: UUID | None = None
    site_id: UUID | None = None
    producer_id: UUID | None = None
    service: Service | None = None
    topics: Annotated[list[Topic], Field(default_factory=list, max_length=len(Topic))]
    stand_in_id: UUID | None = None
    valid_from: Day
    valid_until: Day | None = None


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
    name: Line
    title: Line
    email: Email
    phone: Phone
    language: PersonLanguage = PersonLanguage.FI
    assignments: Annotated[list[AssignmentInput], Field(max_length=200)]


class AbsenceInput(Wire):
    """Days away, both ends included; no reason is asked."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise PydanticCustomError("days_in_order", "the last day is before the first day")
        return self


class AbsencesInput(Wire):
    """All absences of a person; those left out are removed."""

    model_config = example({"absences": [{"first_day": "2026-07-01", "last_day": "2026-07-31"}]})

    absences: Annotated[list[AbsenceInput], Field(max_length=100)]


class StandIn(View):
    """Who stands in."""

    person_id: UUID
    name: str


class AssignmentView(View):
    """One role within one scope."""

    id: UUID
    role: Role
    department_id: UUID | None
    customer_id: UUID | None
    site_id: UUID | None
    producer_id: UUID | None
    service: Service | None
    topics: list[Topic]
    stand_in: StandIn | None
    valid_from: Day
    valid_until: Day | None


class AbsenceView(View):
    """Days away, both ends included."""

    first_day: Day
    last_day: Day


class PersonView(View):
    """A person with assignments and absences."""

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
    username: str | None
    name: str
    title: str
    email: str
    phone: str
    language: PersonLanguage
    assignments: list[AssignmentView]
    absences: list[AbsenceView]
    version: int
