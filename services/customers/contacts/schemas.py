"""Wire shapes of contacts."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Day, View, example
from services.customers.shapes import PersonCard
from services.customers.vocabulary import Level, Topic
from trade.vocabulary import Party, Role, Service

_REIJO = {
    "person_id": "018f0a1c-7c00-7000-8000-000000000101",
    "name": "Reijo Rehtori",
    "title": "Rehtori",
    "phone": "+358 44 703 0101",
    "email": "reijo.rehtori@edu.example",
}


class ContactView(View):
    """A person in one role for one scope."""

    model_config = example(
        {
            "id": "018f0a1c-7c00-7000-8000-000000000201",
            **_REIJO,
            "role": "site_head",
            "level": "operational",
            "side": "customer",
            "department_id": None,
            "customer_id": None,
            "site_id": "018f0a1c-7c00-7000-8000-000000000031",
            "producer_id": None,
            "service": None,
            "topics": [],
            "stand_in": None,
            "away_until": None,
        }
    )

    id: Annotated[UUID, Field(description="Of the assignment; one person may be a contact several times.")]
    person_id: UUID
    """The person's id."""
    name: str
    """The person's name."""
    title: str
    """What the person does, in words."""
    phone: str
    """Telephone number."""
    email: str
    """E-mail address."""
    role: Role
    """In which role."""
    level: Level
    """Whether it is about agreements or about daily work."""
    side: Party
    """Whose side the person is on."""
    department_id: UUID | None
    """The department that the role is for."""
    customer_id: UUID | None
    """The customer that the role is for."""
    site_id: UUID | None
    """The site that the role is for."""
    producer_id: UUID | None
    """The producer that the role is for."""
    service: Service | None
    """The service that the role is for; every service when null."""
    topics: list[Topic]
    """The topics that the person answers for."""
    stand_in: PersonCard | None
    """Who stands in while the person is away."""
    away_until: Annotated[Day | None, Field(description="Last day of the present absence.")]


class ReachableView(View):
    """A person and how to reach the person."""

    person_id: UUID
    """The person's id."""
    name: str
    """The person's name."""
    title: str
    """What the person does, in words."""
    phone: str
    """Telephone number."""
    email: str
    """E-mail address."""


class ReasonView(View):
    """Why this person; the text is in the caller's language."""

    code: str
    """The reason, for programs."""
    text: str
    """The reason in the reader's language."""


class AlternativeView(View):
    """Somebody else one may contact."""

    person: ReachableView
    """Whom one may contact too."""
    reason: ReasonView
    """Why this person."""


class WhomToContactView(View):
    """Whom to contact about the topic, and why."""

    model_config = example(
        {
            "site_id": "018f0a1c-7c00-7000-8000-000000000031",
            "topic": "meals",
            "person": _REIJO,
            "stand_in": None,
            "instead_of": None,
            "away": False,
            "reason": {
                "code": "supervises_here",
                "text": "Palveluesimies, joka vastaa palvelusta tässä kohteessa.",
            },
            "alternatives": [],
        }
    )

    site_id: UUID
    """The site that was asked about."""
    topic: Topic
    """The topic that was asked about."""
    person: Annotated[
        ReachableView | None, Field(description="Whom to contact now; null when nobody at all is named.")
    ]
    stand_in: Annotated[
        ReachableView | None, Field(description="Who stands in if the person does not answer.")
    ]
    instead_of: Annotated[ReachableView | None, Field(description="Who is away, when the person stands in.")]
    away: Annotated[bool, Field(description="Whether the one named for the topic is away today.")]
    reason: ReasonView
    """Why this person."""
    alternatives: list[AlternativeView]
    """Whom one may contact too, the closest first."""
