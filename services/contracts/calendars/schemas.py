"""Wire shapes of calendar links."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.schemas import Day, Instant, View, Wire, example
from services.contracts import examples
from services.contracts.clock.rules import Responsible
from services.contracts.clock.schemas import ClockYear


class NewFeed(Wire):
    """What the calendar shows; what is left out does not limit it. Without a year: last year onwards."""

    model_config = example({"year": 2026, "responsible": "both_parties"})

    year: ClockYear | None = None
    """The year that it shows; last year onwards when left out."""
    customer_id: UUID | None = None
    """The customer whose steps it shows; all that the maker sees when left out."""
    responsible: Responsible | None = None
    """Whose steps it shows; everybody's when left out."""


class FeedView(View):
    """A calendar link without its secret."""

    model_config = example(examples.FEED)

    id: UUID
    """Its id."""
    year: int | None
    """The year that it shows; last year onwards when null."""
    customer_id: UUID | None
    """The customer whose steps it shows; all when null."""
    responsible: Responsible | None
    """Whose steps it shows; everybody's when null."""
    created_at: Instant
    """When it was made."""
    ends_on: Day | None
    """The last day it opens, if an end of the owner's rights is known."""


class NewFeedView(FeedView):
    """A calendar link with its secret, told only to the one who makes it."""

    model_config = example(examples.NEW_FEED)

    token: str
    """The secret in the address; it is told this once."""
    path: Annotated[str, Field(examples=["/api/v1/clock.ics?token=Zk3v0c9qXb1n"])]
    """Where calendar programs read it, at the gateway."""
