"""Parts that several shapes share."""

from typing import Annotated, Any, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.schemas import Wire


class Shape(BaseModel):
    """Something read from a service: fields unknown to the gateway stay as they came (a tolerant reader)."""

    model_config = ConfigDict(extra="allow", frozen=True)

    example: ClassVar[dict[str, Any]] = {}  # Any: JSON
    """What the document shows."""


class Input(Wire):
    """Something sent to a service. The service checks it; here it stands for the document."""

    example: ClassVar[dict[str, Any]] = {}  # Any: JSON


T = TypeVar("T", bound=Shape)


class Listing(Shape, Generic[T]):
    """One page of a list; ``next`` is the cursor of the following page, null on the last."""

    items: list[T]
    next: str | None


Code = Annotated[str, Field(min_length=1)]
"""A word of the trade from an open list: new ones may appear without a new version of this document."""

SITE_KINDS = (
    "comprehensive_school, upper_secondary_school, day_care, care_home, office, museum, library, "
    "swimming_hall, youth_centre, fire_station, health_centre, other"
)
Service = Annotated[Code, Field(description="meals, cleaning, multiservice, staff_meals or coffee")]
Severity = Annotated[
    Code, Field(description="low, normal, high or critical (suspected food poisoning or allergic reaction)")
]


Name = Annotated[str, Field(min_length=1, max_length=200)]
"""One line."""
Note = Annotated[str, Field(min_length=1, max_length=10_000)]
"""Several lines."""


class Named(Shape):
    """Something by id and name."""

    id: UUID
    name: str


class Brief(Named):
    """The name of something whose other fields are not shown."""

    model_config = ConfigDict(extra="ignore")


class PersonCard(Shape):
    """How to reach a person."""

    person_id: UUID | None = None
    name: str
    title: str | None = None
    phone: str | None = None
    email: str | None = None


class StandIn(Shape):
    """Who answers when the person is away."""

    person_id: UUID | None = None
    name: str


class Missing(Shape):
    """An optional part that is null in this answer, and why."""

    part: str
    reason: Annotated[Code, Field(description="unavailable, timed_out, forbidden, not_found or failed")]
    detail: str
    """The reason in words."""


class Composed(Shape):
    """An answer made of parts; an optional part that is missing is null and stands in ``degraded``."""

    degraded: list[Missing]
