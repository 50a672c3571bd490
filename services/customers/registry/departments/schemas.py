"""Wire shapes of departments."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Line, View, Wire, example
from services.customers.shapes import Code


class CustomerGroupInput(Wire):
    """A customer group; ``id`` keeps an existing one, without it a new one is made."""

    id: UUID | None = None
    """An existing group's id; a new one has none."""
    name: Line
    """Its name."""
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
    """A short name, such as `SIKU`."""
    name: Line
    """Its name."""
    customer_groups: Annotated[list[CustomerGroupInput], Field(max_length=100)]
    """All its customer groups, in their order."""


class CustomerGroupView(View):
    """A customer group."""

    id: UUID
    """Its id."""
    name: str
    """Its name."""
    end_customers: str
    """Whom the group serves in turn."""


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
    """Its id."""
    code: str
    """A short name, such as `SIKU`."""
    name: str
    """Its name."""
    customer_groups: list[CustomerGroupView]
    """Its customer groups, in their order."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""
