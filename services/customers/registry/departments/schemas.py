"""Wire shapes of departments."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Line, View, Wire, example
from services.customers.shapes import Code


class CustomerGroupInput(Wire):
    """A customer group; ``id`` keeps an existing one, without it a new one is made."""

    id: UUID | None = None
    name: Line
    end_customers: Annotated[Line, Field(description="Whom the group serves in turn.")]


class DepartmentInput(Wire):
    """A department with all its customer groups, in their order."""

    model_config = example(
        {
            "code": "SIKU",
            "name": "Sivistys- ja kulttuuripalvelut",
            "customer_groups": [{"name": "Opetuspalvelut", "end_customers": "Oppilaat"}],
        }
    )

    code: Code
    name: Line
    customer_groups: Annotated[list[CustomerGroupInput], Field(max_length=100)]


class CustomerGroupView(View):
    """A customer group."""

    id: UUID
    name: str
    end_customers: str


class DepartmentView(View):
    """A department with its customer groups."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000001",
            "code": "SIKU",
            "name": "Sivistys- ja kulttuuripalvelut",
            "customer_groups": [
                {
                    "id": "018f0a1c-7c00-7000-8000-000000000011",
                    "name": "Opetuspalvelut",
                    "end_customers": "Oppilaat",
                }
            ],
            "version": 1,
        }
    )

    id: UUID
    code: str
    name: str
    customer_groups: list[CustomerGroupView]
    version: int
