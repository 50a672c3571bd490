"""Wire shapes of producers."""

from uuid import UUID

from chassis.schemas import Email, Flag, Line, View, Wire, example
from services.customers.shapes import BusinessId, Phone


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
    """Its name."""
    own: Flag = False
    """Whether it is the city's own enterprise."""
    business_id: BusinessId | None = None
    """Finnish business id, `1234567-1`; its check digit must match."""
    phone: Phone
    """Telephone number."""
    email: Email
    """E-mail address."""


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
    """Its id."""
    name: str
    """Its name."""
    own: bool
    """Whether it is the city's own enterprise."""
    business_id: str | None
    """Finnish business id, such as `0187690-1`."""
    phone: str
    """Telephone number."""
    email: str
    """E-mail address."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""
