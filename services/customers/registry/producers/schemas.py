"""Wire shapes of producers."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Email, Flag, Line, View, Wire, example
from services.customers.shapes import Phone


class ProducerInput(Wire):
    """A producer; only one is the own enterprise."""

    model_config = example(
        {
            "name": "Siisti Pohjola Oy",
            "own": False,
            "business_id": "2345678-0",
            "phone": "+358 8 555 0100",
            "email": "oulu@siistipohjola.example",
        }
    )

    name: Line
    own: Flag = False
    business_id: Annotated[str | None, Field(max_length=9, description="Finnish business id, 1234567-1.")] = (
        None
    )
    phone: Phone
    email: Email


class ProducerView(View):
    """A producer."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000041",
            "name": "Siisti Pohjola Oy",
            "own": False,
            "business_id": "2345678-0",
            "phone": "+358 8 555 0100",
            "email": "oulu@siistipohjola.example",
            "version": 1,
        }
    )

    id: UUID
    name: str
    own: bool
    business_id: str | None
    phone: str
    email: str
    version: int
