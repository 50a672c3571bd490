"""Wire shapes of customers."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Line, View, Wire, example
from services.customers.shapes import BusinessId, Named, PersonCard, Remark
from services.customers.vocabulary import CustomerKind

Number = Annotated[str, Field(max_length=20, pattern=r"^A-[0-9]{1,9}$")]


class CustomerEdit(Wire):
    """What of a customer can be changed."""

    model_config = example(
        {
            "name": "Opetuspalvelut",
            "kind": "internal",
            "department_id": "018f0a1c-7c00-7000-8000-000000000001",
            "customer_group_id": "018f0a1c-7c00-7000-8000-000000000011",
            "business_id": "0187690-1",
            "billing_reference": "SIKU-OPE",
            "partnership_note": "Laaja malli, kaikki liitteet.",
        }
    )

    name: Line
    """Its name."""
    kind: CustomerKind
    """Whether it belongs to the city."""
    department_id: UUID | None = None
    """The department that it belongs to."""
    customer_group_id: UUID | None = None
    """The customer group that it belongs to."""
    business_id: BusinessId | None = None
    """Finnish business id, `1234567-1`; its check digit must match."""
    billing_reference: Line | None = None
    """What its bills are marked with."""
    partnership_note: Remark | None = None
    """What is to be known of the partnership."""


class CustomerInput(CustomerEdit):
    """A new customer; without a number the next free one is taken."""

    model_config = example(
        {
            "number": "A-006",
            "name": "Opetuspalvelut",
            "kind": "internal",
            "department_id": "018f0a1c-7c00-7000-8000-000000000001",
            "customer_group_id": "018f0a1c-7c00-7000-8000-000000000011",
            "business_id": "0187690-1",
            "billing_reference": "SIKU-OPE",
            "partnership_note": "Laaja malli, kaikki liitteet.",
        }
    )

    number: Number | None = None
    """Its number, such as `A-006`."""


class AccountManagerInput(Wire):
    """Who answers for the customer from today on, and who stands in."""

    model_config = example({"person_id": "018f0a1c-7c00-7000-8000-000000000101", "stand_in_id": None})

    person_id: UUID
    """Who answers for the customer from today on."""
    stand_in_id: UUID | None = None
    """Who stands in."""


class CustomerView(View):
    """A customer."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000021",
            "number": "A-006",
            "name": "Opetuspalvelut",
            "kind": "internal",
            "department": {
                "id": "018f0a1c-7c00-7000-8000-000000000001",
                "name": "Sivistys- ja kulttuuripalvelut",
            },
            "customer_group": {"id": "018f0a1c-7c00-7000-8000-000000000011", "name": "Opetuspalvelut"},
            "account_manager": {
                "person_id": "018f0a1c-7c00-7000-8000-000000000101",
                "name": "Aino Asiakas",
                "phone": "+358 44 703 0001",
                "email": "aino.asiakas@serviisi.example",
            },
            "business_id": "0187690-1",
            "billing_reference": "SIKU-OPE",
            "partnership_note": None,
            "site_count": 69,
            "version": 3,
        }
    )

    id: UUID
    """Its id."""
    number: str
    """Its number, such as `A-006`."""
    name: str
    """Its name."""
    kind: CustomerKind
    """Whether it belongs to the city."""
    department: Named | None
    """The department that it belongs to."""
    customer_group: Named | None
    """The customer group that it belongs to."""
    account_manager: PersonCard | None
    """Who answers for it today."""
    business_id: str | None
    """Finnish business id, such as `0187690-1`."""
    billing_reference: str | None
    """What its bills are marked with."""
    partnership_note: str | None
    """What is to be known of the partnership; the producer's side reads it."""
    site_count: Annotated[int, Field(description="How many of its sites the reader sees.")]
    version: int
    """Rises with each change; it is the ETag, for If-Match."""


class CustomerState(View):
    """A customer as events carry it: without personal data."""

    id: UUID
    """Its id."""
    number: str
    """Its number, such as `A-006`."""
    name: str
    """Its name."""
    kind: CustomerKind
    """Whether it belongs to the city."""
    department: Named | None
    """The department that it belongs to."""
    customer_group: Named | None
    """The customer group that it belongs to."""
    account_manager_id: UUID | None
    """Who answers for it today."""
    business_id: str | None
    """Finnish business id, such as `0187690-1`."""
    billing_reference: str | None
    """What its bills are marked with."""
    version: int
    """Rises with each change; it is the ETag, for If-Match."""
