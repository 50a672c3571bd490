"""What a list of cases could be narrowed to, as it is told."""

from typing import Self
from uuid import UUID

from chassis.schemas import View, example
from services.feedback.cases import examples
from services.feedback.finding.facets import FACETS, Breakdown, Facet, Value
from services.feedback.read_model import ReadModel


class FacetValue(View):
    """One choice."""

    value: str
    """What the filter takes: an id, or a service's word."""
    name: str
    """How it is called."""
    count: int
    """How many cases the list would hold with it."""


class Facets(View):
    """A list broken down. A facet that was not asked for is null."""

    model_config = example(examples.FACETS)

    cases: int
    """How many cases the list holds, counted up to a limit."""
    more: bool
    """Whether a list that was counted holds more cases than were looked at."""
    site: list[FacetValue] | None = None
    """By where it happened."""
    handler: list[FacetValue] | None = None
    """By who answers."""
    producer: list[FacetValue] | None = None
    """By who produces the service."""
    service: list[FacetValue] | None = None
    """By service."""

    @classmethod
    def of(cls, told: Breakdown, known: ReadModel) -> Self:
        """Return a breakdown with the names that the copies know."""

        def name_of(facet: Facet, value: Value) -> str:
            if not isinstance(value, UUID):
                return value
            if facet == "handler":
                return known.person(value).name
            place = known.sites.get(value) if facet == "site" else known.producers.get(value)
            return place.name if place else ""

        def choices(facet: Facet) -> list[FacetValue] | None:
            counted = told.values.get(facet)
            if counted is None:
                return None
            return [
                FacetValue(value=str(value), name=name_of(facet, value), count=count)
                for value, count in counted
            ]

        return cls(cases=told.cases, more=told.more, **{facet: choices(facet) for facet in FACETS})
